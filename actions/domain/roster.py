"""The roster: who works for the community, where, with what skills and at what hours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from actions.domain.day_span import DaySpan
from actions.domain.identifiers import AreaCode
from actions.domain.people import Role
from actions.domain.working_hours import WorkingHours


def _day_of(span: DaySpan, at: datetime, hours: WorkingHours) -> date | None:
    """The local day on which the turn of `span` that holds `at` began."""
    local = at.astimezone(hours.timezone)
    if not span.holds(local.time()):
        return None
    began_yesterday = span.wraps and local.hour * 60 + local.minute < span.end
    return local.date() - timedelta(days=int(began_yesterday))


@dataclass(frozen=True, kw_only=True)
class Shift:
    """Hours somebody works by rule: on working days, or on every day."""

    code: str
    spans: tuple[DaySpan, ...]
    every_day: bool = False

    def holds(self, at: datetime, hours: WorkingHours) -> bool:
        days = (_day_of(span, at, hours) for span in self.spans)
        return any(day and (self.every_day or hours.is_working_day(day)) for day in days)


@dataclass(frozen=True, kw_only=True)
class RosterEntry:
    """One person or desk. `skills` are top or leaf codes; none means everything."""

    key: str
    roles: tuple[Role, ...]
    areas: tuple[AreaCode, ...]
    name: dict[str, str]
    skills: frozenset[str] = frozenset()
    load_cap: int = 20
    shift: str = "office"


@dataclass(frozen=True, kw_only=True)
class DutyTurn:
    """People on call beyond their shift: these hours on these weekdays (0 is Monday)."""

    weekdays: frozenset[int]
    span: DaySpan
    people: tuple[str, ...]

    def holds(self, at: datetime, hours: WorkingHours) -> bool:
        day = _day_of(self.span, at, hours)
        return day is not None and day.weekday() in self.weekdays


def on_duty(
    at: datetime,
    roster: Mapping[str, RosterEntry],
    shifts: Mapping[str, Shift],
    turns: tuple[DutyTurn, ...],
    hours: WorkingHours,
) -> frozenset[str]:
    """Keys of everybody who is at work or on call at a moment."""
    working = {key for key, entry in roster.items() if shifts[entry.shift].holds(at, hours)}
    on_call = {key for turn in turns if turn.holds(at, hours) for key in turn.people}
    return frozenset(working | on_call)
