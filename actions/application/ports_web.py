"""Ports of the web chat: sessions, transcripts, photos, matters, and the right to be forgotten."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from actions.application.web_records import (
    Account,
    Erased,
    Joined,
    Line,
    Matter,
    OpenedSession,
    Picture,
)
from actions.domain.identifiers import AttachmentId, ConversationId, PersonId
from actions.domain.people import Actor


class Accounts(Protocol):
    async def open(self, locale: str) -> OpenedSession:
        """A new person with a conversation and a session, in one commit."""
        ...

    async def find(self, token: str) -> Account | None:
        """The account behind a living session; its life is prolonged from time to time."""
        ...

    async def talk_of(self, session: str) -> ConversationId | None:
        """The conversation a living session leads to now; None when it has ended."""
        ...

    async def join(self, account: Account, code: str) -> Joined:
        """Redeem an invitation; of many who try at once, one succeeds.

        Raises:
            InvitationError: the code is unknown, used up or too old.
        """
        ...

    async def set_locale(self, person_id: PersonId, locale: str) -> None: ...
    async def consent(self, account: Account, version: str) -> None: ...
    async def subscribe(self, account: Account, endpoint: str, keys: Mapping[str, str]) -> None: ...
    async def unsubscribe(self, account: Account, endpoint: str) -> None: ...


class Transcripts(Protocol):
    async def after(
        self, conversation_id: ConversationId, seq: int, limit: int
    ) -> Sequence[Line]: ...
    async def before(self, conversation_id: ConversationId, seq: int, limit: int) -> Sequence[Line]:
        """The last `limit` lines before `seq`, oldest first."""
        ...

    async def read_up_to(self, conversation_id: ConversationId, seq: int) -> None: ...
    async def buttons(
        self, conversation_id: ConversationId, message_id: int
    ) -> Sequence[Mapping[str, Any]]:
        """The buttons of a message; none when the conversation has no such message."""
        ...


class Pictures(Protocol):
    async def add(self, picture: Picture, area: str) -> None: ...
    async def count_today(self, person_id: PersonId) -> int:
        """How many the person has sent within a day."""
        ...

    async def own(self, ids: Sequence[AttachmentId], person_id: PersonId) -> bool:
        """Whether all of them are there and the person's own."""
        ...

    async def find(self, attachment_id: AttachmentId, account: Account) -> Picture | None:
        """The picture if the person may see it, else None."""
        ...


class Matters(Protocol):
    """Tickets as one person may see them."""

    async def mine(self, account: Account) -> Sequence[Matter]: ...
    async def todo(self, actor: Actor) -> Sequence[Matter]: ...
    async def open(self, number: str, account: Account) -> Matter | None:
        """One ticket with its record, or None when it does not exist for this person."""
        ...


class Privacy(Protocol):
    async def export(self, account: Account) -> Mapping[str, Any]:
        """Everything kept about the person, as JSON values."""
        ...

    async def require_free(self, person_id: PersonId) -> None:
        """Raises OnHold: a legal hold lies on the person's words."""
        ...

    async def erase(self, person_id: PersonId) -> Erased:
        """Raises OnHold as well."""
        ...
