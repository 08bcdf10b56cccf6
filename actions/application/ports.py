"""Ports: what the use cases need from the outside, in our words."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from actions.application.records import (
    Attachment,
    Callback,
    Comparable,
    Conversation,
    Invitation,
    OwnTicket,
    Person,
    Proposal,
    Seated,
    TicketSummary,
)
from actions.application.todo import Todo
from actions.domain.dispatch import Candidate
from actions.domain.draft import Draft
from actions.domain.identifiers import (
    AttachmentId,
    ConversationId,
    DraftId,
    InboxId,
    PersonId,
    TicketId,
)
from actions.domain.people import Actor, RoleGrant
from actions.domain.place import Location
from actions.domain.ticket import Ticket
from actions.domain.timeline import TimelineEntry
from actions.domain.understood import Understood


class Clock(Protocol):
    """Aware UTC now."""

    def now(self) -> datetime: ...


class Geography(Protocol):
    """What the map knows of a pin (WGS-84 degrees)."""

    def locate(self, lat: float, lon: float, label: str = "") -> Location: ...


class OutboxSignal(Protocol):
    """A hint that rows are waiting; losing it costs latency only."""

    def notify(self, channels: Collection[str]) -> None: ...


class Effects(Protocol):
    """The memory of what already took effect."""

    async def claim(self, cause: str, step: str, command: str) -> bool:
        """Remember the pair; False when it has taken effect before."""
        ...


class Tickets(Protocol):
    async def add(
        self, ticket: Ticket, *, vector: Iterable[float] = (), gist: Mapping[str, Any] | None = None
    ) -> TicketId: ...
    async def get(self, ticket_id: TicketId) -> Ticket: ...
    async def find(self, number: str) -> Ticket | None: ...
    async def look_again(self, ticket: Ticket) -> None:
        """Nothing was due: only note when the ticket reaches its next rung."""
        ...

    async def save(self, ticket: Ticket) -> None:
        """Append the new entries and write the state beside them.

        Raises:
            RaceLost: somebody else appended first.
        """
        ...

    async def timeline(self, ticket_id: TicketId) -> Sequence[TimelineEntry]: ...
    async def parts_of(self, number: str) -> Sequence[Ticket]:
        """The tickets in which other bodies work on this one."""
        ...

    async def spoken_of(self, ticket_id: TicketId) -> None:
        """Those who wait have had a word now, though nothing has changed."""
        ...

    async def next_number(self) -> str: ...
    async def followers(self, ticket_id: TicketId) -> Sequence[PersonId]:
        """Everyone who waits for it, also through a ticket merged into it; each once."""
        ...

    async def own_tickets(self, ticket_id: TicketId) -> Mapping[PersonId, OwnTicket]:
        """The own ticket of each who waits for this one through a merged one only."""
        ...

    async def merged_into(self, number: str) -> Sequence[Ticket]:
        """Tickets that follow the one of this number, also once they have closed with it."""
        ...

    async def open_at(self, area: str, *, limit: int = 5) -> Sequence[TicketSummary]:
        """Open tickets of any kind at an area, the newest first."""
        ...

    async def follow(self, ticket_id: TicketId, person_id: PersonId, kind: str) -> bool: ...
    async def unfollow(self, ticket_id: TicketId, person_id: PersonId) -> None: ...
    async def attach(
        self,
        ticket_id: TicketId,
        attachments: Iterable[AttachmentId],
        purpose: str,
        by: PersonId,
    ) -> None: ...
    async def photos(self, ticket_id: TicketId, purpose: str = "") -> Sequence[AttachmentId]: ...
    async def of_person(
        self, person_id: PersonId, *, only_open: bool = False, limit: int = 20
    ) -> Sequence[TicketSummary]: ...
    async def held_by(self, person_id: PersonId, *, limit: int = 500) -> Sequence[Ticket]:
        """Every ticket that is with the person, the most pressing first."""
        ...

    async def left_behind(self, areas: Sequence[str], *, limit: int = 50) -> Sequence[Ticket]:
        """Tickets inside the area paths with somebody who has no living seat in their role."""
        ...

    async def unassigned_in(
        self, areas: Sequence[str], *, limit: int = 50
    ) -> Sequence[TicketSummary]: ...
    async def assigned_to(
        self, person_id: PersonId, *, limit: int = 50
    ) -> Sequence[TicketSummary]: ...
    async def comparable(
        self,
        categories: Iterable[str],
        area: str,
        grid: str,
        *,
        of: PersonId,
        closed_since: datetime,
    ) -> Sequence[Comparable]:
        """What a new matter may be the same as: open, or closed since then; bounded.

        Of any kind in the area itself, of these kinds in its grid.
        """
        ...

    async def open_nearby(
        self,
        category: str,
        area: str,
        grid: str,
        *,
        but_of: PersonId | None = None,
        limit: int = 5,
    ) -> Sequence[TicketSummary]: ...


class Proposals(Protocol):
    """Matters before the committee."""

    async def begin(self, ticket_id: TicketId, area: str, title: str, by: PersonId) -> str:
        """A new one in its first phase; its number."""
        ...

    async def end(self, number: str, phase: str) -> None: ...
    async def open_in(self, areas: Sequence[str], *, limit: int = 20) -> Sequence[Proposal]:
        """What is still before the committee inside the areas, the oldest first."""
        ...


class Drafts(Protocol):
    async def add(self, draft: Draft) -> DraftId: ...
    async def get(self, draft_id: DraftId) -> Draft: ...
    async def save(self, draft: Draft) -> None: ...
    async def open_of(self, conversation_id: ConversationId) -> Sequence[Draft]:
        """Open drafts, the newest first."""
        ...


class People(Protocol):
    async def get(self, person_id: PersonId) -> Person: ...
    async def actor(self, person_id: PersonId) -> Actor: ...
    async def candidates(self, at: datetime) -> Sequence[Candidate]: ...
    async def holders(self, role: str, area: str) -> Sequence[PersonId]:
        """People with the role for an area that holds `area`, the nearest area first."""
        ...

    async def set_locale(self, person_id: PersonId, locale: str) -> None: ...
    async def set_home(self, person_id: PersonId, area: str) -> None: ...
    async def set_organisation(self, person_id: PersonId, name: str) -> None: ...
    async def grant(
        self, person_id: PersonId, grant: RoleGrant, *, by: PersonId, at: datetime
    ) -> None: ...
    async def revoke(self, person_id: PersonId, grant: RoleGrant, *, at: datetime) -> None: ...
    async def bind_roster(self, person_id: PersonId, key: str, name: str) -> None: ...
    async def set_away(self, person_id: PersonId, until: datetime | None) -> None: ...
    async def seated(self, areas: Sequence[str], *, limit: int = 200) -> Sequence[Seated]:
        """Living seats inside the area paths, by name."""
        ...

    async def unseat(self, person_id: PersonId) -> None:
        """The person's place in the roster is free again."""
        ...


class Seats(Protocol):
    """Codes that wait for a second look, and the roles they give."""

    async def invite(
        self,
        seat: RoleGrant,
        *,
        name: str,
        by: PersonId,
        at: datetime,
        until: datetime,
        needs_confirming: bool,
    ) -> str:
        """A new code; what is kept of it is a hash."""
        ...

    async def invitation(self, code: str) -> Invitation | None: ...
    async def numbered(self, invitation_id: int) -> Invitation | None: ...
    async def redeem(self, invitation: Invitation, by: PersonId, at: datetime) -> bool:
        """Use the invitation up; False when somebody else was first."""
        ...

    async def confirm(self, invitation: Invitation, by: PersonId, at: datetime) -> bool:
        """Mark it decided; False when somebody else was first."""
        ...

    async def seat(
        self, invitation: Invitation, person_id: PersonId, by: PersonId, at: datetime
    ) -> None: ...


class Conversations(Protocol):
    async def get(self, conversation_id: ConversationId) -> Conversation: ...
    async def of_person(self, person_id: PersonId) -> Conversation | None:
        """The conversation the person used last."""
        ...

    async def fence(self, conversation_id: ConversationId, token: int) -> None:
        """Hold the row for this transaction.

        Raises:
            StaleLease: the lease has gone to another owner since.
        """
        ...

    async def set_awaiting(
        self, conversation_id: ConversationId, awaiting: Mapping[str, Any] | None
    ) -> None: ...
    async def set_focus(
        self, conversation_id: ConversationId, ticket_id: TicketId | None
    ) -> None: ...
    async def add_callback(self, callback: Callback) -> int: ...
    async def callback(self, callback_id: int) -> Callback: ...
    async def open_callback_of(self, person_id: PersonId) -> Callback | None: ...
    async def take_callback(self, callback_id: int, by: PersonId) -> bool:
        """Make the call one's own; False when somebody else was first."""
        ...

    async def give_back_callbacks(self, person_id: PersonId) -> Sequence[Callback]:
        """The open calls the person has taken are anybody's again."""
        ...

    async def save_callback(self, callback: Callback) -> None: ...
    async def last_words(self, conversation_id: ConversationId, *, limit: int) -> Sequence[str]:
        """What the person wrote last, the newest at the end."""
        ...


class Inbox(Protocol):
    async def finish(self, inbox_id: InboxId, outcome: str) -> None: ...
    async def give_up(self, inbox_id: InboxId) -> None: ...
    async def note_understood(self, inbox_id: InboxId, understood: Understood) -> None: ...
    async def text_of(self, inbox_id: InboxId, *, by: PersonId | None = None) -> str: ...


class Queues(Protocol):
    async def of(self, actor: Actor) -> Todo:
        """Everything that waits for a person, in every role they have."""
        ...


class Audit(Protocol):
    """The trail of what was done to people's powers and data."""

    async def append(
        self, action: str, about: str, *, by: PersonId, area: str, reason: str = ""
    ) -> None: ...


class Attachments(Protocol):
    async def mine(
        self, ids: Iterable[AttachmentId], person_id: PersonId
    ) -> Sequence[Attachment]: ...
