"""To-do: which queues each role works off, as one table. Several roles of a person are merged."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from actions.domain.ladder import Rung
from actions.domain.people import WORKING_ROLES, Actor, Role


class Queue(StrEnum):
    """What waits for somebody; a ticket in several is shown in the first of them."""

    MINE = "mine"  #: assigned to me
    DECIDE = "decide"  #: to hand out or to rule on
    APPROVE = "approve"  #: waits for a lead's word
    CLIMBED = "climbed"  #: late, up the ladder as far as me
    SILENT = "silent"  #: with an outside body that says nothing
    SUPERVISED = "supervised"  #: dissatisfied twice, about staff, or past its date
    REVIEW = "review"  #: merged, or of no certain kind
    LOOK = "look"  #: I was asked to look on site
    SEATS = "seats"  #: somebody waits to be confirmed
    CALLS = "calls"  #: somebody waits for a call
    PROPOSALS = "proposals"  #: before the committee


#: Queues of tickets one may see; the others have lines of their own.
OF_TICKETS: Final = (
    Queue.MINE, Queue.DECIDE, Queue.APPROVE, Queue.CLIMBED, Queue.SILENT, Queue.SUPERVISED,
    Queue.REVIEW,
)  # fmt: skip

_LEADING: Final = (Queue.DECIDE, Queue.APPROVE, Queue.CLIMBED)

#: Beside what is assigned to them, which every working role has.
_BESIDES: Final[Mapping[Role, tuple[Queue, ...]]] = {
    Role.GWF: (Queue.CALLS,),
    Role.GWP: (Queue.CALLS,),
    Role.GLD: (*_LEADING, Queue.SEATS, Queue.CALLS),
    Role.CMT: (*_LEADING, Queue.SILENT, Queue.SEATS, Queue.CALLS),
    Role.DSP: (*_LEADING, Queue.CALLS),
    Role.SUP: (Queue.SUPERVISED,),
    Role.RVW: (Queue.REVIEW,),
    Role.ADM: (Queue.SEATS,),
    Role.CAP: (Queue.LOOK,),
    Role.CHR: (Queue.PROPOSALS,),
    Role.PBR: (Queue.PROPOSALS,),
    Role.REP: (Queue.PROPOSALS,),
}

#: How high a matter has climbed when it reaches a role.
REACHES: Final[Mapping[Role, Rung]] = {
    Role.GLD: Rung.LEAD,
    Role.CMT: Rung.COMMITTEE,
    Role.DSP: Rung.STREET,
}


@dataclass(frozen=True)
class Look:
    """One queue of one person: inside these area paths, and from this rung on."""

    queue: Queue
    areas: tuple[str, ...]
    rung: int = 0


def queues_of(role: Role) -> tuple[Queue, ...]:
    mine = (Queue.MINE,) if role in WORKING_ROLES else ()
    return (*mine, *_BESIDES.get(role, ()))


def looks_of(actor: Actor) -> tuple[Look, ...]:
    """Every queue of a person, once for each area and rung; none for who has no such role."""
    found: dict[tuple[Queue, int], set[str]] = {}
    for grant in actor.grants:
        for queue in queues_of(grant.role):
            rung = int(REACHES.get(grant.role, 0)) if queue is Queue.CLIMBED else 0
            found.setdefault((queue, rung), set()).add(grant.area)
    order = list(Queue)
    sorted_out = sorted(found.items(), key=lambda each: (order.index(each[0][0]), each[0][1]))
    return tuple(Look(queue, tuple(sorted(areas)), rung) for (queue, rung), areas in sorted_out)
