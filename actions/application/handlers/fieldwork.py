"""The grid worker takes a ticket, starts, notes what happens and looks things up."""

from collections.abc import Mapping, Sequence
from typing import Any

from actions.application import values
from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.commands.base import Command
from actions.application.commands.working import (
    AcceptTicket,
    FileAside,
    NoteProgress,
    ShareNote,
    StartTicket,
)
from actions.application.deeds import act, id_of, require
from actions.application.handlers.relay import pass_to_reporters
from actions.application.notification import Button
from actions.application.part_words import said_of
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import next_buttons, press
from actions.domain.errors import NotFound
from actions.domain.identifiers import AttachmentId, InboxId, PersonId, TicketId
from actions.domain.permissions import capacity
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import Verb
from actions.domain.timeline import TimelineEntry


async def accept_ticket(command: AcceptTicket, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    await act(uow, ticket, Verb.ACCEPT)
    await focus_on(ticket, uow)
    _, due_at = ticket.promise
    params = {"number": values.number(ticket.number), "by": values.moment(due_at)}
    late = ticket.is_late(uow.now)
    template = "accepted_late" if late else said_of(ticket, "accepted")
    await uow.reply(template, params=params, buttons=next_buttons(ticket), ticket_id=ticket.id)


async def start_ticket(command: StartTicket, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    await act(uow, ticket, Verb.START)
    await focus_on(ticket, uow)
    params = {"number": values.number(ticket.number)}
    await uow.reply("started", params=params, buttons=next_buttons(ticket), ticket_id=ticket.id)


async def focus_on(ticket: Ticket, uow: UnitOfWork) -> None:
    """From now on the worker's free text is about this ticket."""
    if uow.turn.conversation_id is not None:
        await uow.conversations.set_focus(uow.turn.conversation_id, id_of(ticket))


async def note_progress(command: NoteProgress, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    await require(uow, ticket, Verb.NOTE)
    await expect(uow, "note", ticket_id=id_of(ticket))
    params = {"number": values.number(ticket.number)}
    await uow.reply("note_ask", params=params, ticket_id=ticket.id)


async def take_note(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    await expect_nothing(uow)
    ticket = await uow.tickets.get(TicketId(about["ticket_id"]))
    await require(uow, ticket, Verb.NOTE)
    await _note(ticket, given, uow)


async def note_in_focus(ticket_id: TicketId, given: Given, uow: UnitOfWork) -> bool:
    """What the worker wrote or showed goes on the record; then: tell the reporter?

    Returns:
        False when the ticket has left their hands, so that the words are about something else.
    """
    ticket = await uow.tickets.get(ticket_id)
    if not ticket.allows(Verb.NOTE) or capacity(uow.turn.actor, Verb.NOTE, ticket) is None:
        return False
    await _note(ticket, given, uow)
    return True


async def _note(ticket: Ticket, given: Given, uow: UnitOfWork) -> None:
    photos = await attach(ticket, given.photos, "work", uow)
    entry = await act(uow, ticket, Verb.NOTE, reason=given.text, photos=photos)
    await focus_on(ticket, uow)
    template = "noted_photos" if photos else "noted"
    await uow.reply(
        template,
        params={"number": values.number(ticket.number), "count": len(photos)},
        buttons=_after_note(ticket, entry, uow.turn.inbox_id if given.text else None),
        ticket_id=ticket.id,
    )


def _after_note(
    ticket: Ticket, entry: TimelineEntry, inbox_id: InboxId | None
) -> tuple[Button, ...]:
    number = id_of(ticket)
    buttons = [
        press("button_share", ShareNote(ticket_id=number, seq=entry.seq, share=True), "primary"),
        press("button_keep_inside", ShareNote(ticket_id=number, seq=entry.seq, share=False)),
    ]
    if inbox_id is not None:
        aside = FileAside(inbox_id=inbox_id, ticket_id=number, seq=entry.seq)
        buttons.append(press("button_aside", aside))
    return tuple(buttons)


async def attach(
    ticket: Ticket, photos: Sequence[AttachmentId], purpose: str, uow: UnitOfWork
) -> list[AttachmentId]:
    """Photos of one's own, added to the ticket."""
    person = uow.turn.actor.person_id
    if photos:
        await uow.attachments.mine(photos, person)
        await uow.tickets.attach(id_of(ticket), photos, purpose, person)
    return list(photos)


async def share_note(command: ShareNote, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    timeline = await uow.tickets.timeline(id_of(ticket))
    note = own_note(timeline, command.seq, uow.turn.actor.person_id)
    is_told = any(entry.data.get("shares") == note.seq for entry in timeline)
    if command.share and not is_told:
        photos = list(note.data.get("photos", ()))
        said = await act(uow, ticket, Verb.SAY, reason=note.reason, photos=photos, shares=note.seq)
        await pass_to_reporters(uow, ticket, "relay_note", said)
    template = "note_shared" if command.share else "note_kept"
    buttons = next_buttons(ticket, but=NoteProgress)
    await uow.reply(template, buttons=buttons, ticket_id=ticket.id)


def own_note(timeline: Sequence[TimelineEntry], seq: int, person: PersonId) -> TimelineEntry:
    """Raises NotFound when the entry is no note of this person's."""
    for entry in timeline:
        if entry.seq == seq and entry.verb is Verb.NOTE and entry.actor == person:
            return entry
    raise NotFound


HANDLERS: dict[type[Command], Handler] = {
    AcceptTicket: accept_ticket,
    StartTicket: start_ticket,
    NoteProgress: note_progress,
    ShareNote: share_note,
}
AWAITED: dict[str, Taker] = {"note": take_note}
