"""Rulings on a returned ticket: whose they are, and what they are put with."""

from collections.abc import Sequence

from actions.application import values
from actions.application.colleagues import colleagues, leads, rulers_of
from actions.application.commands.deciding import CorrectCategory
from actions.application.commands.waiting import RuleItStays
from actions.application.deeds import id_of
from actions.application.notification import Button
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.identifiers import PersonId
from actions.domain.people import Role
from actions.domain.permissions import roles_over
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import Verb
from actions.domain.timeline import TimelineEntry

#: Returned so often, it is the street's to rule on.
_STREET_FROM = 2


def returns(timeline: Sequence[TimelineEntry]) -> int:
    """How often somebody disputed that it is theirs; who only left it has not."""
    given_back = [entry for entry in timeline if entry.verb is Verb.RETURN]
    return sum(not entry.data.get("rerouted") for entry in given_back)


def rulers(ticket: Ticket, returned: int, uow: UnitOfWork) -> tuple[Role, ...]:
    """Whose ruling it is; the street's first once it came back a second time."""
    usual = rulers_of(ticket, uow.rules_of(ticket))
    if returned < _STREET_FROM:
        return usual
    return (Role.DSP, *(role for role in usual if role is not Role.DSP))


async def rulers_now(ticket: Ticket, uow: UnitOfWork) -> tuple[Role, ...]:
    """Whose ruling the ticket waits for as it stands."""
    return rulers(ticket, returns(await uow.tickets.timeline(id_of(ticket))), uow)


async def is_anothers_ruling(ticket: Ticket, uow: UnitOfWork) -> bool:
    """Whether it is the street's now and this person is not of it; then they are told so."""
    timeline = await uow.tickets.timeline(id_of(ticket))
    if returns(timeline) < _STREET_FROM or Role.DSP in roles_over(uow.turn.actor, ticket):
        return False
    street = await leads(uow, ticket, (Role.DSP,), excluding=(ticket.assignee,))
    if not any(not each.away for each in street):
        return False
    params = {"number": values.number(ticket.number), "role": values.role(Role.DSP)}
    await uow.reply("ruling_at_street", params=params, ticket_id=ticket.id)
    return True


async def next_by_category(ticket: Ticket, returned_by: PersonId, uow: UnitOfWork) -> object:
    """Who is likeliest to get it by its kind if whoever returned it does not."""
    able = await colleagues(uow, ticket, excluding=(ticket.assignee, returned_by))
    return values.role(able[0].role) if able else values.text("nobody_else")


def ruling_buttons(ticket: Ticket) -> tuple[Button, ...]:
    """What a ruling may be, beside giving it to somebody else."""
    number = id_of(ticket)
    kind = press("button_recategorise", CorrectCategory(ticket_id=number))
    if ticket.assignee is None:
        return (kind,)
    return (press("button_it_stays", RuleItStays(ticket_id=number)), kind)
