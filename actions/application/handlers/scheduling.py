"""A day for the work: planned, moved, remembered on its morning, missed when it has gone by."""

from datetime import date, datetime, time, timedelta
from typing import Final

from actions.application import values
from actions.application.awaited import Taker
from actions.application.colleagues import leads
from actions.application.commands.base import Command
from actions.application.commands.timed import RemindPlanned, TellMissed
from actions.application.commands.waiting import AskToExtend, RescheduleTicket, ScheduleTicket
from actions.application.commands.working import ShowRecord
from actions.application.deeds import act, id_of, require
from actions.application.handlers import naming_day
from actions.application.handlers.naming_day import Plan, Why, today
from actions.application.handlers.relay import note_contact
from actions.application.notification import Button
from actions.application.pushes import push_work
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import next_buttons, press
from actions.domain.day_named import DayNamed
from actions.domain.identifiers import TicketId
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb

RESCHEDULE_REASONS: Final = ("resident_away", "weather", "material", "more_urgent")
#: When the day begins for those who are reminded of it.
_MORNING: Final = 8
#: Planned for a day that has begun: reminded a little later.
_SOON: Final = timedelta(hours=4)
#: From this hour on today's afternoon is offered no more.
_LATE: Final = 15


async def _may_schedule(ticket: Ticket, uow: UnitOfWork) -> bool:
    await require(uow, ticket, Verb.SCHEDULE)
    return True


async def _may_reschedule(ticket: Ticket, uow: UnitOfWork) -> bool:
    await require(uow, ticket, Verb.RESCHEDULE)
    return True


def _days(_ticket: Ticket, uow: UnitOfWork) -> tuple[DayNamed, ...]:
    """This afternoon while there is one, tomorrow, the day after, a week from now."""
    day = today(uow)
    local = uow.now.astimezone(uow.community.timezone)
    now = (DayNamed(day, "afternoon"),) if local.hour < _LATE else ()
    after = (
        (1, "morning"), (1, "afternoon"), (2, "morning"), (3, ""), (7, ""),
    )  # fmt: skip
    return (*now, *(DayNamed(day + timedelta(days=days), part) for days, part in after))


def _whenever(_ticket: Ticket, _uow: UnitOfWork) -> date | None:
    return None


async def _schedule(ticket: Ticket, day: DayNamed, _why: Why, uow: UnitOfWork) -> None:
    await _plan(ticket, Verb.SCHEDULE, day, Why(), uow)


async def _reschedule(ticket: Ticket, day: DayNamed, why: Why, uow: UnitOfWork) -> None:
    await _plan(ticket, Verb.RESCHEDULE, day, why, uow)


async def _plan(ticket: Ticket, verb: Verb, day: DayNamed, why: Why, uow: UnitOfWork) -> None:
    zone = uow.community.timezone
    date_said = day.stored(zone)
    remind_at = _reminder(day, uow).isoformat()
    entry = await act(uow, ticket, verb, date=date_said, review_at=remind_at, **why.data)
    await note_contact(uow, ticket, entry)  # a day is the word they were waiting for
    is_late = ticket.settle_due_at is not None and day.begins(zone) > ticket.settle_due_at
    buttons = next_buttons(ticket)
    if is_late:
        extend = press("button_extend", AskToExtend(ticket_id=id_of(ticket)), "primary")
        buttons = (extend, *buttons)
    await uow.reply(
        "planned_late" if is_late else "planned",
        params={
            "number": values.number(ticket.number),
            "date": values.day(date_said),
            "settle": values.moment(ticket.settle_due_at),
        },
        buttons=buttons,
        ticket_id=ticket.id,
    )


def _reminder(day: DayNamed, uow: UnitOfWork) -> datetime:
    """On the morning of the day, or when the hour has come; never at once."""
    zone = uow.community.timezone
    morning = datetime.combine(day.day, time(_MORNING), zone)
    begins = day.begins(zone)
    first = min(morning, begins)
    if first > uow.now:
        return first
    return begins if begins > uow.now else uow.now + _SOON


async def remind_planned(command: RemindPlanned, uow: UnitOfWork) -> None:
    """The day has come: the assignee is reminded."""
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    if _is_due(ticket, uow) and ticket.assignee is not None:
        day, buttons = await _day_of(ticket, uow), next_buttons(ticket)
        await push_work(uow, ticket, ticket.assignee, "work_planned_today", *buttons, date=day)


async def tell_missed(command: TellMissed, uow: UnitOfWork) -> None:
    """The day has gone by and nothing was said: the assignee and the lead hear."""
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    if not _is_due(ticket, uow):
        return
    day = await _day_of(ticket, uow)
    if ticket.assignee is not None:
        buttons = _missed(ticket)
        await push_work(uow, ticket, ticket.assignee, "work_planned_missed", *buttons, date=day)
    record = press("button_record", ShowRecord(ticket_id=id_of(ticket)))
    for lead in await leads(uow, ticket, excluding=(ticket.assignee,)):
        await push_work(uow, ticket, lead.person_id, "lead_planned_missed", record, date=day)


def _missed(ticket: Ticket) -> tuple[Button, ...]:
    another = press("button_reschedule", RescheduleTicket(ticket_id=id_of(ticket)))
    return (*next_buttons(ticket), another)


def _is_due(ticket: Ticket, uow: UnitOfWork) -> bool:
    is_planned = ticket.status is TicketStatus.SCHEDULED
    return is_planned and ticket.review_at is not None and ticket.review_at <= uow.now


async def _day_of(ticket: Ticket, uow: UnitOfWork) -> object:
    timeline = await uow.tickets.timeline(id_of(ticket))
    dates = [entry.data["date"] for entry in timeline if entry.verb in _PLANNED]
    return values.day(str(dates[-1]))


_PLANNED: Final = (Verb.SCHEDULE, Verb.RESCHEDULE)

SCHEDULE: Final = Plan(
    name="schedule",
    make=ScheduleTicket,
    check=_may_schedule,
    days=_days,
    latest=_whenever,
    carry_out=_schedule,
)
RESCHEDULE: Final = Plan(
    name="reschedule",
    make=RescheduleTicket,
    check=_may_reschedule,
    days=_days,
    latest=_whenever,
    carry_out=_reschedule,
    reasons=RESCHEDULE_REASONS,
)


async def schedule_ticket(command: ScheduleTicket, uow: UnitOfWork) -> None:
    await naming_day.pressed(SCHEDULE, command, uow)


async def reschedule_ticket(command: RescheduleTicket, uow: UnitOfWork) -> None:
    await naming_day.pressed(RESCHEDULE, command, uow)


HANDLERS: dict[type[Command], Handler] = {
    ScheduleTicket: schedule_ticket,
    RescheduleTicket: reschedule_ticket,
    RemindPlanned: remind_planned,
    TellMissed: tell_missed,
}
AWAITED: dict[str, Taker] = {**naming_day.takers_of(SCHEDULE), **naming_day.takers_of(RESCHEDULE)}
