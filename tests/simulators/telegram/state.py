"""Everything Telegram knows about one bot, and how messages come into being."""

import asyncio
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.simulators.telegram.chats import Chat
from tests.simulators.telegram.errors import bad
from tests.simulators.telegram.files import Files
from tests.simulators.telegram.parameters import Parameters
from tests.simulators.telegram.record import Accepted, Call
from tests.simulators.telegram.updates import CALLBACK_LIFE, Updates


@dataclass
class Webhook:
    """Where updates are posted to; an empty address means polling."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error_at: int | None = None
    last_error: str = ""


@dataclass
class Press:
    """A button that was pressed, waiting for its answer."""

    user_id: int
    at: float
    answered: dict[str, str] | None = None


@dataclass
class State:
    """One bot's world."""

    token: str
    bot: dict[str, Any]
    now: Callable[[], float]
    updates: Updates
    files: Files = field(default_factory=Files)
    chats: dict[int, Chat] = field(default_factory=dict)
    presses: dict[str, Press] = field(default_factory=dict)
    webhook: Webhook = field(default_factory=Webhook)
    calls: list[Call] = field(default_factory=list)
    accepted: list[Accepted] = field(default_factory=list)
    commands: dict[str, list[dict[str, str]]] = field(default_factory=dict)
    menu_button: dict[str, Any] = field(default_factory=lambda: {"type": "commands"})
    #: Only https to public ports, as the hosted server insists.
    hosted: bool = False
    logged_out: bool = False
    #: The long poll under way; done with the reason when something ends it.
    poll: "asyncio.Future[str] | None" = None
    _watchers: "list[asyncio.Future[None]]" = field(default_factory=list)
    order: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    message_ids: Iterator[int] = field(default_factory=lambda: itertools.count(101))
    album_ids: Iterator[int] = field(default_factory=lambda: itertools.count(13_400_000))
    press_ids: Iterator[int] = field(default_factory=lambda: itertools.count(43_980_465_111))

    def next_change(self) -> "asyncio.Future[None]":
        """A future that is done when anything at all has happened."""
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._watchers.append(waiting)
        return waiting

    def changed(self) -> None:
        for watcher in self._watchers:
            if not watcher.done():
                watcher.set_result(None)
        self._watchers.clear()

    def begin_poll(self) -> "asyncio.Future[str]":
        self.poll = asyncio.get_running_loop().create_future()
        self.changed()
        return self.poll

    def end_poll(self, why: str) -> None:
        if self.poll is not None and not self.poll.done():
            self.poll.set_result(why)
        self.poll = None

    def date(self) -> int:
        return int(self.now())

    def chat(self, parameters: Parameters) -> Chat:
        """The chat a call names, if the bot may write to it."""
        chat = self.any_chat(parameters)
        chat.require_reachable()
        return chat

    def any_chat(self, parameters: Parameters) -> Chat:
        given = parameters.text("chat_id")
        if not given:
            raise bad("chat_id is empty")
        chat = self.chats.get(as_number(given))
        if chat is None or (chat.kind == "private" and chat.standing == "unknown"):
            raise bad("chat not found")
        return chat

    def message(self, parameters: Parameters, what: str) -> tuple[Chat, dict[str, Any]]:
        """The message a call names, in a chat the bot may write to."""
        chat = self.chat(parameters)
        number = as_number(parameters.text("message_id"))
        if number <= 0:
            raise bad("message identifier is not specified")
        found = chat.messages.get(number)
        if found is None:
            raise bad(f"{what} not found")
        return chat, found

    def post(
        self, chat: Chat, sender: dict[str, Any], content: dict[str, Any], *, at: int | None = None
    ) -> dict[str, Any]:
        """Put a new message into a chat."""
        head = {"message_id": next(self.message_ids), "date": self.date() if at is None else at}
        author: dict[str, Any] = {"from": sender}
        if chat.kind == "channel":
            author = {"sender_chat": chat.description()}
        message = head | author | {"chat": chat.description()} | content
        chat.messages[message["message_id"]] = message
        return message

    def pressed(self, user_id: int) -> str:
        """Remember a press; the id its answer has to name."""
        number = str(next(self.press_ids))
        self.presses[number] = Press(user_id, self.now())
        return number

    def waiting_press(self, number: str) -> Press | None:
        """The press of this id, while it may still be answered, once."""
        press = self.presses.get(number)
        if press is None or press.answered is not None or self.now() - press.at > CALLBACK_LIFE:
            return None
        return press


def as_number(text: str) -> int:
    """An id of a call; what is no number is the id of nothing."""
    try:
        return int(text)
    except ValueError:
        return 0
