"""Deeds: do something to a ticket in the capacity one has, keep it, and raise what happened."""

from typing import Any, Final

from actions.application import values
from actions.application.unit_of_work import UnitOfWork
from actions.domain.errors import IllegalTransition, NotAllowed, NotFound
from actions.domain.events import TicketChanged
from actions.domain.identifiers import TicketId
from actions.domain.people import SYSTEM
from actions.domain.permissions import capacity_among_raisers, may_see, who_may
from actions.domain.service_level import resumed
from actions.domain.terms import terms_of
from actions.domain.ticket import Deed, Ticket
from actions.domain.ticket_status import Verb
from actions.domain.timeline import TimelineEntry

#: Verbs that end a pause.
_GOING_ON: Final = frozenset({Verb.ANSWER, Verb.RESUME})
_PROMISES: Final = ("accept_due_at", "contact_due_at", "settle_due_at")


async def of_mine(number: int, uow: UnitOfWork) -> Ticket:
    """A ticket this person may see.

    Raises:
        NotFound: it does not exist, or not for this person; the two look the same.
    """
    ticket = await uow.tickets.get(TicketId(number))
    followers = await uow.tickets.followers(TicketId(number))
    if not may_see(uow.turn.actor, ticket, followers):
        raise NotFound
    return ticket


async def require(uow: UnitOfWork, ticket: Ticket, verb: Verb) -> str:
    """The capacity in which the turn's actor may use the verb now.

    Raises:
        NotFound: the ticket does not exist for this person.
        IllegalTransition: nobody can do this any more.
        NotAllowed: others can.
    """
    actor = uow.turn.actor
    followers = await uow.tickets.followers(id_of(ticket))
    if not may_see(actor, ticket, followers):
        raise NotFound
    if not ticket.allows(verb):
        raise IllegalTransition(
            number=values.number(ticket.number), status=values.status(ticket.status or "")
        )
    role = capacity_among_raisers(actor, verb, ticket, followers)
    if role is None:
        raise NotAllowed(number=values.number(ticket.number))
    return role


async def act(
    uow: UnitOfWork, ticket: Ticket, verb: Verb, *, reason: str = "", **data: Any
) -> TimelineEntry:
    """Do it as the turn's actor."""
    deed = uow.deed(await require(uow, ticket, verb))
    return await _record(uow, ticket, verb, deed, reason=reason, **data)


async def act_by_rule(
    uow: UnitOfWork, ticket: Ticket, verb: Verb, *, reason: str = "", **data: Any
) -> TimelineEntry:
    """Do it as the system, whoever's turn it is.

    Raises:
        IllegalTransition: the system has no such right where the ticket stands.
    """
    return await _by_rule(uow, ticket, verb, "system", reason=reason, **data)


async def act_in_place_of_assignee(
    uow: UnitOfWork, ticket: Ticket, verb: Verb, *, reason: str = "", **data: Any
) -> TimelineEntry:
    """Do what is the assignee's to do and they cannot any more: in their capacity, by rule."""
    return await _by_rule(uow, ticket, verb, "assignee", reason=reason, **data)


async def _by_rule(
    uow: UnitOfWork, ticket: Ticket, verb: Verb, role: str, *, reason: str, **data: Any
) -> TimelineEntry:
    if not ticket.allows(verb) or role not in who_may(verb, ticket.status):
        raise IllegalTransition(
            number=values.number(ticket.number), status=values.status(ticket.status or "")
        )
    deed = uow.deed(role, SYSTEM.person_id)
    return await _record(uow, ticket, verb, deed, reason=reason, **data)


async def _record(
    uow: UnitOfWork, ticket: Ticket, verb: Verb, deed: Deed, *, reason: str, **data: Any
) -> TimelineEntry:
    dates = _after_pause(uow, ticket) if verb in _GOING_ON else {}
    entry = ticket.record(verb, deed, reason=reason, **(dates | data))
    await keep(uow, ticket)
    return entry


def _after_pause(uow: UnitOfWork, ticket: Ticket) -> dict[str, str]:
    """What was left of each promise when the ticket paused, in the hours its clock counts."""
    if ticket.paused_at is None:
        return {}
    rules = uow.rules_of(ticket)
    calendar = terms_of(ticket, rules).calendar
    left = {name: getattr(ticket, name) for name in _PROMISES}
    return {
        name: resumed(due, ticket.paused_at, uow.now, calendar, rules.hours).isoformat()
        for name, due in left.items()
        if due is not None
    }


async def keep(uow: UnitOfWork, ticket: Ticket) -> None:
    """Write the new entries and raise an event for each."""
    entries = list(ticket.new_entries)
    await uow.tickets.save(ticket)
    uow.events.extend(TicketChanged(ticket, entry) for entry in entries)


def id_of(ticket: Ticket) -> TicketId:
    """Raises NotFound for a ticket that was never kept."""
    if ticket.id is None:
        raise NotFound
    return ticket.id
