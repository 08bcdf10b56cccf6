"""Settling by words instead of proof: what praise, answers and suggestions end with."""

from typing import Any, Final

from actions.application.awaited import Given, expect_nothing
from actions.application.deeds import act, require
from actions.application.handlers.fieldwork import attach
from actions.application.unit_of_work import UnitOfWork
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb

#: Offered and not yet taken: settling takes it in the same breath.
_OFFERED: Final = frozenset({TicketStatus.DISPATCHED, TicketStatus.TRANSFERRED})


async def require_settling(uow: UnitOfWork, ticket: Ticket) -> None:
    """Raises what `require` raises when this person cannot settle it now."""
    await require(uow, ticket, Verb.ACCEPT if ticket.status in _OFFERED else Verb.RESOLVE)


async def settle(uow: UnitOfWork, ticket: Ticket, given: Given, **data: Any) -> None:
    """Accept it where nobody has, and resolve it with the words given."""
    await require_settling(uow, ticket)
    if ticket.status in _OFFERED:
        await act(uow, ticket, Verb.ACCEPT, at_once=True)
    photos = await attach(ticket, given.photos, "proof", uow)
    await act(uow, ticket, Verb.RESOLVE, reason=given.text, photos=photos, **data)
    await expect_nothing(uow)
    await leave(ticket, uow)


async def leave(ticket: Ticket, uow: UnitOfWork) -> None:
    """What the worker writes next is no longer about this ticket."""
    if uow.turn.conversation_id is None:
        return
    conversation = await uow.conversations.get(uow.turn.conversation_id)
    if conversation.focus == ticket.id:
        await uow.conversations.set_focus(uow.turn.conversation_id, None)
