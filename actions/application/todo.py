"""The to-do list of one person: every queue of every role, each ticket once, the urgent first."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from actions.application.records import Callback, Invitation, Proposal, TicketSummary
from actions.domain.identifiers import PersonId, TicketId
from actions.domain.people import Actor
from actions.domain.permissions import capacity, handles
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from actions.domain.todo import Look, Queue

#: Nobody works off more at once.
MOST: Final = 50


@dataclass(frozen=True, kw_only=True)
class TodoItem:
    """One ticket and why it waits."""

    queue: Queue
    summary: TicketSummary
    ticket: Ticket


@dataclass(frozen=True, kw_only=True)
class Besides:
    """What waits and is no ticket one may see."""

    calls: Sequence[Callback] = ()
    seats: Sequence[Invitation] = ()
    looks: Sequence[Ticket] = ()
    proposals: Sequence[Proposal] = ()

    def __bool__(self) -> bool:
        return any((self.calls, self.seats, self.looks, self.proposals))


def merged(found: Iterable[TodoItem], actor: Actor) -> tuple[TodoItem, ...]:
    """Each ticket once, in the first queue it waits in, the most pressing first."""
    order = list(Queue)
    once: dict[TicketId, TodoItem] = {}
    for item in sorted(found, key=lambda each: order.index(each.queue)):
        if item.ticket.id is not None and _is_theirs(item, actor):
            once.setdefault(item.ticket.id, item)
    return tuple(sorted(once.values(), key=pressing)[:MOST])


def _is_theirs(item: TodoItem, actor: Actor) -> bool:
    """Permissions decide; the queue only says where to look."""
    if not handles(actor, item.ticket):
        return False
    return _STILL.get(item.queue, _always)(actor, item.ticket)


def _always(_actor: Actor, _ticket: Ticket) -> bool:
    return True


def _decides(actor: Actor, ticket: Ticket) -> bool:
    """Whoever may not rule on a returned one is not asked to."""
    if ticket.status is not TicketStatus.RETURNED:
        return True
    return capacity(actor, Verb.RULE, ticket) is not None


def _approves(actor: Actor, ticket: Ticket) -> bool:
    """Nobody says yes to themselves."""
    return ticket.assignee != actor.person_id and capacity(actor, Verb.REFUSE, ticket) is not None


def _is_with_others(actor: Actor, ticket: Ticket) -> bool:
    return ticket.assignee != actor.person_id


_STILL: Final[Mapping[Queue, Callable[[Actor, Ticket], bool]]] = {
    Queue.DECIDE: _decides,
    Queue.APPROVE: _approves,
    Queue.CLIMBED: _is_with_others,
}

_URGENCY: Final = "EUNCDQ"


def pressing(item: TodoItem) -> tuple[int, bool, datetime, TicketId]:
    """Urgency, then what came back and waits for a ruling, then the date that runs, then age."""
    summary = item.summary
    rank = _URGENCY.find(summary.urgency)
    came_back = summary.status == TicketStatus.RETURNED
    due = summary.due_at or summary.filed_at
    return (rank if rank >= 0 else len(_URGENCY)), not came_back, due, summary.id


def look_for(looks: Sequence[Look], queue: Queue) -> tuple[str, ...]:
    """The area paths in which one works off a queue."""
    return next((look.areas for look in looks if look.queue is queue), ())


@dataclass(frozen=True, kw_only=True)
class Todo:
    items: Sequence[TodoItem]
    besides: Besides
    is_anybodys: bool = True  #: False: this person works off nothing here

    def __bool__(self) -> bool:
        return bool(self.items) or bool(self.besides)


def of_captain(found: Iterable[Ticket], person: PersonId) -> list[Ticket]:
    """Tickets whose look the person was asked for and still owes."""
    return [ticket for ticket in found if str(person) in ticket.looking]
