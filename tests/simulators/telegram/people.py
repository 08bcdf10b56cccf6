"""People who use the bot: what each of them does in the app, and what they see there."""

from collections.abc import Sequence
from typing import Any

from tests.simulators.telegram import contents
from tests.simulators.telegram.chats import Chat, Seen, Standing
from tests.simulators.telegram.membership import changed_membership
from tests.simulators.telegram.record import Button
from tests.simulators.telegram.senders import Sender
from tests.simulators.telegram.state import State
from tests.simulators.telegram.updates import CALLBACK_LIFE, callback_queue


class NotThere(Exception):
    """A person tried to use something their app does not show."""


class Person(Sender):
    """Somebody with the app; every verb happens at once and returns what it made."""

    def __init__(self, state: State, user: dict[str, Any]) -> None:
        super().__init__(state)
        self.user = user
        self.id: int = user["id"]
        self.chat = Chat(self.id, "private", user=user)
        state.chats[self.id] = self.chat

    def sends(self, content: dict[str, Any], *, at: int | None = None) -> int:
        if self.chat.standing == "kicked":
            self.unblocks()
        self.chat.standing = "member"
        message = self._state.post(self.chat, self.user, content, at=at)
        self._state.updates.add("message", message, self.id)
        return int(message["message_id"])

    def edits(self, message_id: int, text: str) -> int:
        """Change the words, or the caption, of an own message; the id of the update."""
        old = self.chat.messages[message_id]
        field = "text" if "text" in old else "caption"
        return self._edited(message_id, {field: text})

    def moves(self, message_id: int, latitude: float, longitude: float) -> int:
        """Carry a live location along; the id of the update."""
        place = self.chat.messages[message_id]["location"]
        return self._edited(
            message_id,
            contents.location(
                **(
                    place
                    | {
                        "latitude": latitude,
                        "longitude": longitude,
                    }
                )
            ),
        )

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

    def _membership(self, standing: Standing) -> None:
        changed_membership(self._state, self.chat, self.user, standing)

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
