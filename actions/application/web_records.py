"""What the web chat reads: accounts, transcript lines, matters as one person may see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from actions.application.notification import Button
from actions.application.records import TicketSummary
from actions.domain.identifiers import AttachmentId, ConversationId, PersonId
from actions.domain.people import Actor, Role, RoleGrant

#: What everybody is, whatever else they are.
EVERYBODY = "resident"


@dataclass(frozen=True, kw_only=True)
class Account:
    """Whose session it is. `session` is the hash of its token, never the token."""

    person_id: PersonId
    participant_id: str
    display_name: str
    locale: str
    area: str
    home: str
    conversation_id: ConversationId
    session: str
    has_consented: bool  #: to the notice as it stands now
    grants: frozenset[RoleGrant] = frozenset()

    @property
    def actor(self) -> Actor:
        return Actor(person_id=self.person_id, grants=self.grants)

    @property
    def roles(self) -> list[str]:
        held = {grant.role.value for grant in self.grants} - {Role.RES.value}
        return [EVERYBODY, *sorted(held)]


@dataclass(frozen=True, kw_only=True)
class OpenedSession:
    """`token` is shown to its owner once and kept nowhere."""

    token: str
    account: Account


@dataclass(frozen=True, kw_only=True)
class Joined:
    """An invitation was redeemed; the session has a new token because its powers grew."""

    invitation_id: int
    opened: OpenedSession
    roles: tuple[str, ...]  #: empty while a person still has to confirm


@dataclass(frozen=True, kw_only=True)
class TicketBrief:
    number: str
    status: str
    category: str
    due_at: datetime | None
    role: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """One message of a transcript."""

    id: int
    seq: int
    direction: str
    kind: str
    text: str
    content: Mapping[str, Any]
    at: datetime
    client_msg_id: str | None = None
    in_reply_to: int | None = None  #: id of the message that caused it
    ticket: TicketBrief | None = None


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A stored photo: the facts of its main rendering."""

    id: AttachmentId
    person_id: PersonId
    media_type: str
    width: int
    height: int
    size: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class RecordLine:
    """One step of a ticket. `role` is a role's code, 'me', or '' for the system."""

    at: datetime
    key: str  #: of the text that names the step
    reason_key: str = ""  #: one of the offered reasons
    words: str = ""
    detail: Any = None  #: the day or the body it was about, as a typed value
    role: str = ""
    photos: tuple[AttachmentId, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Matter:
    """A ticket in somebody's list, with what they can do about it now."""

    summary: TicketSummary
    unread: bool = False
    offers: tuple[Button, ...] = ()
    record: tuple[RecordLine, ...] = ()
    is_worker: bool = False  #: seen by somebody who settles it


@dataclass(frozen=True, kw_only=True)
class Erased:
    """What lies outside the database and has to go as well."""

    photos: tuple[AttachmentId, ...]
    conversations: tuple[ConversationId, ...]
