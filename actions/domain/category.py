"""Categories: the taxonomy's leaves with their owners, clocks and privacy."""

from dataclasses import dataclass, field
from enum import StrEnum

from actions.domain.identifiers import LeafCode
from actions.domain.people import Role


class Urgency(StrEnum):
    """How pressing a matter is (mission 6.3)."""

    E = "E"  #: emergency: number at once, a person within 15 minutes
    U = "U"  #: urgent: feedback within 24 h
    N = "N"  #: normal: contact within 24 h, settled within 7 d
    C = "C"  #: complex: 15 d
    D = "D"  #: deliberation: milestones instead of one date
    Q = "Q"  #: question: answered at once or within 24 h


class Tier(StrEnum):
    """Who owns the decision (seed 000)."""

    SMALL = "小事"  #: settled on the spot by the grid
    URGENT = "急事"  #: the community committee with a department
    HARD = "难事"  #: deliberated, one matter at a time


class WorkCalendar(StrEnum):
    """Which hours a clock counts."""

    WORK = "work"
    ALWAYS = "24x7"


class Privacy(StrEnum):
    """Who may see that somebody reported."""

    PUBLIC = "public"  #: may show on the public map without a name
    SEALED = "sealed"  #: reporter hidden from the other party
    RESTRICTED = "restricted"  #: few readers, no map
    PRIVATE = "private"  #: between the resident and the office


#: Few may read these, and they are never discussed in public.
FOR_FEW = frozenset({Privacy.RESTRICTED.value, Privacy.PRIVATE.value})


@dataclass(frozen=True, kw_only=True)
class IssueCategory:
    """One leaf of the taxonomy (= Open311 service_code); minutes count in `calendar`."""

    code: LeafCode
    top: str
    name: dict[str, str]
    top_name: dict[str, str]
    urgency: Urgency
    tier: Tier
    accept_min: int
    contact_min: int
    settle_min: int
    calendar: WorkCalendar
    owner_role: Role
    co_roles: tuple[Role, ...]
    deliberates: bool
    temporary_step: dict[str, str]
    privacy: Privacy
    needs_place: bool
    proof: str
    label: dict[str, str] = field(default_factory=dict)  #: a few plain words, for cards and buttons


#: What may stand in `IssueCategory.proof`: what resolving must bring.
PROOFS = frozenset({"photo", "note"})
