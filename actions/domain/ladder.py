"""The ladder: whom a late matter climbs to, and when. Pure policy; it acts on nothing.

Each running clock has four rungs, at shares of its length that the community's policy names. Time
counts as the category counts it, so a night, a holiday or a pause brings nobody nearer to a rung.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Final

from actions.domain.category import WorkCalendar
from actions.domain.community import Community
from actions.domain.dispatch import LADDER
from actions.domain.people import Role
from actions.domain.service_level import counted_minutes, elapsed, moment_after, moment_before
from actions.domain.terms import terms_of
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import OFFERED, UNDECIDED, TicketStatus


class Rung(IntEnum):
    """How high a matter has climbed."""

    WORKER = 1  #: whoever has it is reminded
    LEAD = 2  #: the grid lead hears
    COMMITTEE = 3  #: the date has passed: the committee hears, and those who wait
    STREET = 4  #: the street and the supervisors hear


#: The clocks of a ticket, in the order in which they start to matter.
ACCEPT: Final = "accept"
DECIDE: Final = "decide"  #: nobody has it: somebody must say who gets it
CONTACT: Final = "contact"
SETTLE: Final = "settle"

_IN_HAND: Final = frozenset(
    {TicketStatus.ACCEPTED, TicketStatus.IN_PROGRESS, TicketStatus.SCHEDULED}
)
#: While one clock runs with all its rungs, a later promise is heard of only once it is broken.
_BROKEN: Final = (Rung.COMMITTEE, Rung.STREET)
#: Who decides is at most three levels: they themselves, the level above, the street.
_DECIDING: Final = (Rung.WORKER, Rung.COMMITTEE, Rung.STREET)


@dataclass(frozen=True, kw_only=True)
class Step:
    """One rung of one clock of a ticket, and the moment it is due."""

    clock: str
    rung: Rung
    share: float
    at: datetime


def next_rung(ticket: Ticket, rules: Community) -> Step | None:
    """The first rung the ticket has not climbed yet; None while no clock of it runs."""
    return min(steps(ticket, rules), key=lambda step: step.at, default=None)


def climbed(ticket: Ticket, rules: Community, now: datetime) -> tuple[Step, ...]:
    """Every rung that is due and was not climbed, clock by clock."""
    return tuple(step for step in steps(ticket, rules) if step.at <= now)


def steps(ticket: Ticket, rules: Community) -> Iterator[Step]:
    """All that is left to climb, clock by clock."""
    for clock, rungs in _running(ticket):
        left = [rung for rung in rungs if rung > ticket.rungs.get(clock, 0)]
        if left:
            yield from _of_clock(ticket, clock, left, rules)


def _running(ticket: Ticket) -> Iterator[tuple[str, tuple[Rung, ...]]]:
    """The clocks that run where the ticket stands, each with the rungs that count."""
    promises = [SETTLE] if ticket.contacted_at else [CONTACT, SETTLE]
    match ticket.status:
        case TicketStatus.SUBMITTED:
            yield CONTACT, (Rung.COMMITTEE,)
            return
        case status if status in OFFERED:
            yield ACCEPT, tuple(Rung)
        case status if status in UNDECIDED:
            yield DECIDE, _DECIDING
        case status if status in _IN_HAND:
            yield promises.pop(0), tuple(Rung)
        case _:
            return
    for clock in promises:
        yield clock, _BROKEN


def _of_clock(ticket: Ticket, clock: str, left: list[Rung], rules: Community) -> Iterator[Step]:
    calendar = WorkCalendar.ALWAYS if clock == DECIDE else _calendar(ticket, rules)
    due = due_of(ticket, clock, rules)
    if due is None:
        return
    length = _length(ticket, clock, due, rules)
    shares = shares_of(rules)
    for rung in left:
        share = shares[rung]
        if share <= 1:
            at = moment_before(due, length * (1 - share), calendar, rules.hours)
        else:
            at = moment_after(due, length * (share - 1), calendar, rules.hours)
        yield Step(clock=clock, rung=rung, share=share, at=at)


def shares_of(rules: Community) -> Mapping[Rung, float]:
    policy = rules.policy
    return {
        Rung.WORKER: policy.nudge_worker_at,
        Rung.LEAD: policy.tell_lead_at,
        Rung.COMMITTEE: policy.tell_committee_at,
        Rung.STREET: policy.tell_dispatcher_at,
    }


def due_of(ticket: Ticket, clock: str, rules: Community) -> datetime | None:
    """By when the clock wants what it measures."""
    if clock == DECIDE:
        return ticket.accept_from and ticket.accept_from + _term(ticket, rules)
    due: datetime | None = getattr(ticket, f"{clock}_due_at")
    return due


def _term(ticket: Ticket, rules: Community) -> timedelta:
    """How long somebody has to say who gets it."""
    is_disputed = ticket.status is TicketStatus.RETURNED
    return rules.policy.dispute_ruling_within if is_disputed else rules.policy.triage_within


def _length(ticket: Ticket, clock: str, due: datetime, rules: Community) -> timedelta:
    """How much time the promise gave, without the pauses that have moved its date since."""
    if clock == DECIDE:
        return _term(ticket, rules)
    category = terms_of(ticket, rules)
    minutes = {
        ACCEPT: category.accept_min, CONTACT: category.contact_min, SETTLE: category.settle_min,
    }[clock]  # fmt: skip
    counted = counted_minutes(minutes, category.calendar, rules.hours)
    promised = timedelta(minutes=counted // (2 if ticket.reopenings else 1))
    start = ticket.accept_from if clock == ACCEPT else ticket.clock_from
    if start is None:
        return promised
    between = elapsed(start, due, category.calendar, rules.hours)
    return between if clock == ACCEPT else min(between, promised)


def _calendar(ticket: Ticket, rules: Community) -> WorkCalendar:
    return terms_of(ticket, rules).calendar


#: The levels above those who do the work, the nearest first.
LEVELS: Final = (Role.GLD, Role.CMT, Role.DSP)
#: From which of them on a rung is heard.
_HEARD_FROM: Final[Mapping[Rung, Role]] = {
    Rung.LEAD: Role.GLD, Rung.COMMITTEE: Role.CMT, Rung.STREET: Role.DSP,
}  # fmt: skip


def levels_above(role: str) -> tuple[Role, ...]:
    """Whom a matter goes to when somebody in this role stays silent, the nearest level first."""
    if role not in Role.__members__:
        return LEVELS
    rungs = LADDER.get(Role(role), (LEVELS,))
    above = {one for rung in rungs for one in rung}
    return tuple(level for level in LEVELS if level in above and level.value != role)


def heard_by(rung: Rung, role: str) -> tuple[Role, ...]:
    """Who hears of a rung a matter of this role has reached; where nobody is, the next level."""
    start = LEVELS.index(_HEARD_FROM[rung])
    return tuple(level for level in LEVELS[start:] if level in levels_above(role))
