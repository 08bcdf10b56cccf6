"""A matter leaves the house: to which outside body, under which number, and who has it there."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from actions.application import values
from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.commands.base import Command
from actions.application.commands.waiting import HandOutTicket
from actions.application.deeds import act, id_of, require
from actions.application.handlers.following import STOP
from actions.application.outside import (
    body_in_words,
    body_named,
    desk_of,
    names_of,
    outside_bodies,
)
from actions.application.raisers_heard import raisers_heard
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.category import WorkCalendar
from actions.domain.dispatch import Candidate
from actions.domain.identifiers import TicketId
from actions.domain.masking import mask
from actions.domain.people import Role
from actions.domain.service_level import WORKING_DAY, counted_minutes, due_at
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb

#: Said for a receipt by whoever got none yet.
NO_RECEIPT: Final = "none"
#: A missing number is asked for again on the next day.
_ASK_AGAIN: Final = timedelta(days=1)
_LONGEST: Final = 80
#: 粤12345-778, 穗信字〔2026〕12号, CG/2026/0088: hardly a word in it.
_CODE: Final = re.compile(r"\D{0,5}[A-Za-z0-9\-_/#. 〔〕【】()（）\[\]]+(?:第?\d+)?号?")


async def hand_out(command: HandOutTicket, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    await require(uow, ticket, Verb.HAND_OUT)
    if not command.body:
        await _ask_body(ticket, uow)
    elif command.receipt == NO_RECEIPT:
        await _hand_out(ticket, command.body, "", uow)
    else:
        await _ask_receipt(ticket, command.body, uow)


async def _ask_body(ticket: Ticket, uow: UnitOfWork) -> None:
    number, rules = id_of(ticket), uow.rules_of(ticket)
    await expect(uow, "outside_body", ticket_id=number)
    chips = tuple(
        press(
            "chip_body",
            HandOutTicket(ticket_id=number, body=body),
            "chip",
            body=body_named(body, rules),
        )
        for body in outside_bodies(ticket, rules)
    )
    params = {"number": values.number(ticket.number)}
    await uow.reply("outside_which", params=params, buttons=(*chips, *STOP), ticket_id=number)


async def _ask_receipt(ticket: Ticket, body: str, uow: UnitOfWork) -> None:
    number = id_of(ticket)
    await expect(uow, "outside_receipt", ticket_id=number, body=body)
    none = HandOutTicket(ticket_id=number, body=body, receipt=NO_RECEIPT)
    await uow.reply(
        "outside_receipt",
        params={
            "number": values.number(ticket.number),
            "body": body_named(body, uow.rules_of(ticket)),
        },
        buttons=(press("button_no_receipt", none, "chip"), *STOP),
        ticket_id=number,
    )


async def take_body(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(about["ticket_id"]))
    await require(uow, ticket, Verb.HAND_OUT)
    body = mask(body_in_words(given.text.replace(":", "：")))
    if not body:
        await uow.reply("waiting_needs_words", ticket_id=ticket.id)
        return
    await _ask_receipt(ticket, body, uow)


async def take_receipt(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(about["ticket_id"]))
    await require(uow, ticket, Verb.HAND_OUT)
    receipt = receipt_in(given.text)
    if not receipt:
        await uow.reply("waiting_needs_words", ticket_id=ticket.id)
        return
    await expect_nothing(uow)
    await _hand_out(ticket, str(about["body"]), receipt, uow)


def receipt_in(text: str) -> str:
    """A code as it was written, however long its digits; within a sentence, people are masked."""
    words = " ".join(text.split())
    told = words if _CODE.fullmatch(words) else mask(words)
    return told[:_LONGEST]


async def _hand_out(ticket: Ticket, body: str, receipt: str, uow: UnitOfWork) -> None:
    """Told to the residents; a desk that has somebody here gets it, else whoever handed it out."""
    role = await require(uow, ticket, Verb.HAND_OUT)
    me = uow.turn.actor.person_id
    there = await _at_the_desk(ticket, body, uow)
    was = {"assignee": ticket.assignee or me, "role": ticket.assignee_role or role}
    data: dict[str, Any] = {"body": body, "receipt": receipt, "was": was}
    if there is not None:
        data |= {"assignee": there.person_id, "assignee_role": there.role.value}
    elif ticket.assignee is None or ticket.status is TicketStatus.TRIAGE:
        data |= {"assignee": me, "assignee_role": role, "was": {"assignee": me, "role": role}}
    ask_at = next_asking(ticket, uow) if receipt else uow.now + _ASK_AGAIN
    data |= {"review_at": ask_at.isoformat(), "date": ask_at.isoformat()}
    names = names_of(body, uow.rules_of(ticket))
    if names:
        data["body_names"] = dict(names)
    await act(uow, ticket, Verb.HAND_OUT, **data)
    params = {
        "number": values.number(ticket.number),
        "body": body_named(body, uow.rules_of(ticket)),
        "date": values.moment(ask_at),
        "heard": await raisers_heard(ticket, uow),
    }
    await uow.reply("handed_out", params=params, ticket_id=ticket.id)


def next_asking(ticket: Ticket, uow: UnitOfWork) -> Any:
    """So many working days from now."""
    rules = uow.rules_of(ticket)
    days = max(uow.rules_of(ticket).policy.ask_outside_after.days, 1)
    minutes = counted_minutes(days * WORKING_DAY, WorkCalendar.WORK, rules.hours)
    return due_at(uow.now, minutes, WorkCalendar.WORK, rules.hours)


async def _at_the_desk(ticket: Ticket, body: str, uow: UnitOfWork) -> Candidate | None:
    """Whoever holds the department's desk here."""
    desk = desk_of(body)
    if not desk:
        return None
    for candidate in await uow.people.candidates(uow.now):
        if candidate.role is not Role.DPT or candidate.away:
            continue
        if candidate.person_id in ticket.recused or candidate.person_id == ticket.reporter:
            continue
        if (await uow.people.get(candidate.person_id)).roster_key == desk:
            return candidate
    return None


HANDLERS: dict[type[Command], Handler] = {HandOutTicket: hand_out}
AWAITED: dict[str, Taker] = {"outside_body": take_body, "outside_receipt": take_receipt}
