"""The worker looks things up: one ticket's record, the list of what is waiting, a stray note."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from actions.application import values
from actions.application.commands.base import Command
from actions.application.commands.drafting import DropDraft, ResumeDraft
from actions.application.commands.intake import ShowContact
from actions.application.commands.working import FileAside, ShowOptions, ShowRecord
from actions.application.deeds import act, id_of, of_mine
from actions.application.handlers.dispatch import hand_out_verb
from actions.application.handlers.fieldwork import focus_on, own_note
from actions.application.handlers.placing import read_place
from actions.application.notification import Button, Card
from actions.application.offers import offers
from actions.application.record_details import detail_of
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import (
    card_of,
    hand_to_buttons,
    next_buttons,
    press,
    reason_of,
    shown_role,
)
from actions.domain.draft import Draft
from actions.domain.errors import NotFound, OutOfDate
from actions.domain.identifiers import DraftId, InboxId, TicketId
from actions.domain.masking import mask
from actions.domain.permissions import capacity, handles
from actions.domain.sealing import hides_reporter
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import Verb
from actions.domain.timeline import TimelineEntry
from actions.domain.wording import summary_of

#: What is of no use on the record of a ticket: its bookkeeping.
_UNSHOWN: Final = frozenset({Verb.BEGIN, Verb.CONTACT, Verb.RECUSE})
_ENTRIES: Final = 12


async def show_record(command: ShowRecord, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    actor = uow.turn.actor
    if not handles(actor, ticket):
        raise NotFound
    is_mine = ticket.assignee == actor.person_id and ticket.is_open
    if is_mine:
        await focus_on(ticket, uow)
    await uow.reply(
        "record",
        params={"number": values.number(ticket.number)},
        card=await _whole_card(ticket, uow),
        buttons=await _mine(ticket, uow) if is_mine else await _lead(ticket, uow),
        ticket_id=ticket.id,
    )


async def _mine(ticket: Ticket, uow: UnitOfWork) -> tuple[Button, ...]:
    """What comes next, how to reach somebody who left a number, and all else that may be done."""
    buttons = next_buttons(ticket, but=ShowRecord)
    if await uow.sealed_contacts.has(id_of(ticket)):
        show = ShowContact(ticket_id=id_of(ticket))
        buttons = (*buttons, press("button_show_contact", show))
    more = press("button_more", ShowOptions(ticket_id=id_of(ticket)))
    return buttons if more.label in [each.label for each in buttons] else (*buttons, more)


async def _whole_card(ticket: Ticket, uow: UnitOfWork) -> Card:
    """The work card with its timeline and every photo."""
    card = await card_of(uow, ticket)
    timeline = await uow.tickets.timeline(id_of(ticket))
    photos = await uow.tickets.photos(id_of(ticket))
    if hides_reporter(ticket):
        reported = set(await uow.tickets.photos(id_of(ticket), "report"))
        photos = [photo for photo in photos if photo not in reported]
    return replace(card, lines=(*card.lines, *_entries(ticket, timeline)), photos=tuple(photos))


async def _lead(ticket: Ticket, uow: UnitOfWork) -> tuple[Button, ...]:
    """Somebody who may hand the ticket out can do it from here."""
    more = press("button_more", ShowOptions(ticket_id=id_of(ticket)))
    verb = hand_out_verb(ticket)
    if not ticket.allows(verb) or capacity(uow.turn.actor, verb, ticket) is None:
        return (more,) if offers(uow.turn.actor, ticket, short=False) else ()
    return (*await hand_to_buttons(uow, ticket, (), more=True), more)


def _entries(
    ticket: Ticket, timeline: Sequence[TimelineEntry]
) -> tuple[tuple[str, dict[str, Any]], ...]:
    """One line an entry, the newest last; a note filed elsewhere is left out."""
    gone = {entry.data.get("aside") for entry in timeline}
    shown = [entry for entry in timeline if entry.verb not in _UNSHOWN and entry.seq not in gone]
    return tuple(
        (
            f"verb_{entry.verb.value}",
            values.joined(
                values.moment(entry.at),
                _who(ticket, entry),
                detail_of(entry),
                reason_of(entry, ticket),
            ),
        )
        for entry in shown[-_ENTRIES:]
        if "aside" not in entry.data
    )


def _who(ticket: Ticket, entry: TimelineEntry) -> dict[str, Any]:
    if entry.role in ("RES", "ANO", "follower"):
        return values.text("work_reporter")
    if entry.is_by_rule:
        return values.text("work_system")
    return values.role(shown_role(ticket, entry.role))


async def show_options(command: ShowOptions, uow: UnitOfWork) -> None:
    """Everything this person may do with it, and the record."""
    ticket = await of_mine(command.ticket_id, uow)
    followers = await uow.tickets.followers(id_of(ticket))
    buttons = offers(uow.turn.actor, ticket, followers, short=False)
    if handles(uow.turn.actor, ticket):
        buttons = (*buttons, press("button_record", ShowRecord(ticket_id=id_of(ticket))))
    params = {"number": values.number(ticket.number), "status": values.status(ticket.status or "")}
    await uow.reply("options", params=params, buttons=buttons, ticket_id=ticket.id)


async def file_aside(command: FileAside, uow: UnitOfWork) -> None:
    """The last note was another matter: it leaves this record and becomes a draft."""
    text = await uow.inbox.text_of(InboxId(command.inbox_id), by=uow.turn.actor.person_id)
    if command.ticket_id:
        note = await _take_off(command, uow)
        text = text or note.reason
    number = await _begin_draft(text, uow)
    buttons = (
        press("button_go_on", ResumeDraft(draft_id=number), "primary"),
        press("button_drop", DropDraft(draft_id=number)),
    )
    await uow.reply("aside", params={"text": mask(text)}, buttons=buttons)


async def _take_off(command: FileAside, uow: UnitOfWork) -> TimelineEntry:
    """Entries are never deleted: one more says that the note does not belong here."""
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    timeline = await uow.tickets.timeline(id_of(ticket))
    note = own_note(timeline, command.seq, uow.turn.actor.person_id)
    if any(entry.data.get("aside") == note.seq for entry in timeline):
        raise OutOfDate
    await act(uow, ticket, Verb.NOTE, aside=note.seq)
    return note


async def _begin_draft(text: str, uow: UnitOfWork) -> DraftId:
    if uow.turn.conversation_id is None:
        raise NotFound
    draft = Draft(
        conversation_id=uow.turn.conversation_id,
        person_id=uow.turn.actor.person_id,
        text=text,
        batch="",
        begun_at=uow.now,
        updated_at=uow.now,
        summary=summary_of(text),
        cause=uow.turn.cause,
    )
    await read_place(draft, text, None, uow)
    return await uow.drafts.add(draft)


HANDLERS: dict[type[Command], Handler] = {
    ShowRecord: show_record,
    ShowOptions: show_options,
    FileAside: file_aside,
}
