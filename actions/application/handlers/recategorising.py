"""It is of another kind: urgency, tier, privacy and clocks follow; what was promised is kept."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from actions.application import values
from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.commands.base import Command
from actions.application.commands.deciding import CorrectCategory
from actions.application.deeds import act, id_of, require
from actions.application.handlers.dispatch import clocks
from actions.application.notification import Button
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.amending import draft_of, kept, likely, matching, rules_for
from actions.domain.errors import NotAllowed, NotFound, OutOfDate
from actions.domain.identifiers import DraftId, LeafCode, TicketId
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import Verb
from actions.domain.understood import Ranking

_OFFERED: Final = 6
#: Who may put a promise off.
_LEADS: Final = frozenset({"GLD", "DSP"})


async def correct_category(command: CorrectCategory, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    await require(uow, ticket, Verb.RECATEGORISE)
    if command.leaf:
        await _recategorise(ticket, LeafCode(command.leaf), uow, later=command.later)
        return
    await expect(uow, "category_words", ticket_id=id_of(ticket))
    found = likely(await _ranking(ticket, uow), ticket.category, uow.rules_of(ticket).categories)
    params = {
        "number": values.number(ticket.number),
        "what": values.category(ticket.category),
    }
    chips = _chips(ticket, found)
    await uow.reply("recategorise_which", params=params, buttons=chips, ticket_id=ticket.id)


async def _ranking(ticket: Ticket, uow: UnitOfWork) -> Ranking:
    """As the words were ranked when they were told; nothing once the draft has been forgotten."""
    number = draft_of(await uow.tickets.timeline(id_of(ticket)))
    if number is None:
        return ()
    try:
        return (await uow.drafts.get(DraftId(number))).leaves
    except NotFound:
        return ()


def _chips(ticket: Ticket, found: list[LeafCode]) -> tuple[Button, ...]:
    number = id_of(ticket)
    return tuple(
        press(
            "button_category",
            CorrectCategory(ticket_id=number, leaf=leaf),
            "chip",
            what=values.category(leaf),
        )
        for leaf in found[:_OFFERED]
    )


async def take_category_words(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    """A code or a name; several that fit are offered."""
    ticket = await uow.tickets.get(TicketId(about["ticket_id"]))
    await require(uow, ticket, Verb.RECATEGORISE)
    found = matching(given.text, uow.rules_of(ticket).categories)
    if len(found) == 1:
        await _recategorise(ticket, found[0], uow)
        return
    template = "recategorise_several" if found else "recategorise_none"
    await uow.reply(template, buttons=_chips(ticket, found), ticket_id=ticket.id)


async def _recategorise(
    ticket: Ticket, leaf: LeafCode, uow: UnitOfWork, *, later: bool = False
) -> None:
    """Dates that come sooner count at once; later ones only when a lead says so."""
    rules = uow.rules_of(ticket)
    category = rules.categories.get(leaf)
    if category is None:
        raise OutOfDate
    if leaf == ticket.category and not later:
        await uow.reply("recategorise_same", params={"what": values.category(leaf)})
        return
    role = await require(uow, ticket, Verb.RECATEGORISE)
    if later and role not in _LEADS:
        raise NotAllowed(number=values.number(ticket.number))
    anew = clocks(category, ticket.clock_from or uow.now, rules)
    dates = anew if later else kept(ticket, anew)
    timeline = await uow.tickets.timeline(id_of(ticket))
    await act(
        uow,
        ticket,
        Verb.RECATEGORISE,
        category=leaf,
        from_leaf=ticket.category,
        later=later,
        **rules_for(category, timeline, ticket),
        **{name: at.isoformat() for name, at in dates.items()},
    )
    await expect_nothing(uow)
    await _tell_done(ticket, leaf, anew, uow, may_put_off=role in _LEADS and not later)


async def _tell_done(
    ticket: Ticket,
    leaf: LeafCode,
    anew: Mapping[str, datetime],
    uow: UnitOfWork,
    *,
    may_put_off: bool,
) -> None:
    settle = ticket.settle_due_at
    can_wait = may_put_off and settle is not None and anew["settle_due_at"] > settle
    later = CorrectCategory(ticket_id=id_of(ticket), leaf=leaf, later=True)
    params = {
        "number": values.number(ticket.number),
        "what": values.category(leaf),
        "settle": values.moment(settle) or values.text("date_unknown"),
        "later": values.moment(anew["settle_due_at"]),
    }
    await uow.reply(
        "recategorised_earlier_kept" if can_wait else "recategorised",
        params=params,
        buttons=(press("button_later_dates", later),) if can_wait else (),
        ticket_id=ticket.id,
        version=ticket.version,
    )


HANDLERS: dict[type[Command], Handler] = {CorrectCategory: correct_category}
AWAITED: dict[str, Taker] = {"category_words": take_category_words}
