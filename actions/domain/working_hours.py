"""Working hours: which minutes a clock of working time counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from actions.domain.day_span import DaySpan

_MONDAY_TO_FRIDAY = frozenset(range(5))


@dataclass(frozen=True, kw_only=True)
class WorkingHours:
    """Spans of a working day in local time, days off, and weekend days worked instead (调休)."""

    timezone: tzinfo
    spans: tuple[DaySpan, ...]
    weekdays: frozenset[int] = _MONDAY_TO_FRIDAY  #: 0 is Monday
    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if not self.spans or not self.weekdays or any(span.wraps for span in self.spans):
            raise ValueError("working hours need at least one span within a day, and a weekday")

    @property
    def minutes_a_day(self) -> int:
        return sum(span.minutes for span in self.spans)

    def is_working_day(self, day: date) -> bool:
        if day in self.workdays:
            return True
        return day.weekday() in self.weekdays and day not in self.holidays

    def is_open(self, at: datetime) -> bool:
        local = at.astimezone(self.timezone)
        return self.is_working_day(local.date()) and any(
            span.holds(local.time()) for span in self.spans
        )

    def openings_from(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Every stretch of working time that ends after `at`, in UTC, without end."""
        day = at.astimezone(self.timezone).date()
        while True:
            if self.is_working_day(day):
                for span in sorted(self.spans):
                    opens, closes = self._moment(day, span.start), self._moment(day, span.end)
                    if closes > at:
                        yield opens, closes
            day += timedelta(days=1)

    def openings_until(self, at: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Every stretch of working time that begins before `at`, the latest first, without end."""
        day = at.astimezone(self.timezone).date()
        while True:
            if self.is_working_day(day):
                for span in sorted(self.spans, reverse=True):
                    opens, closes = self._moment(day, span.start), self._moment(day, span.end)
                    if opens < at:
                        yield opens, closes
            day -= timedelta(days=1)

    def _moment(self, day: date, minute: int) -> datetime:
        extra, minute = divmod(minute, 24 * 60)
        wall = time(*divmod(minute, 60), tzinfo=self.timezone)
        return datetime.combine(day + timedelta(days=extra), wall).astimezone(UTC)
