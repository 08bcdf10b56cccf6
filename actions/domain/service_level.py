"""Service levels: when a matter must be accepted, first answered and settled."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from actions.domain.category import IssueCategory, WorkCalendar
from actions.domain.working_hours import WorkingHours

#: The taxonomy writes a working day as 1440 minutes and shorter promises in working minutes.
WORKING_DAY: Final = 1440


@dataclass(frozen=True, kw_only=True)
class ServiceLevel:
    """The three promises of a ticket, in UTC."""

    accept_by: datetime
    contact_by: datetime
    settle_by: datetime


def service_level(category: IssueCategory, start: datetime, hours: WorkingHours) -> ServiceLevel:
    """The promises of a category from the moment its clock starts."""

    def by(minutes: int) -> datetime:
        counted = counted_minutes(minutes, category.calendar, hours)
        return due_at(start, counted, category.calendar, hours)

    return ServiceLevel(
        accept_by=by(category.accept_min),
        contact_by=by(category.contact_min),
        settle_by=by(category.settle_min),
    )


def counted_minutes(minutes: int, calendar: WorkCalendar, hours: WorkingHours) -> int:
    """Minutes of the taxonomy as minutes of its calendar: 1440 of `work` are one working day."""
    if calendar is WorkCalendar.ALWAYS:
        return minutes
    days, rest = divmod(minutes, WORKING_DAY)
    return days * hours.minutes_a_day + min(rest, hours.minutes_a_day)


def due_at(start: datetime, minutes: int, calendar: WorkCalendar, hours: WorkingHours) -> datetime:
    """The moment `minutes` after `start`, counting only what the calendar counts."""
    _require_aware(start)
    left = timedelta(minutes=minutes)
    if calendar is WorkCalendar.ALWAYS or minutes <= 0:
        return start.astimezone(UTC) + max(left, timedelta())
    for opens, closes in hours.openings_from(start):
        begins = max(opens, start)
        if closes - begins >= left:
            return begins.astimezone(UTC) + left
        left -= closes - begins
    raise AssertionError("working time has no end")


def moment_before(
    due: datetime, length: timedelta, calendar: WorkCalendar, hours: WorkingHours
) -> datetime:
    """The moment after which `length` of the calendar's time is left until `due`."""
    _require_aware(due)
    if calendar is WorkCalendar.ALWAYS or not length:
        return due.astimezone(UTC) - length
    left = length
    for opens, closes in hours.openings_until(due):
        ends = min(closes, due)
        if ends - opens >= left:
            return ends.astimezone(UTC) - left
        left -= ends - opens
    raise AssertionError("working time has no beginning")


def moment_after(
    start: datetime, length: timedelta, calendar: WorkCalendar, hours: WorkingHours
) -> datetime:
    """The moment `length` of the calendar's time after `start`, to the second."""
    _require_aware(start)
    return _after(start, length, calendar, hours)


def elapsed(
    start: datetime, until: datetime, calendar: WorkCalendar, hours: WorkingHours
) -> timedelta:
    """How much of the calendar's time lies between two moments; zero if `until` is earlier."""
    _require_aware(start, until)
    if calendar is WorkCalendar.ALWAYS:
        return max(until - start, timedelta())
    total = timedelta()
    for opens, closes in hours.openings_from(start):
        if opens >= until:
            return total
        total += min(closes, until) - max(opens, start)
    raise AssertionError("working time has no end")


def resumed(
    due: datetime,
    paused_at: datetime,
    resumed_at: datetime,
    calendar: WorkCalendar,
    hours: WorkingHours,
) -> datetime:
    """A due time after a pause: what was left when it began is left when it ends."""
    if due <= paused_at:
        return due.astimezone(UTC)
    left = elapsed(paused_at, due, calendar, hours)
    return _after(resumed_at, left, calendar, hours)


def _after(
    start: datetime, left: timedelta, calendar: WorkCalendar, hours: WorkingHours
) -> datetime:
    minutes, seconds = divmod(left, timedelta(minutes=1))
    whole = due_at(start, minutes, calendar, hours)
    if not seconds:
        return whole
    if calendar is WorkCalendar.ALWAYS:
        return whole + seconds
    opens, _ = next(hours.openings_from(whole))
    return max(opens, whole).astimezone(UTC) + seconds


def _require_aware(*moments: datetime) -> None:
    if any(moment.tzinfo is None for moment in moments):
        raise ValueError("times must be aware")
