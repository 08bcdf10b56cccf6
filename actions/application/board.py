"""What a board of tickets can be asked for, and what it shows of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from actions.domain.identifiers import LeafCode, PersonId, TicketId
from actions.domain.ticket_status import CLOSED, OPEN, TicketStatus

#: What those who dispatch look for, by name; each is some of the states.
GROUPS: Final[Mapping[str, frozenset[TicketStatus]]] = {
    "open": OPEN,
    "undecided": frozenset(
        {
            TicketStatus.SUBMITTED, TicketStatus.TRIAGE, TicketStatus.RETURNED,
            TicketStatus.REOPENED,
        }
    ),
    "untaken": frozenset({TicketStatus.DISPATCHED, TicketStatus.TRANSFERRED}),
    "working": frozenset(
        {TicketStatus.ACCEPTED, TicketStatus.IN_PROGRESS, TicketStatus.SCHEDULED}
    ),
    "waiting": frozenset(
        {
            TicketStatus.NEEDS_INFO, TicketStatus.ON_HOLD, TicketStatus.EXTERNAL,
            TicketStatus.DELIBERATION,
        }
    ),
    "resolved": frozenset({TicketStatus.RESOLVED}),
    "closed": CLOSED,
    "all": frozenset(TicketStatus) - {TicketStatus.DRAFT},
}  # fmt: skip
USUAL_GROUP: Final = "open"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One state of the board; what is empty does not matter."""

    group: str = USUAL_GROUP
    area: str = ""  #: a path; what lies in it counts
    categories: tuple[LeafCode, ...] = ()
    tier: str = ""
    urgency: str = ""
    late: bool = False
    assignee: PersonId | None = None
    role: str = ""
    channel: str = ""  #: the one the reporter used last
    since: date | None = None  #: filed on that day of the community or later
    until: date | None = None
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class BoardRow:
    """One ticket as those who work on it may see it in a list."""

    id: TicketId
    number: str
    category: str
    words: str
    within: str  #: path of the estate or grid it lies in; empty where it lies no more exactly
    place: str  #: a code, or empty where no list knows it
    spot: str  #: what it was called
    detail: str
    status: str
    urgency: str
    role: str
    assignee: str  #: by name, among colleagues
    clock: str
    due_at: datetime | None
    is_late: bool
    is_soon: bool  #: little is left of it
    filed_at: datetime | None
    raisers: int | None  #: None where nobody is to count them


@dataclass(frozen=True, kw_only=True)
class BoardPage:
    """`further` is where the next page begins; `count` of what fits, `is_more` if not all of it."""

    rows: Sequence[BoardRow]
    count: int = 0
    is_more: bool = False
    further: TicketId | None = None


@dataclass(frozen=True, kw_only=True)
class Colleague:
    """Somebody a board can be filtered by."""

    id: PersonId
    name: str
    roles: tuple[str, ...]
