"""Quiet hours: when people are not written to, except in an emergency."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

from actions.domain.day_span import DaySpan


@dataclass(frozen=True, kw_only=True)
class QuietHours:
    """Stretches of every day, in local time; the end itself is no longer quiet."""

    timezone: tzinfo
    spans: tuple[DaySpan, ...] = ()

    def is_quiet(self, at: datetime) -> bool:
        return self._span_at(at) is not None

    def _span_at(self, at: datetime) -> DaySpan | None:
        local = at.astimezone(self.timezone)
        return next((span for span in self.spans if span.holds(local.time())), None)


def next_allowed(at: datetime, policy: QuietHours) -> datetime:
    """The first moment from `at` on when a message may go out, in UTC."""
    if at.tzinfo is None:
        raise ValueError("times must be aware")
    for _ in range(len(policy.spans) + 1):
        span = policy._span_at(at)  # noqa: SLF001
        if span is None:
            break
        at = _end(span, at.astimezone(policy.timezone))
    return at.astimezone(UTC)


def _end(span: DaySpan, local: datetime) -> datetime:
    """When the span that holds `local` is over."""
    minute = local.hour * 60 + local.minute
    until = span.end - minute if minute < span.end else span.end + 24 * 60 - minute
    return local.replace(second=0, microsecond=0) + timedelta(minutes=until)
