"""People who use the bot: what each of them does in the app, and what they see there."""

from collections.abc import Sequence
from typing import Any

from tests.simulators.telegram import text as texts
from tests.simulators.telegram.chats import Chat, Seen
from tests.simulators.telegram.record import Button
from tests.simulators.telegram.state import State
from tests.simulators.telegram.updates import CALLBACK_LIFE, callback_queue, membership_queue


class NotThere(Exception):
    """A person tried to use something their app does not show."""


class Person:
    """Somebody with the app; every verb happens at once and returns what it made."""

    def __init__(self, state: State, user: dict[str, Any]) -> None:
        self._state = state
        self.user = user
        self.id: int = user["id"]
        self.chat = Chat(self.id, "private", user=user)
        state.chats[self.id] = self.chat

    # — writing —

    def starts(self, payload: str = "") -> int:
        """Press Start, or follow a deep link with its payload."""
        return self.writes(f"/start {payload}".strip())

    def writes(self, text: str, **more: Any) -> int:
        """Write a message; its id."""
        content: dict[str, Any] = {"text": text} | more
        commands = texts.commands_in(text)
        if commands:
            content["entities"] = commands
        return self.sends(content)

    def sends(self, content: dict[str, Any], *, at: int | None = None) -> int:
        """Send a message of any kind, given as the fields the Bot API describes it with."""
        self._come_in()
        message = self._state.post(self.chat, self.user, content)
        if at is not None:
            message["date"] = at
        self._state.updates.add("message", message, self.id)
        return int(message["message_id"])

    def edits(self, message_id: int, text: str) -> int:
        """Change the words, or the caption, of an own message; the id of the update."""
        old = self.chat.messages[message_id]
        field = "text" if "text" in old else "caption"
        return self._edited(message_id, {field: text})

    def _edited(self, message_id: int, content: dict[str, Any]) -> int:
        old = self.chat.messages[message_id]
        if old["from"]["id"] != self.id:
            raise NotThere("only one's own messages can be edited")
        changed = old | content | {"edit_date": self._state.date()}
        self.chat.messages[message_id] = changed
        return self._state.updates.add("edited_message", changed, self.id) or 0

    # — buttons —

    def presses(
        self, button: str | Button, *, on: int | None = None, inaccessible: bool = False
    ) -> str:
        """Press a button by its label, its data or itself, on the newest message that has it.

        Returns the id of the callback query. `inaccessible` leaves the message out of the update,
        as Telegram does when it no longer has it.
        """
        for message in reversed(self.seen()):
            if on is not None and message.message_id != on:
                continue
            for found in (b for row in message.buttons for b in row):
                if found.data is not None and button in {found, found.text, found.data}:
                    return self._press(message.message_id, found.data, inaccessible=inaccessible)
        raise NotThere(f"no message shows a button {button!r}")

    def forges_press(self, message_id: int, data: str) -> str:
        """Send a press no button stands for, as a changed app can."""
        return self._press(message_id, data, inaccessible=False)

    def _press(self, message_id: int, data: str, *, inaccessible: bool) -> str:
        number = self._state.pressed(self.id)
        message = self.chat.messages.get(message_id)
        if message is None or inaccessible:
            message = {"chat": self.chat.description(), "message_id": message_id, "date": 0}
        self._state.updates.add(
            "callback_query",
            {
                "id": number,
                "from": self.user,
                "message": message,
                "chat_instance": str(-(self.id * 7919)),
                "data": data,
            },
            callback_queue(self.id),
            CALLBACK_LIFE,
        )
        return number

    def answer_to(self, press: str) -> dict[str, str] | None:
        """What the bot answered to a press (its text is the toast); None while it spins."""
        return self._state.presses[press].answered

    # — coming and going —

    def blocks(self) -> None:
        self._membership("kicked")

    def unblocks(self) -> None:
        self._membership("member")

    def deactivates(self) -> None:
        """Delete the account; the bot hears nothing of it."""
        self.chat.standing = "deactivated"

    def deletes_chat(self) -> None:
        """Clear everything away on this side only."""
        self.chat.hidden |= set(self.chat.messages)

    def _come_in(self) -> None:
        if self.chat.standing == "kicked":
            self.unblocks()
        self.chat.standing = "member"

    def _membership(self, standing: Any) -> None:
        old, self.chat.standing = self.chat.standing, standing
        before = "kicked" if old == "kicked" else "member"
        self._state.updates.add(
            "my_chat_member",
            {
                "chat": self.chat.description(),
                "from": self.user,
                "date": self._state.date(),
                "old_chat_member": _member(self._state.bot, before),
                "new_chat_member": _member(self._state.bot, standing),
            },
            membership_queue(self.id),
        )

    # — seeing —

    def history(self) -> list[Seen]:
        """Both sides of the chat as it stands now, oldest first."""
        return self.chat.seen()

    def seen(self) -> list[Seen]:
        """What the bot says, as it stands now, oldest first."""
        return [message for message in self.history() if message.from_bot]

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.seen()]

    @property
    def last(self) -> Seen:
        """The bot's newest message."""
        seen: Sequence[Seen] = self.seen()
        if not seen:
            raise NotThere("the bot has said nothing")
        return seen[-1]


def _member(user: dict[str, Any], status: str) -> dict[str, Any]:
    until = {"until_date": 0} if status == "kicked" else {}
    return {"user": user, "status": status} | until
