"""Two tracks: the temporary step is done and shown, the lasting remedy comes after it."""

from collections.abc import Mapping
from typing import Any, Final

from actions.application import values
from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.commands.base import Command
from actions.application.commands.waiting import TemporaryDone
from actions.application.deeds import act, id_of, require
from actions.application.handlers.fieldwork import attach
from actions.application.handlers.following import STOP
from actions.application.handlers.relay import note_contact
from actions.application.offers import offers
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.domain.errors import IllegalTransition
from actions.domain.identifiers import TicketId
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import AT_WORK, Verb

#: What may come after the temporary step.
_AFTER: Final = frozenset({Verb.DELIBERATE, Verb.SCHEDULE, Verb.RESOLVE})


async def temporary_done(command: TemporaryDone, uow: UnitOfWork) -> None:
    ticket = await _at_work(command.ticket_id, uow)
    await expect(uow, "temporary_proof", ticket_id=id_of(ticket))
    params = {"number": values.number(ticket.number)}
    await uow.reply("temporary_proof", params=params, buttons=STOP, ticket_id=ticket.id)


async def take_temporary_proof(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    """A photo or a line is enough; what is made safe is told at once."""
    ticket = await _at_work(about["ticket_id"], uow)
    await expect_nothing(uow)
    photos = await attach(ticket, given.photos, "work", uow)
    category = uow.rules_of(ticket).category(ticket.category)
    track = "deliberation" if category.deliberates else "repair"
    entry = await act(uow, ticket, Verb.TEMPORARY, reason=given.text, photos=photos, lasting=track)
    await note_contact(uow, ticket, entry)
    later = offers(uow.turn.actor, ticket, short=False, only=_AFTER)
    params = {"number": values.number(ticket.number)}
    await uow.reply("temporary_kept", params=params, buttons=later, ticket_id=ticket.id)


async def _at_work(ticket_id: int, uow: UnitOfWork) -> Ticket:
    ticket = await uow.tickets.get(TicketId(ticket_id))
    await require(uow, ticket, Verb.TEMPORARY)
    if ticket.status not in AT_WORK:
        raise IllegalTransition(
            number=values.number(ticket.number), status=values.status(ticket.status or "")
        )
    return ticket


HANDLERS: dict[type[Command], Handler] = {TemporaryDone: temporary_done}
AWAITED: dict[str, Taker] = {"temporary_proof": take_temporary_proof}
