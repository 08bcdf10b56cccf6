"""Plain rows the use cases read: people, conversations, summaries. No behaviour."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from actions.domain.identifiers import (
    AttachmentId,
    ConversationId,
    PersonId,
    TicketId,
)
from actions.domain.people import SYSTEM, RoleGrant


@dataclass(frozen=True, kw_only=True)
class Person:
    id: PersonId
    participant_id: str
    display_name: str
    locale: str
    area: str
    home: str = ""
    organisation: str = ""  #: the firm or shop they speak for
    roster_key: str | None = None
    consent_version: str = ""
    away_until: datetime | None = None
    is_erased: bool = False


@dataclass(frozen=True, kw_only=True)
class Seated:
    """One living seat and whose it is."""

    person_id: PersonId
    display_name: str
    seat: RoleGrant
    away_until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One message that is owed and has not been shown."""

    id: int
    template: str
    ticket_id: TicketId | None


@dataclass(frozen=True, kw_only=True)
class Conversation:
    """`awaiting` names what the next free text is for, when the bot has just asked for it."""

    id: ConversationId
    person_id: PersonId
    channel: str
    area: str
    sender_key: str
    awaiting: Mapping[str, Any] | None = None
    focus: TicketId | None = None
    focus_at: datetime | None = None
    lease_token: int = 0


@dataclass(frozen=True, kw_only=True)
class Said:
    """One message of the bot. Each button holds its `label` and its `command`."""

    template: str
    buttons: Sequence[Mapping[str, Any]]
    at: datetime

    def command(self, label: str) -> Mapping[str, Any] | None:
        """What the first button of that label does."""
        found = (b["command"] for b in self.buttons if b["label"] == label)
        return next(found, None)


@dataclass(frozen=True, kw_only=True)
class TicketSummary:
    id: TicketId
    number: str
    status: str  #: where it stands, with the ticket it is merged into
    own_status: str
    category: str
    urgency: str
    summary: str
    area: str
    label: str  #: the reporter's own words where no list knows the place
    place: str  #: code of the place as anybody may hear it
    filed_at: datetime
    updated_at: datetime
    due_at: datetime | None
    clock: str  #: accept | contact | settle: which promise `due_at` is
    assignee_role: str
    privacy: str
    followers: int = 0
    vector: tuple[float, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Comparable:
    """A ticket a new matter may be the same as, with what tells."""

    summary: TicketSummary
    location: Mapping[str, Any]
    gist: Mapping[str, Any]
    is_mine: bool
    closed_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class OwnTicket:
    """The number under which somebody knows a matter that is merged into another."""

    id: TicketId
    number: str
    is_reporter: bool


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A matter before the committee."""

    number: str
    ticket_id: TicketId | None
    title: str
    phase: str
    begun_at: datetime


@dataclass(frozen=True, kw_only=True)
class Attachment:
    id: AttachmentId
    person_id: PersonId
    media_type: str
    width: int
    height: int


@dataclass(kw_only=True)
class Callback:
    """A resident wants to talk to a person; the duty worker owes a call."""

    person_id: PersonId
    conversation_id: ConversationId
    area: str
    reason: str
    due_at: datetime
    id: int | None = None
    taken_by: PersonId | None = None
    closed_at: datetime | None = None
    outcome: str = ""


@dataclass(frozen=True, kw_only=True)
class Invitation:
    id: int
    role: str
    area: str
    display_name: str
    expires_at: datetime
    roster_key: str | None = None
    redeemed_by: PersonId | None = None
    created_by: PersonId = SYSTEM.person_id
    needs_confirming: bool = False  #: no power before a person has looked
    extra: Mapping[str, Any] = field(default_factory=dict)
