"""What every step of an emergency shares: whom to call, who was told, and what words are for."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from actions.application import values
from actions.application.awaited import expect, expect_nothing, still_waits
from actions.application.colleagues import colleagues, leads
from actions.application.commands.following import AlertDuty, EndDanger, TellSafety
from actions.application.deeds import id_of
from actions.application.notification import Button
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.emergency import EmergencyKind
from actions.domain.identifiers import TicketId
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus

TRAPPED = "trapped_in_lift"
#: How long what is written next belongs to the emergency.
WAITS = timedelta(minutes=30)


async def advise(kind: EmergencyKind, uow: UnitOfWork) -> None:
    await uow.reply(kind.advice, params={"numbers": numbers_for(kind, uow)}, urgent=True)


def numbers_for(kind: EmergencyKind, uow: UnitOfWork) -> dict[str, Any]:
    """Whom to call, as a text shows it."""
    known = uow.community.emergency_numbers
    return values.phones([(known[k].name, known[k].dial) for k in kind.numbers if k in known])


def safety_chips(number: TicketId) -> tuple[Button, ...]:
    where = ("out", "inside", "other")
    answers = (
        press(f"button_safety_{w}", TellSafety(ticket_id=number, where=w), "chip") for w in where
    )
    return (*answers, over_chip(number))


def over_chip(number: TicketId) -> Button:
    return press("button_danger_over", EndDanger(ticket_id=number), "chip")


def consent_buttons(number: TicketId) -> tuple[Button, ...]:
    return (
        press("button_alert_duty", AlertDuty(ticket_id=number, consent=True), "primary"),
        press("button_no_alert", AlertDuty(ticket_id=number, consent=False)),
    )


def details(ticket: Ticket) -> dict[str, Any]:
    return {
        "number": values.number(ticket.number),
        "where": str(ticket.location.get("label", "")),
        "by": values.moment(ticket.contact_due_at),
    }


async def is_heard(ticket: Ticket, uow: UnitOfWork) -> bool:
    """Whether somebody who works here was told of it."""
    if ticket.status is TicketStatus.SUBMITTED:
        return False
    return ticket.assignee is not None or bool(await leads(uow, ticket))


async def will_be_heard(ticket: Ticket, uow: UnitOfWork) -> bool:
    """Whether there is somebody to hand it to."""
    return bool(await leads(uow, ticket) or await colleagues(uow, ticket))


async def wait_for_more(ticket: Ticket, uow: UnitOfWork, kind: EmergencyKind | None = None) -> None:
    """What is written next belongs to this danger; those told before it are remembered.

    Once the place is known, words are understood first, so that other wishes get through.
    """
    number = id_of(ticket)
    kinds = dict((await awaiting_of(uow, "emergency")).get("kinds") or {})
    if kind is not None:
        kinds[kind.key] = number
    is_placed = any(ticket.location.get(key) for key in ("area", "grid", "lat"))
    await expect(uow, "emergency", waits=WAITS, soft=is_placed, ticket_id=number, kinds=kinds)


async def wait_no_more(ticket: Ticket, uow: UnitOfWork) -> None:
    """This danger is over; another one told meanwhile may not be."""
    kinds = (await awaiting_of(uow, "emergency")).get("kinds") or {}
    left = {key: number for key, number in kinds.items() if number != ticket.id}
    await expect_nothing(uow)
    for key, number in left.items():
        other = await uow.tickets.get(TicketId(number))
        if other.is_open:
            await wait_for_more(other, uow, EmergencyKind.named(key))


async def awaiting_of(uow: UnitOfWork, what: str) -> Mapping[str, Any]:
    """What the next words are for, if they are for this; else empty."""
    if uow.turn.conversation_id is None:
        return {}
    awaiting = (await uow.conversations.get(uow.turn.conversation_id)).awaiting or {}
    stands = still_waits(awaiting, uow.now, uow.turn.inbox_id)
    return awaiting if stands and awaiting.get("for") == what else {}
