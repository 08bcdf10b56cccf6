"""What arrives and what is worked on, between the gateway and the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from actions.domain.identifiers import ConversationId, InboxId, PersonId, TicketId
from actions.domain.people import Actor


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """One message as a channel delivered it.

    `payload` is what the turn needs (text, command, location, attachments); `text`, `shown_as`
    and `content` are what the transcript shows of it.
    """

    channel: str
    account: str
    external_id: str
    conversation_id: ConversationId
    area: str
    kind: str  #: text | action | location | photos | start | language | unread
    payload: Mapping[str, Any]
    at: datetime
    text: str = ""
    shown_as: str = "text"
    content: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Remembered:
    """`is_new` is False when the same arrival had been remembered before."""

    inbox_id: int
    message_id: int
    seq: int
    is_new: bool


#: More than of failures that are seen: a process may die of something else in the same moment.
MOST_DEATHS: Final = 10


@dataclass(frozen=True, kw_only=True)
class Work:
    """One arrival whose turn it is."""

    inbox_id: InboxId
    conversation_id: ConversationId
    person_id: PersonId
    sender_key: str
    channel: str
    kind: str
    payload: Mapping[str, Any]
    awaiting: Mapping[str, Any] | None
    actor: Actor
    locale: str
    attempts: int
    received_at: datetime
    is_parked: bool
    follows_parked: bool = False  #: an earlier text of the conversation waits for understanding

    @property
    def is_deadly(self) -> bool:
        """Every process that began with it has died: the next one would as well."""
        return self.attempts >= MOST_DEATHS


@dataclass(frozen=True, kw_only=True)
class Unread:
    """Words that were filed as an emergency by rule and that nobody has understood yet."""

    inbox_id: InboxId
    ticket_id: TicketId
    conversation_id: ConversationId
    person_id: PersonId
    sender_key: str
    locale: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Lease:
    """The right to write for a conversation; `token` grows with every owner."""

    conversation_id: ConversationId
    token: int
