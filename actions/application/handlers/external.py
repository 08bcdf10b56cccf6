"""A matter with an outside body: its number, its news, asking after it, taking it back."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from actions.application import values
from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.colleagues import leads
from actions.application.commands.base import Command
from actions.application.commands.timed import AskOutside
from actions.application.commands.waiting import GiveReceipt, ReportNews, TakeBack
from actions.application.commands.working import ResolveTicket, ShowRecord
from actions.application.deeds import act, id_of, require
from actions.application.handlers.dispatch import clocks
from actions.application.handlers.fieldwork import attach
from actions.application.handlers.following import STOP
from actions.application.handlers.handing_out import next_asking, receipt_in
from actions.application.handlers.naming_day import Why
from actions.application.handlers.relay import note_contact
from actions.application.notification import Button
from actions.application.outside import body_named
from actions.application.pushes import push_work
from actions.application.raisers_heard import raisers_heard
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import next_buttons, press
from actions.domain.errors import IllegalTransition
from actions.domain.identifiers import PersonId, TicketId
from actions.domain.permissions import capacity, may_see
from actions.domain.service_level import resumed
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from actions.domain.timeline import TimelineEntry

TAKE_BACK_REASONS: Final = ("not_taken", "no_answer", "ours_after_all")
#: Asked in vain so often, the lead hears as well.
_LEAD_FROM: Final = 2


async def give_receipt(command: GiveReceipt, uow: UnitOfWork) -> None:
    ticket = await _outside(command.ticket_id, Verb.REPORT, uow)
    await expect(uow, "late_receipt", ticket_id=id_of(ticket))
    await _reply("outside_receipt", ticket, uow, STOP)


async def take_late_receipt(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    ticket = await _outside(about["ticket_id"], Verb.REPORT, uow)
    receipt = receipt_in(given.text)
    if not receipt:
        await uow.reply("waiting_needs_words", ticket_id=ticket.id)
        return
    await expect_nothing(uow)
    await _report(ticket, uow, reason_key="receipt", receipt=receipt)
    await _reply("receipt_kept", ticket, uow, next_buttons(ticket))


async def report_news(command: ReportNews, uow: UnitOfWork) -> None:
    ticket = await _outside(command.ticket_id, Verb.REPORT, uow)
    await expect(uow, "outside_news", ticket_id=id_of(ticket))
    await _reply("outside_news", ticket, uow, STOP)


async def take_news(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    """Words, or a photo of the letter; the residents hear either."""
    ticket = await _outside(about["ticket_id"], Verb.REPORT, uow)
    await expect_nothing(uow)
    photos = await attach(ticket, given.photos, "work", uow)
    await _report(ticket, uow, reason=given.text, photos=photos)
    await _reply("news_told", ticket, uow, next_buttons(ticket))


async def _report(ticket: Ticket, uow: UnitOfWork, **data: Any) -> None:
    """News moves on the day on which somebody has to ask."""
    ask_at = next_asking(ticket, uow).isoformat()
    entry = await act(uow, ticket, Verb.REPORT, review_at=ask_at, **data)
    await note_contact(uow, ticket, entry)


async def take_back(command: TakeBack, uow: UnitOfWork) -> None:
    ticket = await _outside(command.ticket_id, Verb.TAKE_BACK, uow)
    if command.reason in TAKE_BACK_REASONS:
        await _take_back(ticket, Why(command.reason), uow)
        return
    number = id_of(ticket)
    await expect(uow, "take_back_why", ticket_id=number)
    chips = tuple(
        press(f"reason_{key}", TakeBack(ticket_id=number, reason=key), "chip")
        for key in TAKE_BACK_REASONS
    )
    await _reply("take_back_why", ticket, uow, (*chips, *STOP))


async def take_take_back_why(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    ticket = await _outside(about["ticket_id"], Verb.TAKE_BACK, uow)
    if not given.text:
        await uow.reply("waiting_needs_words", ticket_id=ticket.id)
        return
    await expect_nothing(uow)
    await _take_back(ticket, Why(words=given.text), uow)


async def _take_back(ticket: Ticket, why: Why, uow: UnitOfWork) -> None:
    """Whoever handed it out goes on with it, if they still work here."""
    handed = await _handed_out(ticket, uow)
    was = handed.data.get("was") or {}
    back: dict[str, Any] = {}
    if was.get("assignee"):
        before = PersonId(was["assignee"])
        if (await uow.people.actor(before)).is_worker:
            now = {"assignee": ticket.assignee, "role": ticket.assignee_role}
            back = {"assignee": before, "assignee_role": was["role"], "was": now}
    dates = _dates_back(ticket, handed.at, uow)
    await act(uow, ticket, Verb.TAKE_BACK, **why.data, **back, **dates)
    buttons = next_buttons(ticket) if ticket.assignee == uow.turn.actor.person_id else ()
    await _reply("taken_back", ticket, uow, buttons)


def _dates_back(ticket: Ticket, since: datetime, uow: UnitOfWork) -> dict[str, str]:
    """Our clock stood while others had it; what was late already is given half of its time."""
    rules = uow.rules_of(ticket)
    category = rules.category(ticket.category)
    anew = clocks(category, uow.now, rules, divisor=2)
    dates = {}
    for name in ("contact_due_at", "settle_due_at"):
        due = getattr(ticket, name)
        if due is not None:
            back = resumed(due, since, uow.now, category.calendar, rules.hours)
            dates[name] = (back if back > uow.now else anew[name]).isoformat()
    return dates


async def ask_outside(command: AskOutside, uow: UnitOfWork) -> None:
    """Whoever handed it out asks there, and whoever has it there is asked."""
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    if ticket.status is not TicketStatus.EXTERNAL or (ticket.review_at or uow.now) > uow.now:
        return
    handed = await _handed_out(ticket, uow)
    template = "outside_ask" if ticket.receipt else "outside_ask_receipt"
    told: list[PersonId] = []
    for person in dict.fromkeys(each for each in (handed.actor, ticket.assignee) if each):
        if may_see(await uow.people.actor(person), ticket):
            buttons = await _asking_buttons(ticket, person, uow)
            await push_work(uow, ticket, person, template, *buttons, **_named(ticket, uow))
            told.append(person)
    if command.times >= _LEAD_FROM or not told:
        record = press("button_record", ShowRecord(ticket_id=id_of(ticket)))
        for lead in await leads(uow, ticket, excluding=told):
            await push_work(
                uow, ticket, lead.person_id, "outside_silent_lead", record, **_named(ticket, uow)
            )


async def _asking_buttons(ticket: Ticket, person: PersonId, uow: UnitOfWork) -> tuple[Button, ...]:
    """What this person may do about it, as the table has it."""
    number, actor = id_of(ticket), await uow.people.actor(person)
    offered = (
        (Verb.REPORT, "button_give_receipt", GiveReceipt, not ticket.receipt),
        (Verb.REPORT, "button_report_news", ReportNews, True),
        (Verb.RESOLVE, "button_outside_done", ResolveTicket, True),
        (Verb.TAKE_BACK, "button_take_back", TakeBack, True),
    )
    return (
        *(
            press(label, kind(ticket_id=number))
            for verb, label, kind, fits in offered
            if fits and capacity(actor, verb, ticket) is not None
        ),
        press("button_record", ShowRecord(ticket_id=number)),
    )


async def _handed_out(ticket: Ticket, uow: UnitOfWork) -> TimelineEntry:
    timeline = await uow.tickets.timeline(id_of(ticket))
    return [entry for entry in timeline if entry.verb is Verb.HAND_OUT][-1]


async def _outside(ticket_id: int, verb: Verb, uow: UnitOfWork) -> Ticket:
    """The ticket, while an outside body has it; what is deliberated comes back another way."""
    ticket = await uow.tickets.get(TicketId(ticket_id))
    await require(uow, ticket, verb)
    if ticket.status is not TicketStatus.EXTERNAL:
        raise IllegalTransition(
            number=values.number(ticket.number), status=values.status(ticket.status or "")
        )
    return ticket


def _named(ticket: Ticket, uow: UnitOfWork) -> dict[str, Any]:
    return {
        "body": body_named(ticket.body, uow.rules_of(ticket)),
        "receipt": ticket.receipt or values.text("receipt_none"),
        "days": uow.rules_of(ticket).policy.ask_outside_after // timedelta(days=1),
    }


async def _reply(
    template: str, ticket: Ticket, uow: UnitOfWork, buttons: tuple[Button, ...]
) -> None:
    params = {
        "number": values.number(ticket.number),
        "settle": values.moment(ticket.settle_due_at),
        "heard": await raisers_heard(ticket, uow),
        **_named(ticket, uow),
    }
    await uow.reply(template, params=params, buttons=buttons, ticket_id=ticket.id)


HANDLERS: dict[type[Command], Handler] = {
    GiveReceipt: give_receipt,
    ReportNews: report_news,
    TakeBack: take_back,
    AskOutside: ask_outside,
}
AWAITED: dict[str, Taker] = {
    "late_receipt": take_late_receipt,
    "outside_news": take_news,
    "take_back_why": take_take_back_why,
}
