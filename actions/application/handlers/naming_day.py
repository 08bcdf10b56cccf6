"""Which day, and why: the two questions before a plan, with chips, words always taken."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from actions.application import values
from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.commands.base import Pressable
from actions.application.deeds import id_of
from actions.application.handlers.following import STOP
from actions.application.notification import Button
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.day_named import FURTHEST, DayNamed, day_from, day_named
from actions.domain.errors import OutOfDate
from actions.domain.identifiers import TicketId
from actions.domain.ticket import Ticket


class Planning(Protocol):
    """A command that brings a day and a reason, or asks for them."""

    @property
    def ticket_id(self) -> int: ...
    @property
    def on(self) -> str: ...


@dataclass(frozen=True)
class Why:
    """The reason: one of the offered, or words."""

    key: str = ""
    words: str = ""

    @property
    def data(self) -> dict[str, str]:
        """As `act` takes it."""
        return {"reason_key": self.key} if self.key else {"reason": self.words}


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One verb that needs a day: its questions, its chips, and what is done in the end."""

    name: str  #: texts are `<name>_when` and `<name>_why`
    make: Callable[..., Pressable]
    check: Callable[[Ticket, UnitOfWork], Awaitable[bool]]  #: may it be asked for at all?
    days: Callable[[Ticket, UnitOfWork], tuple[DayNamed, ...]]
    latest: Callable[[Ticket, UnitOfWork], date | None]
    carry_out: Callable[[Ticket, DayNamed, Why, UnitOfWork], Awaitable[None]]
    reasons: tuple[str, ...] = ()


def today(uow: UnitOfWork) -> date:
    return uow.now.astimezone(uow.community.timezone).date()


def in_days(uow: UnitOfWork, *days: int) -> tuple[DayNamed, ...]:
    return tuple(DayNamed(today(uow) + timedelta(days=each)) for each in days)


async def pressed(plan: Plan, command: Planning, uow: UnitOfWork) -> None:
    """A button of the plan: the first question, a day chip, or a reason chip."""
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    if not await plan.check(ticket, uow):
        return
    if not command.on:
        await _ask_day(plan, ticket, f"{plan.name}_when", uow)
        return
    try:
        day = day_from(command.on, uow.community.timezone)
    except ValueError as error:
        raise OutOfDate from error
    key = str(getattr(command, "reason", ""))
    await _go_on(plan, ticket, day, Why(key) if key in plan.reasons else None, uow)


def takers_of(plan: Plan) -> dict[str, Taker]:
    """Who takes the day in words, and the reason where the plan asks for one."""

    async def take_day(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
        await _said_day(plan, about, given, uow)

    async def take_why(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
        await _said_why(plan, about, given, uow)

    takers: dict[str, Taker] = {f"{plan.name}_day": take_day}
    return takers | ({f"{plan.name}_why": take_why} if plan.reasons else {})


async def _said_day(plan: Plan, about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(about["ticket_id"]))
    if not await plan.check(ticket, uow):
        await expect_nothing(uow)
        return
    day = day_named(given.text, uow.now, uow.community.timezone)
    if day is None:
        await _ask_day(plan, ticket, "day_unclear", uow)
        return
    await _go_on(plan, ticket, day, None, uow)


async def _said_why(plan: Plan, about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(about["ticket_id"]))
    await expect_nothing(uow)
    if not await plan.check(ticket, uow):
        return
    day = day_from(about["on"], uow.community.timezone)
    await _go_on(plan, ticket, day, Why(words=given.text) if given.text else None, uow)


async def _go_on(
    plan: Plan, ticket: Ticket, day: DayNamed, why: Why | None, uow: UnitOfWork
) -> None:
    zone = uow.community.timezone
    latest = plan.latest(ticket, uow)
    if day.is_past(uow.now, zone):
        await _ask_day(plan, ticket, "day_past", uow)
    elif latest is not None and day.day > latest:
        await _ask_day(plan, ticket, "day_too_late", uow, latest=latest)
    elif day.is_too_far(uow.now, zone):
        await _ask_day(plan, ticket, "day_too_late", uow, latest=today(uow) + FURTHEST)
    elif plan.reasons and why is None:
        await _ask_why(plan, ticket, day, uow)
    else:
        await expect_nothing(uow)
        await plan.carry_out(ticket, day, why or Why(), uow)


async def _ask_day(
    plan: Plan, ticket: Ticket, template: str, uow: UnitOfWork, latest: date | None = None
) -> None:
    number, zone = id_of(ticket), uow.community.timezone
    await expect(uow, f"{plan.name}_day", ticket_id=number)
    chips = tuple(
        press(
            "chip_day",
            plan.make(ticket_id=number, on=day.stored(zone)),
            "chip",
            day=values.day(day.stored(zone)),
        )
        for day in plan.days(ticket, uow)
    )
    params = {"number": values.number(ticket.number)}
    if latest is not None:
        params["latest"] = values.day(latest.isoformat())
    await uow.reply(template, params=params, buttons=(*chips, *STOP), ticket_id=number)


async def _ask_why(plan: Plan, ticket: Ticket, day: DayNamed, uow: UnitOfWork) -> None:
    number, on = id_of(ticket), day.stored(uow.community.timezone)
    await expect(uow, f"{plan.name}_why", ticket_id=number, on=on)
    buttons: list[Button] = [
        press(f"reason_{key}", plan.make(ticket_id=number, on=on, reason=key), "chip")
        for key in plan.reasons
    ]
    params = {"number": values.number(ticket.number), "date": values.day(on)}
    await uow.reply(f"{plan.name}_why", params=params, buttons=(*buttons, *STOP), ticket_id=number)
