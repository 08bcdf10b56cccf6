"""Nothing more can be done: said plainly, with the reason, and with the way to object."""

from collections.abc import Mapping
from typing import Any

from actions.application import values
from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.commands.base import Command
from actions.application.commands.deciding import ExplainTicket
from actions.application.deeds import act, id_of, require
from actions.application.handlers.dispatch import tell_leads
from actions.application.notification import Button
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press, reason_of
from actions.domain.events import TicketChanged
from actions.domain.identifiers import TicketId
from actions.domain.people import Role
from actions.domain.permissions import capacity
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import Verb


def explain(ticket: Ticket, uow: UnitOfWork) -> tuple[Button, ...]:
    """Offered to who may, once it came back twice and perhaps nothing more can be done."""
    if not ticket.is_supervised or capacity(uow.turn.actor, Verb.EXPLAIN, ticket) is None:
        return ()
    return (press("button_explain", ExplainTicket(ticket_id=id_of(ticket))),)


async def tell_supervisor(event: TicketChanged, uow: UnitOfWork) -> None:
    """Subscriber: said to be settled after it came back twice; the supervisor looks at it."""
    ticket = event.ticket
    if event.entry.verb is Verb.RESOLVE and ticket.is_supervised:
        reason = reason_of(event.entry) or values.text("relay_photo_only")
        roles = (Role.SUP,)
        await tell_leads(
            ticket, uow, "supervisor_resolved", roles=roles, hands_out=False, reason=reason
        )


async def explain_ticket(command: ExplainTicket, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    await require(uow, ticket, Verb.EXPLAIN)
    await expect(uow, "explanation", ticket_id=id_of(ticket))
    params = {"number": values.number(ticket.number)}
    await uow.reply("explain_why", params=params, ticket_id=ticket.id)


async def take_explanation(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    """Only words explain."""
    ticket = await uow.tickets.get(TicketId(about["ticket_id"]))
    if not given.text:
        await uow.reply("decide_needs_words", ticket_id=ticket.id)
        return
    await act(uow, ticket, Verb.EXPLAIN, reason=given.text)
    await expect_nothing(uow)
    await uow.reply("explained", params={"number": values.number(ticket.number)})


HANDLERS: dict[type[Command], Handler] = {ExplainTicket: explain_ticket}
AWAITED: dict[str, Taker] = {"explanation": take_explanation}
