"""A lead or the committee says that a matter is more, or the lead that it is less, and why."""

from collections.abc import Mapping
from typing import Any, Final

from actions.application import values
from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.commands.base import Command
from actions.application.commands.tiers import LowerTier, RaiseTier
from actions.application.deeds import act, id_of, require
from actions.application.handlers.tier_signals import better_date
from actions.application.routing import Handler
from actions.application.tier_words import tier_params
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.identifiers import TicketId
from actions.domain.masking import mask
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import Verb
from actions.domain.tier import one_down, one_up

#: Offered as chips; each has a text `reason_…`.
RAISE_REASONS: Final = ("tier_danger", "tier_many", "tier_department")
LOWER_REASONS: Final = ("tier_no_danger", "tier_on_the_spot", "tier_few")


async def raise_tier(command: RaiseTier, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    await require(uow, ticket, Verb.RAISE_TIER)
    if one_up(ticket.tier) is None:
        await _reply("tier_top", ticket, uow)
    elif command.reason in RAISE_REASONS:
        await _raise(ticket, uow, reason_key=command.reason)
    else:
        await _ask_why(ticket, uow, raises=True)


async def lower_tier(command: LowerTier, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    await require(uow, ticket, Verb.LOWER_TIER)
    if one_down(ticket.tier) is None:
        await _reply("tier_bottom", ticket, uow)
    elif command.reason in LOWER_REASONS:
        await _lower(ticket, uow, reason_key=command.reason)
    else:
        await _ask_why(ticket, uow, raises=False)


async def _ask_why(ticket: Ticket, uow: UnitOfWork, *, raises: bool) -> None:
    number = id_of(ticket)
    await expect(uow, "tier_reason", ticket_id=number, raises=raises)
    kind, keys = (RaiseTier, RAISE_REASONS) if raises else (LowerTier, LOWER_REASONS)
    chips = tuple(
        press(f"reason_{key}", kind(ticket_id=number, reason=key), "chip") for key in keys
    )
    target = one_up(ticket.tier) if raises else one_down(ticket.tier)
    await uow.reply(
        "tier_raise_why" if raises else "tier_lower_why",
        params={"number": values.number(ticket.number), **tier_params(target or ticket.tier)},
        buttons=chips,
        ticket_id=number,
    )


async def take_reason(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    """Words; a photo alone does not say why, and it is asked once more."""
    ticket = await uow.tickets.get(TicketId(about["ticket_id"]))
    raises = bool(about["raises"])
    await require(uow, ticket, Verb.RAISE_TIER if raises else Verb.LOWER_TIER)
    if (one_up(ticket.tier) if raises else one_down(ticket.tier)) is None:
        await expect_nothing(uow)
        await _reply("tier_top" if raises else "tier_bottom", ticket, uow)
    elif not given.text.strip():
        await _ask_why(ticket, uow, raises=raises)
    else:
        await expect_nothing(uow)
        change = _raise if raises else _lower
        await change(ticket, uow, reason=mask(given.text))


async def _raise(ticket: Ticket, uow: UnitOfWork, **why: str) -> None:
    tier = one_up(ticket.tier)
    if tier is None:
        return
    dates = better_date(ticket, tier, uow)
    await act(uow, ticket, Verb.RAISE_TIER, tier=tier.value, **dates, **why)
    await _reply("tier_raised", ticket, uow)


async def _lower(ticket: Ticket, uow: UnitOfWork, **why: str) -> None:
    """Whoever was promised a date keeps it."""
    tier = one_down(ticket.tier)
    if tier is None:
        return
    await act(uow, ticket, Verb.LOWER_TIER, tier=tier.value, **why)
    await _reply("tier_lowered", ticket, uow)


async def _reply(template: str, ticket: Ticket, uow: UnitOfWork) -> None:
    params = {"number": values.number(ticket.number), **tier_params(ticket.tier)}
    await uow.reply(template, params=params, ticket_id=ticket.id)


HANDLERS: dict[type[Command], Handler] = {RaiseTier: raise_tier, LowerTier: lower_tier}
AWAITED: dict[str, Taker] = {"tier_reason": take_reason}
