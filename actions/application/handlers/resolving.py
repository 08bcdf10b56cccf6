"""Settling a ticket: the proof its category wants, never more, then the resident's word."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from actions.application import values
from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.commands.base import Command
from actions.application.commands.working import ResolveTicket
from actions.application.deeds import act, id_of, require
from actions.application.handlers.explaining import explain
from actions.application.handlers.fieldwork import attach
from actions.application.handlers.parts import waits_for_parts
from actions.application.handlers.praise import pass_praise
from actions.application.handlers.questions import ask_answer
from actions.application.handlers.settling import leave, require_settling
from actions.application.handlers.suggestions import ask_outcome
from actions.application.part_words import said_of
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.domain.identifiers import AttachmentId, TicketId
from actions.domain.road import Road, road_of
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from actions.domain.timeline import TimelineEntry
from actions.domain.worker_words import verb_worded

#: A note this fresh is taken as the proof; an older one shows how it was before.
FRESH: Final = timedelta(hours=2)
_PHOTO: Final = "photo"
_NOTE: Final = "note"
#: Proofs of which the other half may come first: words before the photo, a photo before the words.
_HALVES: Final = (_PHOTO, _NOTE)
_RECEIPT: Final = "receipt"
_RESULT: Final = "result"
#: Roads that end with words of their own instead of a proof.
_BY_WORDS: Final = {
    Road.PRAISE: pass_praise,
    Road.QUESTION: ask_answer,
    Road.SUGGESTION: ask_outcome,
    Road.LEGISLATIVE: ask_outcome,
}


async def resolve_ticket(command: ResolveTicket, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    by_words = _BY_WORDS.get(road_of(ticket.category))
    await (require_settling(uow, ticket) if by_words else require(uow, ticket, Verb.RESOLVE))
    if await waits_for_parts(ticket, uow):
        return
    if by_words:
        await by_words(ticket, uow)
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
    wanted = _wanted(ticket, uow)
    if wanted == _RECEIPT:
        return bool(proof.photos or proof.text)
    return bool(proof.photos) if wanted == _PHOTO else bool(proof.text)


def _wanted(ticket: Ticket, uow: UnitOfWork) -> str:
    """What an outside body settled is shown by what it says, in words or as a picture."""
    if ticket.status is TicketStatus.EXTERNAL:
        return _RECEIPT
    if ticket.status is TicketStatus.DELIBERATION:
        return _RESULT  # what was decided, in words
    return uow.rules_of(ticket).category(ticket.category).proof


async def _ask(ticket: Ticket, so_far: Given, uow: UnitOfWork) -> None:
    wanted = _wanted(ticket, uow)
    await expect(
        uow, "proof", ticket_id=id_of(ticket), text=so_far.text, photos=list(so_far.photos)
    )
    params = {"number": values.number(ticket.number)}
    is_half = bool(so_far.text if wanted == _PHOTO else so_far.photos)
    template = f"proof_{wanted}_too" if is_half and wanted in _HALVES else f"proof_{wanted}"
    await uow.reply(said_of(ticket, template), params=params, ticket_id=ticket.id)


async def take_proof(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    """Words and photos may come one after the other."""
    ticket = await uow.tickets.get(TicketId(about["ticket_id"]))
    await require(uow, ticket, Verb.RESOLVE)
    earlier = tuple(AttachmentId(photo) for photo in about.get("photos", ()))
    said = "" if verb_worded(given.text) else given.text  # the verb again says nothing of how
    words = [text for text in (str(about.get("text", "")), said) if text]
    proof = Given(text="\n".join(words), photos=(*earlier, *given.photos))
    if _is_enough(proof, ticket, uow):
        await _resolve(ticket, proof, uow)
        return
    await _ask(ticket, proof, uow)


async def _resolve(ticket: Ticket, proof: Given, uow: UnitOfWork) -> None:
    photos = await attach(ticket, proof.photos, "proof", uow)
    await act(uow, ticket, Verb.RESOLVE, reason=proof.text, photos=photos)
    await expect_nothing(uow)
    await leave(ticket, uow)
    by = values.moment(uow.now + uow.rules_of(ticket).policy.unrated_closes_after)
    params = {"number": values.number(ticket.number), "by": by}
    template = said_of(ticket, "resolved")
    await uow.reply(template, params=params, buttons=explain(ticket, uow), ticket_id=ticket.id)


HANDLERS: dict[type[Command], Handler] = {ResolveTicket: resolve_ticket}
AWAITED: dict[str, Taker] = {"proof": take_proof}
