"""Declining: not the community's to settle, whose it is instead, and how to reach them."""

from collections.abc import Mapping
from typing import Any, Final

from actions.application import values
from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.commands.base import Command
from actions.application.commands.deciding import DeclineTicket
from actions.application.deeds import act, id_of, require
from actions.application.handlers.appealing import others_decide
from actions.application.handlers.learning import NO_MATTER
from actions.application.notification import Button
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.community import Door
from actions.domain.identifiers import TicketId
from actions.domain.masking import mask
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import Verb

#: Offered when somebody declines; each has a text `reason_…`.
DECLINE_REASONS: Final = ("others_duty", "before_court", "between_private", NO_MATTER)
#: No other door is the right one.
NO_DOOR: Final = "-"
_OFFERED: Final = 4


async def decline_ticket(command: DeclineTicket, uow: UnitOfWork) -> None:
    """First whose it is, then why; both are said to the resident."""
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    await require(uow, ticket, Verb.DECLINE)
    if await others_decide(ticket, uow):
        return
    if not command.door:
        await _ask_door(ticket, uow)
    elif command.reason in DECLINE_REASONS:
        await _decline(ticket, command.door, uow, reason_key=command.reason)
    else:
        await _ask_why(ticket, command.door, uow)


async def _ask_door(ticket: Ticket, uow: UnitOfWork) -> None:
    number = id_of(ticket)
    await expect(uow, "decline_door", ticket_id=number)
    chips = [_door(number, door) for door in _doors(ticket, uow)[:_OFFERED]]
    chips.append(press("button_no_door", DeclineTicket(ticket_id=number, door=NO_DOOR), "chip"))
    params = {"number": values.number(ticket.number)}
    await uow.reply("decline_whose", params=params, buttons=tuple(chips), ticket_id=number)


def _doors(ticket: Ticket, uow: UnitOfWork) -> list[Door]:
    """Those that serve its kind, then those its words name, then the others."""
    serving = uow.community.doors_for(ticket.category, ticket.summary)
    others = [door for door in uow.community.doors if door not in serving]
    others.sort(key=lambda door: not any(word in ticket.summary for word in door.words))
    return [*serving, *others]


def _door(number: TicketId, door: Door) -> Button:
    command = DeclineTicket(ticket_id=number, door=door.key)
    return press("button_door", command, "chip", door=values.door_name(door.key))


async def take_door(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(about["ticket_id"]))
    await require(uow, ticket, Verb.DECLINE)
    if not given.text:
        await uow.reply("decide_needs_words", ticket_id=ticket.id)
        return
    await _ask_why(ticket, given.text, uow)


async def _ask_why(ticket: Ticket, door: str, uow: UnitOfWork) -> None:
    number = id_of(ticket)
    await expect(uow, "decline_reason", ticket_id=number, door=door)
    chips = tuple(
        press(f"reason_{key}", DeclineTicket(ticket_id=number, door=door, reason=key), "chip")
        for key in DECLINE_REASONS
    )
    params = {"number": values.number(ticket.number)}
    await uow.reply("decline_why", params=params, buttons=chips, ticket_id=number)


async def take_decline_reason(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(about["ticket_id"]))
    if not given.text:
        await uow.reply("decide_needs_words", ticket_id=ticket.id)
        return
    await _decline(ticket, str(about["door"]), uow, reason=given.text)


async def _decline(ticket: Ticket, door: str, uow: UnitOfWork, **why: str) -> None:
    await require(uow, ticket, Verb.DECLINE)
    if await others_decide(ticket, uow):
        return
    known = any(each.key == door for each in uow.community.doors)
    said = {"door": door} if known else {"door_words": "" if door == NO_DOOR else mask(door)}
    await act(uow, ticket, Verb.DECLINE, **said, **why)
    await expect_nothing(uow)
    await uow.reply("declined", params={"number": values.number(ticket.number)})


HANDLERS: dict[type[Command], Handler] = {DeclineTicket: decline_ticket}
AWAITED: dict[str, Taker] = {
    "decline_door": take_door,
    "decline_reason": take_decline_reason,
}
