"""Messages wait for the end of the night and of the midday rest."""

# ruff: noqa: DTZ001 - naive times are what hypothesis wants, and what is refused

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.domain.day_span import DaySpan
from actions.domain.quiet_hours import QuietHours, next_allowed

SHANGHAI = ZoneInfo("Asia/Shanghai")
QUIET = QuietHours(timezone=SHANGHAI, spans=(DaySpan(22 * 60, 7 * 60), DaySpan(12 * 60, 14 * 60)))


@pytest.mark.parametrize(
    ("at", "allowed"),
    [
        ("2026-11-20 23:10:05", "2026-11-21 07:00:00"),
        ("2026-11-21 06:59:59", "2026-11-21 07:00:00"),
        ("2026-11-21 07:00:00", "2026-11-21 07:00:00"),
        ("2026-11-21 12:00:00", "2026-11-21 14:00:00"),
        ("2026-11-21 21:59:59", "2026-11-21 21:59:59"),
    ],
)
def test_the_next_allowed_moment_is_the_end_of_the_quiet_span(at: str, allowed: str) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=SHANGHAI)
    assert next_allowed(moment, QUIET) == datetime.fromisoformat(allowed).replace(tzinfo=SHANGHAI)


def test_spans_that_touch_are_waited_out_together() -> None:
    quiet = QuietHours(timezone=SHANGHAI, spans=(DaySpan(60, 120), DaySpan(120, 180)))
    assert next_allowed(datetime(2026, 1, 1, 1, 30, tzinfo=SHANGHAI), quiet) == datetime(
        2026, 1, 1, 3, tzinfo=SHANGHAI
    )


def test_without_quiet_hours_every_moment_is_allowed() -> None:
    at = datetime(2026, 1, 1, 3, tzinfo=UTC)
    assert next_allowed(at, QuietHours(timezone=SHANGHAI)) == at


def test_naive_times_are_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        next_allowed(datetime(2026, 1, 1), QUIET)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)))
def test_the_allowed_moment_is_never_quiet_and_never_in_the_past(at: datetime) -> None:
    allowed = next_allowed(at, QUIET)
    assert allowed >= at
    assert not QUIET.is_quiet(allowed)
    assert allowed.tzinfo is UTC
