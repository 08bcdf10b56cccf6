"""What changed because of them: told to everyone who raised a matter, even months later."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from actions.application import values
from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.commands.base import Command
from actions.application.commands.following import ShowTicket
from actions.application.commands.roads import TellChanged
from actions.application.deeds import act, act_by_rule, id_of, of_mine, require
from actions.application.handlers.fieldwork import attach
from actions.application.notification import Notification, Purpose
from actions.application.roads import worded
from actions.application.routing import Handler
from actions.application.together import addressed
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.identifiers import AttachmentId, TicketId
from actions.domain.masking import mask
from actions.domain.permissions import is_kept_away
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import Verb
from actions.domain.timeline import TimelineEntry


async def ask_change(command: TellChanged, uow: UnitOfWork) -> None:
    ticket = await of_mine(command.ticket_id, uow)
    await require(uow, ticket, Verb.CHANGED)
    await expect(uow, "change", ticket_id=id_of(ticket))
    count = len(await uow.tickets.followers(id_of(ticket)))
    params = {"number": values.number(ticket.number), "count": count}
    await uow.reply("ask_change", params=params, ticket_id=ticket.id)


async def take_change(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    """Words are needed: a picture alone does not say what it is for. Said twice is told once."""
    ticket = await of_mine(about["ticket_id"], uow)
    await require(uow, ticket, Verb.CHANGED)
    photos = (*(AttachmentId(photo) for photo in about.get("photos", ())), *given.photos)
    if not given.text.strip():
        await expect(uow, "change", ticket_id=id_of(ticket), photos=list(photos))
        await uow.reply("ask_change_in_words", ticket_id=ticket.id)
        return
    await expect_nothing(uow)
    if await _is_told(ticket, given.text, uow):
        await uow.reply("change_told_before", ticket_id=ticket.id)
        return
    added = await attach(ticket, photos, "work", uow)
    entry = await act(uow, ticket, Verb.CHANGED, reason=given.text, photos=added)
    told = await _tell_everyone(ticket, entry, uow)
    params = {"number": values.number(ticket.number), "count": told}
    await uow.reply(
        "change_told" if told else "change_told_nobody", params=params, ticket_id=ticket.id
    )


async def note_change(
    ticket: Ticket, text: str, uow: UnitOfWork, photos: Sequence[AttachmentId] = ()
) -> int:
    """A change that follows from something else, such as a proposal carried out; told once.

    Returns how many people hear of it.
    """
    if not ticket.allows(Verb.CHANGED) or await _is_told(ticket, text, uow):
        return 0
    entry = await act_by_rule(uow, ticket, Verb.CHANGED, reason=text, photos=list(photos))
    return await _tell_everyone(ticket, entry, uow)


async def _is_told(ticket: Ticket, text: str, uow: UnitOfWork) -> bool:
    timeline = await uow.tickets.timeline(id_of(ticket))
    return any(entry.verb is Verb.CHANGED and entry.reason == text for entry in timeline)


async def _tell_everyone(ticket: Ticket, entry: TimelineEntry, uow: UnitOfWork) -> int:
    """Each who raised it, here or in a ticket merged into it, and has not left, hears it once."""
    number = id_of(ticket)
    own = await uow.tickets.own_tickets(number)
    people = [
        each
        for each in await uow.tickets.followers(number)
        if each != entry.actor and not is_kept_away(each, ticket)
    ]
    for person in people:
        shown = own[person].id if person in own else number
        news = Notification(
            person_id=person,
            template=worded(ticket.category, "push_changed"),
            params={
                "number": values.number(ticket.number),
                "what": values.category(ticket.category),
                "when": values.month(await _told_at(shown, ticket, uow)),
                "text": mask(entry.reason),
            },
            buttons=(press("button_show_ticket", ShowTicket(ticket_id=shown)),),
            photos=tuple(entry.data.get("photos", ())),
            purpose=Purpose.PUSH,
            ticket_id=number,
            version=entry.seq,
        )
        await uow.tell(addressed(news, own))
    return len(people)


async def _told_at(shown: TicketId, ticket: Ticket, uow: UnitOfWork) -> datetime | None:
    """When this person spoke of it, not when somebody else did."""
    own = ticket if shown == ticket.id else await uow.tickets.get(shown)
    return own.filed_at


HANDLERS: dict[type[Command], Handler] = {TellChanged: ask_change}
AWAITED: dict[str, Taker] = {"change": take_change}
