"""Settling a ticket: the proof its category wants, never more, then the resident's word."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from actions.application import values
from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.commands.base import Command
from actions.application.commands.working import ResolveTicket
from actions.application.deeds import act, id_of, require
from actions.application.handlers.fieldwork import attach
from actions.application.handlers.parts import waits_for_parts
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.domain.identifiers import AttachmentId, TicketId
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import Verb
from actions.domain.timeline import TimelineEntry

#: A note this fresh is taken as the proof; an older one shows how it was before.
FRESH: Final = timedelta(hours=2)
_PHOTO: Final = "photo"


async def resolve_ticket(command: ResolveTicket, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    await require(uow, ticket, Verb.RESOLVE)
    if await waits_for_parts(ticket, uow):
        return
    note = fresh_note(await uow.tickets.timeline(id_of(ticket)), uow.now)
    proof = Given(text=note.reason, photos=tuple(note.data.get("photos", ()))) if note else Given()
    if _is_enough(proof, ticket, uow):
        await _resolve(ticket, proof, uow)
        return
    await _ask(ticket, Given(), uow)


def fresh_note(timeline: Sequence[TimelineEntry], now: datetime) -> TimelineEntry | None:
    """The last note of the assignee, unless something moved since or it is too old."""
    for entry in reversed(timeline):
        if entry.moves:
            return None
        if entry.verb is Verb.NOTE and entry.role == "assignee":
            return entry if now - entry.at <= FRESH else None
    return None


def _is_enough(proof: Given, ticket: Ticket, uow: UnitOfWork) -> bool:
    wanted = uow.rules_of(ticket).category(ticket.category).proof
    return bool(proof.photos) if wanted == _PHOTO else bool(proof.text)


async def _ask(ticket: Ticket, so_far: Given, uow: UnitOfWork) -> None:
    wanted = uow.rules_of(ticket).category(ticket.category).proof
    await expect(
        uow, "proof", ticket_id=id_of(ticket), text=so_far.text, photos=list(so_far.photos)
    )
    params = {"number": values.number(ticket.number)}
    await uow.reply(f"proof_{wanted}", params=params, ticket_id=ticket.id)


async def take_proof(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    """Words and photos may come one after the other."""
    ticket = await uow.tickets.get(TicketId(about["ticket_id"]))
    await require(uow, ticket, Verb.RESOLVE)
    earlier = tuple(AttachmentId(photo) for photo in about.get("photos", ()))
    words = [text for text in (str(about.get("text", "")), given.text) if text]
    proof = Given(text="\n".join(words), photos=(*earlier, *given.photos))
    if _is_enough(proof, ticket, uow):
        await _resolve(ticket, proof, uow)
        return
    await _ask(ticket, proof, uow)


async def _resolve(ticket: Ticket, proof: Given, uow: UnitOfWork) -> None:
    photos = await attach(ticket, proof.photos, "proof", uow)
    await act(uow, ticket, Verb.RESOLVE, reason=proof.text, photos=photos)
    await expect_nothing(uow)
    await _leave(ticket, uow)
    by = values.moment(uow.now + uow.community.policy.unrated_closes_after)
    params = {"number": values.number(ticket.number), "by": by}
    await uow.reply("resolved", params=params, ticket_id=ticket.id)


async def _leave(ticket: Ticket, uow: UnitOfWork) -> None:
    """What the worker writes next is no longer about this ticket."""
    if uow.turn.conversation_id is None:
        return
    conversation = await uow.conversations.get(uow.turn.conversation_id)
    if conversation.focus == ticket.id:
        await uow.conversations.set_focus(uow.turn.conversation_id, None)


HANDLERS: dict[type[Command], Handler] = {ResolveTicket: resolve_ticket}
AWAITED: dict[str, Taker] = {"proof": take_proof}
