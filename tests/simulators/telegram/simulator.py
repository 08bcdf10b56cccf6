"""`TelegramSimulator`: the server, its people and its record in one place."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from typing import Any, TypeVar

from aiohttp import web

from tests.simulators.telegram.chats import Kind
from tests.simulators.telegram.control import Control
from tests.simulators.telegram.faults import Faults
from tests.simulators.telegram.groups import Group
from tests.simulators.telegram.limits import Limits
from tests.simulators.telegram.people import Person
from tests.simulators.telegram.posting import Posting
from tests.simulators.telegram.record import Accepted, Call
from tests.simulators.telegram.server import Server
from tests.simulators.telegram.state import State
from tests.simulators.telegram.updates import DAY, Pending, Updates

#: In the form of a token, too short to be anybody's.
TOKEN = "7000001:simulated-token"
HOST = "127.0.0.1"
Found = TypeVar("Found")


class TelegramSimulator:
    """One bot's Telegram; `async with simulator.running():` opens its doors."""

    def __init__(
        self,
        *,
        token: str = TOKEN,
        username: str = "linli_test_bot",
        port: int = 0,
        now: Callable[[], float] = time.time,
        hosted: bool = False,
        control: bool = False,
    ) -> None:
        bot = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Linli",
            "username": username,
        }
        self.state = State(token, bot, now, Updates(now), hosted=hosted)
        self.faults = Faults()
        self.limits = Limits(time.monotonic)
        self.webhook = Posting(self.state)
        routes = Control(self).routes() if control else []
        server = Server(self.state, self.faults, self.limits)
        self._application = server.application(routes)
        self._port = port
        self._people: dict[int, Person] = {}
        self.api_base = ""

    @property
    def token(self) -> str:
        return self.state.token

    @property
    def bot(self) -> dict[str, Any]:
        return self.state.bot

    @property
    def accepted(self) -> tuple[Accepted, ...]:
        """Every call that took effect in a chat, in order: the truth to compare with."""
        return tuple(self.state.accepted)

    @property
    def calls(self) -> tuple[Call, ...]:
        """Every request, in order, with the status its client got."""
        return tuple(self.state.calls)

    def sends(self, chat: int | None = None) -> list[Accepted]:
        """The accepted calls that put a message into a chat."""
        return [sent for sent in self.accepted if sent.is_send and chat in {None, sent.chat_id}]

    def user(
        self,
        number: int,
        first_name: str = "小陈",
        *,
        language_code: str | None = "zh-hans",
        username: str | None = None,
        last_name: str | None = None,
    ) -> Person:
        """Somebody with the app; the same id is the same person."""
        if number not in self._people:
            given = {
                "id": number,
                "is_bot": False,
                "first_name": first_name,
                "last_name": last_name,
                "username": username,
                "language_code": language_code,
            }
            user = {key: value for key, value in given.items() if value is not None}
            self._people[number] = Person(self.state, user)
        return self._people[number]

    def group(self, number: int, title: str = "幸福小区业主群", *, kind: Kind = "group") -> Group:
        """A group, a supergroup or a channel the bot is not in yet."""
        return Group(self.state, number, title, kind)

    # — updates nobody would send —

    def injects(self, update: dict[str, Any], *, queue: int) -> int:
        """Deliver a raw update as it is given; without an `update_id` it gets the next one."""
        number = update.get("update_id")
        if not isinstance(number, int):
            number = self.state.updates.next_id()
            update = update | {"update_id": number}
        return self.state.updates.put(Pending(number, update, queue, self.state.now() + DAY))

    def repeats(self, update_id: int, *, queue: int | None = None) -> None:
        """Deliver an update a second time, with the same id.

        In a queue of its own it does not wait for the first time to be over.
        """
        self.state.updates.again(update_id, queue)

    def restarts_ids(self, first_id: int) -> None:
        """Go on with other update ids, as Telegram may after a week without updates."""
        self.state.updates.restart_ids(first_id)

    @property
    def pending(self) -> list[Pending]:
        """What the bot has not taken yet."""
        return list(self.state.updates.pending)

    # — waiting —

    async def until(self, look: Callable[[], Found | None]) -> Found:
        """Wait until something looked for is there; it is looked at after every change."""
        while True:
            change = self.state.next_change()
            found = look()
            if found:
                return found
            await change

    # — running —

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["TelegramSimulator"]:
        runner = web.AppRunner(
            self._application, access_log=None, shutdown_timeout=1.0, handler_cancellation=True
        )
        await runner.setup()
        site = web.TCPSite(runner, HOST, self._port)
        await site.start()
        port = runner.addresses[0][1]
        self.api_base = f"http://{HOST}:{port}"
        posting = asyncio.create_task(self.webhook.run())
        try:
            yield self
        finally:
            self.faults.closing.set()
            self.state.end_poll("terminated by shutdown")
            posting.cancel()
            await asyncio.gather(posting, return_exceptions=True)
            await runner.cleanup()
