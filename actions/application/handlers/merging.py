"""Merging: the same matter, told twice, is followed once; and it can be taken apart again."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from actions.application import values
from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.commands.base import Command
from actions.application.commands.deciding import MergeTicket, UnmergeTicket
from actions.application.deeds import act, act_by_rule, id_of, keep, require
from actions.application.handlers.dispatch import clocks
from actions.application.notification import Button, Card
from actions.application.records import TicketSummary
from actions.application.routing import Handler
from actions.application.together import leading
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import card_of, hand_to_buttons, press
from actions.domain.errors import NotFound
from actions.domain.events import TicketChanged
from actions.domain.identifiers import TicketId
from actions.domain.merging import Obstacle, obstacle, owed_by
from actions.domain.permissions import may_see
from actions.domain.terms import terms_of
from actions.domain.ticket import Ticket
from actions.domain.ticket_number import find_ticket_number, parse_ticket_number
from actions.domain.ticket_status import TicketStatus, Verb

#: Offered when somebody takes a merged ticket apart; each has a text `reason_…`.
UNMERGE_REASONS: Final = ("another_place", "another_matter")
_OFFERED: Final = 5


async def merge_ticket(command: MergeTicket, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    await require(uow, ticket, Verb.MERGE)
    if command.into:
        meant = await uow.tickets.get(TicketId(command.into))
        await _merge(ticket, meant, uow, sure=command.sure)
        return
    await _offer(ticket, uow)


async def _offer(ticket: Ticket, uow: UnitOfWork) -> None:
    """What it could be the same as; a number may be typed instead."""
    number = id_of(ticket)
    await expect(uow, "merge_into", ticket_id=number)
    alike = await _alike(ticket, uow)
    params = {"number": values.number(ticket.number)}
    buttons = tuple(_into(number, each) for each in alike)
    card = _card(ticket, alike) if alike else None
    template = "merge_into_which" if alike else "merge_nothing_near"
    await uow.reply(template, params=params, buttons=buttons, card=card, ticket_id=number)


async def _alike(ticket: Ticket, uow: UnitOfWork) -> Sequence[TicketSummary]:
    """Open ones of its kind nearby, then whatever else is open just there; the newest first."""
    most = _OFFERED + 1  # itself may be among them
    found = {
        each.id: each
        for each in await uow.tickets.open_nearby(
            ticket.category, ticket.area, ticket.grid, limit=most
        )
    }
    if ticket.area != uow.community.root:
        for each in await uow.tickets.open_at(ticket.area, limit=most):
            found.setdefault(each.id, each)
    found.pop(id_of(ticket), None)
    return [each for each in found.values() if await _opens(each, uow)][:_OFFERED]


async def _opens(summary: TicketSummary, uow: UnitOfWork) -> bool:
    """What is about whoever merges, or not theirs to see, is not among it."""
    return may_see(uow.turn.actor, await uow.tickets.get(summary.id))


def _into(number: TicketId, other: TicketSummary) -> Button:
    return press(
        "button_merge_into",
        MergeTicket(ticket_id=number, into=other.id),
        "chip",
        what=values.category(other.category),
        number=values.number(other.number),
    )


def _card(ticket: Ticket, alike: Sequence[TicketSummary]) -> Card:
    return Card(
        title=values.category(ticket.category),
        urgency=ticket.urgency,
        lines=tuple(
            (
                f"urgency_{each.urgency}",
                values.joined(
                    values.number(each.number),
                    values.category(each.category),
                    values.place(each.place) if each.place else "",
                    values.moment(each.filed_at),
                    values.text("work_households", count=each.followers),
                ),
            )
            for each in alike
        ),
    )


async def take_number(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(about["ticket_id"]))
    await require(uow, ticket, Verb.MERGE)
    number = parse_ticket_number(given.text) or find_ticket_number(given.text)
    master = await uow.tickets.find(number) if number else None
    if master is None:
        await uow.reply("merge_no_such_number", ticket_id=ticket.id)
        return
    await _merge(ticket, master, uow)


async def _merge(ticket: Ticket, meant: Ticket, uow: UnitOfWork, *, sure: bool = False) -> None:
    """Into the one meant, or the one that is merged into itself."""
    master = await leading(meant, uow)
    if not may_see(uow.turn.actor, master):
        raise NotFound
    leads = bool(await uow.tickets.merged_into(ticket.number))
    against = Obstacle.LEADS if leads else obstacle(ticket, master)
    params = {"number": values.number(ticket.number), "master": values.number(master.number)}
    if against is not None:
        await uow.reply(f"merge_{against}", params=params, ticket_id=ticket.id)
        return
    await expect_nothing(uow)
    if not sure:
        await _show(ticket, master, uow)
        return
    entry = await act(uow, ticket, Verb.MERGE, reason=master.number, master=master.number)
    told = {"text": ticket.number, "merged": ticket.number}
    master.record(Verb.JOIN, uow.deed(entry.role), **told, **owed_by(ticket, master))
    await keep(uow, master)
    count = len(await uow.tickets.followers(id_of(master)))
    again = press("button_unmerge", UnmergeTicket(ticket_id=id_of(ticket)))
    await uow.reply(
        "merged", params=params | {"count": count}, buttons=(again,), ticket_id=ticket.id
    )


async def _show(ticket: Ticket, master: Ticket, uow: UnitOfWork) -> None:
    """The other with its words and photos, before the two become one."""
    really = MergeTicket(ticket_id=id_of(ticket), into=id_of(master), sure=True)
    another = MergeTicket(ticket_id=id_of(ticket))
    await uow.reply(
        "merge_really",
        params={"number": values.number(ticket.number), "master": values.number(master.number)},
        buttons=(
            press("button_merge_really", really, "primary"),
            press("button_merge_another", another),
        ),
        card=await card_of(uow, master),
        ticket_id=master.id,
    )


async def unmerge_ticket(command: UnmergeTicket, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    await require(uow, ticket, Verb.UNMERGE)
    if command.reason in UNMERGE_REASONS:
        await _unmerge(ticket, uow, reason_key=command.reason)
        return
    number = id_of(ticket)
    await expect(uow, "unmerge_reason", ticket_id=number)
    buttons = tuple(
        press(f"reason_{key}", UnmergeTicket(ticket_id=number, reason=key), "chip")
        for key in UNMERGE_REASONS
    )
    params = {"number": values.number(ticket.number), "master": values.number(ticket.master)}
    await uow.reply("unmerge_why", params=params, buttons=buttons, ticket_id=number)


async def take_unmerge_reason(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(about["ticket_id"]))
    if not given.text:
        await uow.reply("decide_needs_words", ticket_id=ticket.id)
        return
    await _unmerge(ticket, uow, reason=given.text)


async def _unmerge(ticket: Ticket, uow: UnitOfWork, **why: str) -> None:
    """Its own number again and dates that can still be kept; the other loses these neighbours."""
    await require(uow, ticket, Verb.UNMERGE)
    master = await leading(ticket, uow)
    entry = await act(uow, ticket, Verb.UNMERGE, master="", **_dates(ticket, uow), **why)
    if master.number != ticket.number and master.is_open:
        master.record(Verb.LEAVE, uow.deed(entry.role), merged=ticket.number)
        await keep(uow, master)
    await expect_nothing(uow)
    params = {"number": values.number(ticket.number)}
    buttons = await hand_to_buttons(uow, ticket, (), more=True)
    await uow.reply("unmerged", params=params, buttons=buttons, ticket_id=ticket.id)


def _dates(ticket: Ticket, uow: UnitOfWork) -> dict[str, str]:
    """A promise that ran out while it was merged gets half of its time anew."""
    rules = uow.rules_of(ticket)
    anew = clocks(terms_of(ticket, rules), uow.now, rules, divisor=2)
    promised: dict[str, datetime | None] = {name: getattr(ticket, name) for name in anew}
    return {
        name: at.isoformat() for name, at in anew.items() if (promised[name] or uow.now) <= uow.now
    }


async def close_merged(event: TicketChanged, uow: UnitOfWork) -> None:
    """Subscriber: what is merged into a ticket closes as it closes.

    Nobody is told once more: whoever waits for a merged one hears the news of the whole.
    """
    ticket = event.ticket
    if ticket.is_open or not event.entry.moves or ticket.status is TicketStatus.ARCHIVED:
        return
    for merged in await uow.tickets.merged_into(ticket.number):
        if merged.status is TicketStatus.MERGED:
            await act_by_rule(uow, merged, Verb.FOLLOW, closing=ticket.status)


HANDLERS: dict[type[Command], Handler] = {
    MergeTicket: merge_ticket,
    UnmergeTicket: unmerge_ticket,
}
AWAITED: dict[str, Taker] = {
    "merge_into": take_number,
    "unmerge_reason": take_unmerge_reason,
}
