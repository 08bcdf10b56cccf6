"""A pause and an extension: asked of a lead with a day and a reason; the pause ends by itself."""

from datetime import date, timedelta
from typing import Final

from actions.application import values
from actions.application.awaited import Taker
from actions.application.commands.base import Command
from actions.application.commands.timed import ResumeHeld
from actions.application.commands.waiting import AskToExtend, AskToHold, ResumeTicket
from actions.application.deeds import act, id_of, require
from actions.application.handlers import naming_day
from actions.application.handlers.naming_day import Plan, Why, in_days, today
from actions.application.handlers.proposing import propose, settles_at
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import next_buttons
from actions.domain.approval import EXTENDABLE, Asks, was_extended
from actions.domain.day_named import DayNamed
from actions.domain.errors import IllegalTransition
from actions.domain.identifiers import TicketId
from actions.domain.service_level import counted_minutes, due_at
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb

HOLD_REASONS: Final = ("funds", "weather", "third_party", "resident_away")
EXTEND_REASONS: Final = ("funds", "third_party", "material", "harder")


async def _may_hold(ticket: Ticket, uow: UnitOfWork) -> bool:
    await require(uow, ticket, Verb.HOLD)
    return True


def _review_days(ticket: Ticket, uow: UnitOfWork) -> tuple[DayNamed, ...]:
    longest = uow.rules_of(ticket).policy.on_hold_review_within.days
    return in_days(uow, *(days for days in (3, 7, 14) if days <= longest))


def _review_by(ticket: Ticket, uow: UnitOfWork) -> date | None:
    return today(uow) + uow.rules_of(ticket).policy.on_hold_review_within


async def _ask_to_hold(ticket: Ticket, day: DayNamed, why: Why, uow: UnitOfWork) -> None:
    await propose(ticket, Asks.HOLD, day, why, uow)


async def _may_extend(ticket: Ticket, uow: UnitOfWork) -> bool:
    """While it is worked on, and once in its life."""
    await require(uow, ticket, Verb.PROPOSE)
    if ticket.status not in EXTENDABLE or ticket.settle_due_at is None:
        raise IllegalTransition(
            number=values.number(ticket.number), status=values.status(ticket.status or "")
        )
    if not was_extended(await uow.tickets.timeline(id_of(ticket))):
        return True
    params = {
        "number": values.number(ticket.number),
        "settle": values.moment(ticket.settle_due_at),
    }
    buttons = next_buttons(ticket)
    await uow.reply("extended_before", params=params, buttons=buttons, ticket_id=ticket.id)
    return False


def _extended_by(ticket: Ticket, uow: UnitOfWork) -> date:
    """As long again as it was promised at first, from the promised date or from now."""
    rules = uow.rules_of(ticket)
    category = rules.category(ticket.category)
    minutes = counted_minutes(category.settle_min, category.calendar, rules.hours)
    start = max(ticket.settle_due_at or uow.now, uow.now)
    last = due_at(start, minutes, category.calendar, rules.hours)
    return last.astimezone(rules.timezone).date()


def _longer_days(ticket: Ticket, uow: UnitOfWork) -> tuple[DayNamed, ...]:
    """A third, two thirds and the whole of what may be added."""
    last = _extended_by(ticket, uow)
    promised = max(ticket.settle_due_at or uow.now, uow.now)
    first = promised.astimezone(uow.community.timezone).date()
    length = (last - first).days
    steps = {first + timedelta(days=length * third // 3) for third in (1, 2, 3)}
    return tuple(DayNamed(day) for day in sorted(steps) if day >= today(uow))


async def _ask_to_extend(ticket: Ticket, day: DayNamed, why: Why, uow: UnitOfWork) -> None:
    if ticket.settle_due_at is not None and settles_at(day, uow) <= ticket.settle_due_at:
        params = {
            "number": values.number(ticket.number),
            "settle": values.moment(ticket.settle_due_at),
        }
        await uow.reply("extend_too_early", params=params, ticket_id=ticket.id)
        return
    await propose(ticket, Asks.EXTEND, day, why, uow)


HOLD: Final = Plan(
    name="hold",
    make=AskToHold,
    check=_may_hold,
    days=_review_days,
    latest=_review_by,
    carry_out=_ask_to_hold,
    reasons=HOLD_REASONS,
)
EXTEND: Final = Plan(
    name="extend",
    make=AskToExtend,
    check=_may_extend,
    days=_longer_days,
    latest=_extended_by,
    carry_out=_ask_to_extend,
    reasons=EXTEND_REASONS,
)


async def ask_to_hold(command: AskToHold, uow: UnitOfWork) -> None:
    await naming_day.pressed(HOLD, command, uow)


async def ask_to_extend(command: AskToExtend, uow: UnitOfWork) -> None:
    await naming_day.pressed(EXTEND, command, uow)


async def resume_ticket(command: ResumeTicket, uow: UnitOfWork) -> None:
    """Before its day, by whoever has it or leads there."""
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    await act(uow, ticket, Verb.RESUME)
    is_mine = ticket.assignee == uow.turn.actor.person_id
    params = {
        "number": values.number(ticket.number),
        "settle": values.moment(ticket.settle_due_at),
    }
    buttons = next_buttons(ticket) if is_mine else ()
    await uow.reply("resumed", params=params, buttons=buttons, ticket_id=ticket.id)


async def resume_held(command: ResumeHeld, uow: UnitOfWork) -> None:
    """The day to look again has come."""
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    waits_until = ticket.review_at
    if ticket.status is not TicketStatus.ON_HOLD or waits_until is None or waits_until > uow.now:
        return
    await act(uow, ticket, Verb.RESUME)


HANDLERS: dict[type[Command], Handler] = {
    AskToHold: ask_to_hold,
    AskToExtend: ask_to_extend,
    ResumeTicket: resume_ticket,
    ResumeHeld: resume_held,
}
AWAITED: dict[str, Taker] = {**naming_day.takers_of(HOLD), **naming_day.takers_of(EXTEND)}
