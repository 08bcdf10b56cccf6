"""A clock that stands still until it is moved."""

from datetime import UTC, datetime, timedelta

NOON_IN_SHANGHAI = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


class FrozenClock:
    """Fits the `Clock` port."""

    def __init__(self, now: datetime = NOON_IN_SHANGHAI) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def advance(self, step: timedelta) -> datetime:
        self._now += step
        return self._now

    def set(self, moment: datetime) -> None:
        self._now = moment.astimezone(UTC)
