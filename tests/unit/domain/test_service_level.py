"""Clocks count working time where they should, and never run backwards."""

# ruff: noqa: DTZ001 - naive times are what hypothesis wants, and what is refused

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.domain.category import WorkCalendar
from actions.domain.day_span import DaySpan
from actions.domain.service_level import counted_minutes, due_at, elapsed, resumed
from actions.domain.working_hours import WorkingHours

SHANGHAI = ZoneInfo("Asia/Shanghai")
HOURS = WorkingHours(
    timezone=SHANGHAI,
    spans=(DaySpan(8 * 60 + 30, 12 * 60), DaySpan(14 * 60, 17 * 60 + 30)),
    holidays=frozenset(
        {
            date(2026, 10, 1),
            date(2026, 10, 2),
            date(2026, 10, 5),
            date(2026, 10, 6),
            date(2026, 10, 7),
        }
    ),
    workdays=frozenset({date(2026, 9, 20), date(2026, 10, 10)}),
)
WORK, ALWAYS = WorkCalendar.WORK, WorkCalendar.ALWAYS
MOMENTS = st.datetimes(datetime(2026, 9, 1), datetime(2026, 11, 30), timezones=st.just(UTC))
MINUTES = st.integers(0, 5000)
CALENDARS = st.sampled_from(WorkCalendar)


def _local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        ("2026-11-20 09:00", 60, "2026-11-20 10:00"),
        ("2026-11-20 11:00", 120, "2026-11-20 15:00"),
        ("2026-11-20 11:00", 60, "2026-11-20 12:00"),
        ("2026-11-20 12:30", 30, "2026-11-20 14:30"),
        ("2026-11-20 17:00", 60, "2026-11-23 09:00"),
        ("2026-11-21 10:00", 240, "2026-11-23 14:30"),
        ("2026-11-20 03:00", 1, "2026-11-20 08:31"),
        ("2026-09-30 17:00", 60, "2026-10-08 09:00"),
        ("2026-10-09 17:00", 60, "2026-10-10 09:00"),
        ("2026-09-20 08:00", 30, "2026-09-20 09:00"),
        ("2026-11-20 12:30", 0, "2026-11-20 12:30"),
    ],
)
def test_working_minutes_skip_lunch_nights_weekends_and_holidays(
    start: str, minutes: int, due: str
) -> None:
    assert due_at(_local(start), minutes, WORK, HOURS) == _local(due)


def test_the_round_the_clock_calendar_counts_every_minute() -> None:
    assert due_at(_local("2026-10-01 23:50"), 15, ALWAYS, HOURS) == _local("2026-10-02 00:05")


def test_due_times_are_in_utc() -> None:
    assert due_at(_local("2026-11-20 09:00"), 60, WORK, HOURS).tzinfo is UTC


def test_naive_times_are_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        due_at(datetime(2026, 11, 20, 9), 60, WORK, HOURS)


def test_a_day_of_the_taxonomy_is_one_working_day() -> None:
    assert counted_minutes(240, WORK, HOURS) == 240
    assert counted_minutes(1440, WORK, HOURS) == HOURS.minutes_a_day == 420
    assert counted_minutes(7 * 1440, WORK, HOURS) == 7 * 420
    assert counted_minutes(1440, ALWAYS, HOURS) == 1440


@given(st.integers(0, 50_000), st.integers(0, 50_000))
def test_longer_promises_count_at_least_as_much(a: int, b: int) -> None:
    a, b = sorted((a, b))
    assert counted_minutes(a, WORK, HOURS) <= counted_minutes(b, WORK, HOURS)


@given(MOMENTS, MINUTES, MINUTES, CALENDARS)
def test_more_minutes_are_never_due_earlier(
    start: datetime, a: int, b: int, calendar: WorkCalendar
) -> None:
    a, b = sorted((a, b))
    assert start <= due_at(start, a, calendar, HOURS) <= due_at(start, b, calendar, HOURS)


@given(MOMENTS, MOMENTS, MINUTES, CALENDARS)
def test_a_later_start_is_never_due_earlier(
    a: datetime, b: datetime, minutes: int, calendar: WorkCalendar
) -> None:
    a, b = sorted((a, b))
    assert due_at(a, minutes, calendar, HOURS) <= due_at(b, minutes, calendar, HOURS)


@given(MOMENTS, MINUTES, MINUTES, CALENDARS)
def test_two_clocks_in_a_row_are_one_clock(
    start: datetime, a: int, b: int, calendar: WorkCalendar
) -> None:
    in_two = due_at(due_at(start, a, calendar, HOURS), b, calendar, HOURS)
    assert in_two == due_at(start, a + b, calendar, HOURS)


@given(MOMENTS, MINUTES, CALENDARS)
def test_the_time_elapsed_until_due_is_what_was_promised(
    start: datetime, minutes: int, calendar: WorkCalendar
) -> None:
    due = due_at(start, minutes, calendar, HOURS)
    assert elapsed(start, due, calendar, HOURS) == timedelta(minutes=minutes)


@given(MOMENTS, st.integers(1, 5000))
def test_a_working_clock_always_ends_inside_working_time(start: datetime, minutes: int) -> None:
    due = due_at(start, minutes, WORK, HOURS)
    assert HOURS.is_open(due - timedelta(microseconds=1))


def test_a_pause_moves_a_round_the_clock_due_time_by_its_length() -> None:
    paused_at, due = _local("2026-11-20 08:00"), _local("2026-11-20 09:00")
    again = resumed(due, paused_at, paused_at + timedelta(hours=5), ALWAYS, HOURS)
    assert again == due + timedelta(hours=5)


def test_a_paused_working_clock_keeps_what_was_left() -> None:
    due = _local("2026-11-20 15:00")
    again = resumed(due, _local("2026-11-20 11:00"), _local("2026-11-23 17:00"), WORK, HOURS)
    assert again == _local("2026-11-24 10:00")


@given(MOMENTS, st.integers(1, 5000), MINUTES, st.integers(0, 3000), CALENDARS)
def test_a_pause_never_shortens_what_was_left(
    start: datetime, minutes: int, until: int, pause: int, calendar: WorkCalendar
) -> None:
    due = due_at(start, minutes, calendar, HOURS)
    paused_at = start + timedelta(minutes=until)
    resumed_at = paused_at + timedelta(minutes=pause)
    again = resumed(due, paused_at, resumed_at, calendar, HOURS)
    assert again >= due
    if due > paused_at:
        left = elapsed(paused_at, due, calendar, HOURS)
        assert elapsed(resumed_at, again, calendar, HOURS) == left


def test_working_hours_need_a_span_within_the_day() -> None:
    with pytest.raises(ValueError, match="span"):
        WorkingHours(timezone=SHANGHAI, spans=(DaySpan(22 * 60, 7 * 60),))
    with pytest.raises(ValueError, match="–"):
        DaySpan(60, 60)


def test_a_span_past_midnight_holds_both_ends_of_the_night() -> None:
    night = DaySpan(22 * 60, 7 * 60)
    assert night.holds(time(23))
    assert night.holds(time(6, 59))
    assert not night.holds(time(7))
    assert not night.holds(time(21, 59))
    assert night.minutes == 540
