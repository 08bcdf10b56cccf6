"""Groups, supergroups and channels: where the bot is added, spoken to, moved along and thrown out."""

from typing import Any

from tests.simulators.telegram.chats import Chat, Kind, Seen, Standing
from tests.simulators.telegram.membership import changed_membership
from tests.simulators.telegram.people import Person
from tests.simulators.telegram.senders import Sender
from tests.simulators.telegram.state import State


class Member(Sender):
    """A person inside one group; every kind of message is delivered, as without privacy mode."""

    def __init__(self, state: State, chat: Chat, person: Person) -> None:
        super().__init__(state)
        self._chat = chat
        self._person = person

    def sends(self, content: dict[str, Any], *, at: int | None = None) -> int:
        message = self._state.post(self._chat, self._person.user, content, at=at)
        kind = "channel_post" if self._chat.kind == "channel" else "message"
        self._state.updates.add(kind, message, self._chat.id)
        return int(message["message_id"])


class Group:
    """One group chat."""

    def __init__(self, state: State, number: int, title: str, kind: Kind) -> None:
        self._state = state
        self.id = number
        self.chat = Chat(number, kind, title)
        state.chats[number] = self.chat

    def member(self, person: Person) -> Member:
        """Somebody who can speak here: `group.member(anna).writes("hello")`."""
        return Member(self._state, self.chat, person)

    def adds_bot(self, by: Person) -> None:
        """Let a person add the bot: the news of it, then the line that says so."""
        self._membership("member", by)
        if self.chat.kind != "channel":
            self.member(by).sends({"new_chat_members": [self._state.bot]})

    def kicks_bot(self, by: Person) -> None:
        self._membership("kicked", by)

    def migrates(self, to: int, by: Person) -> "Group":
        """Become a supergroup with another id; the old one only says where to."""
        target = Group(self._state, to, self.chat.title, "supergroup")
        target.chat.standing = self.chat.standing
        self._moves_line(self.chat, by, {"migrate_to_chat_id": to})
        self._moves_line(target.chat, by, {"migrate_from_chat_id": self.id})
        self.chat.migrated_to = to
        return target

    def seen(self) -> list[Seen]:
        """What the bot said here, as it stands now."""
        return [message for message in self.chat.seen() if message.from_bot]

    def _moves_line(self, chat: Chat, by: Person, content: dict[str, Any]) -> None:
        message = self._state.post(chat, by.user, content)
        self._state.updates.add("message", message, chat.id)

    def _membership(self, standing: Standing, by: Person) -> None:
        changed_membership(self._state, self.chat, by.user, standing)
