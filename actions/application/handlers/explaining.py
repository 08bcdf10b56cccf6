"""Nothing more can be done: said plainly, with the reason, and with the way to object."""

from collections.abc import Mapping
from typing import Any

from actions.application import values
from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.commands.base import Command
from actions.application.commands.deciding import ExplainTicket
from actions.application.deeds import act, id_of, require
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.domain.identifiers import TicketId
from actions.domain.ticket_status import Verb


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
