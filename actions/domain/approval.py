"""Approval: what an assignee asks of a lead, and whose word counts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from actions.domain.people import Actor, Role
from actions.domain.permissions import roles_over
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from actions.domain.timeline import TimelineEntry

#: Whose yes counts, the nearest level first.
LEVELS: Final = (Role.GLD, Role.CMT, Role.DSP)
#: Where an extension may be asked for.
EXTENDABLE: Final = frozenset(
    {TicketStatus.ACCEPTED, TicketStatus.IN_PROGRESS, TicketStatus.SCHEDULED}
)
_ANSWERS: Final = frozenset({Verb.REFUSE, Verb.EXTEND, Verb.HOLD})


class Asks(StrEnum):
    """What may be asked for, as the entry keeps it under `asks`."""

    HOLD = "hold"
    EXTEND = "extend"


@dataclass(frozen=True)
class Rule:
    """The levels that may answer; nobody answers what they asked themselves."""

    levels: tuple[Role, ...]

    def allows(self, approver: Actor, proposal: TimelineEntry, ticket: Ticket) -> bool:
        if approver.person_id == proposal.actor:
            return False
        return not set(self.levels).isdisjoint(roles_over(approver, ticket))


def rule_for(proposer: Actor, ticket: Ticket, leaders: Collection[Role]) -> Rule:
    """The levels above the proposer's own; the highest answers to its like."""
    held = roles_over(proposer, ticket)
    own = max((LEVELS.index(role) for role in held if role in LEVELS), default=-1)
    above = tuple(role for role in LEVELS[own + 1 :] if role in leaders)
    return Rule(above or LEVELS[-1:])


def pending(timeline: Sequence[TimelineEntry], ticket: Ticket) -> TimelineEntry | None:
    """What still waits for an answer: the last proposal of whoever has the ticket now.

    A matter that has moved on needs no pause any more; a new date is needed all the same.
    """
    moved = False
    for entry in reversed(timeline):
        if entry.verb is Verb.PROPOSE:
            return entry if _stands(entry, ticket, moved=moved) else None
        if entry.verb in _ANSWERS:
            return None
        moved = moved or entry.moves
    return None


def _stands(proposal: TimelineEntry, ticket: Ticket, *, moved: bool) -> bool:
    if proposal.actor != ticket.assignee:
        return False
    if proposal.data.get("asks") == Asks.HOLD:
        return not moved and ticket.status is TicketStatus.IN_PROGRESS
    return ticket.status in EXTENDABLE


def was_extended(timeline: Sequence[TimelineEntry]) -> bool:
    return any(entry.verb is Verb.EXTEND for entry in timeline)
