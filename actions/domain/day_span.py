"""A stretch of the day on the clock of the wall, such as 08:30–12:00 or 22:00–07:00."""

from dataclasses import dataclass
from datetime import time

MIDNIGHT = 24 * 60


@dataclass(frozen=True, order=True)
class DaySpan:
    """From `start` up to `end`, in minutes after midnight; past midnight when `end` is earlier."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not (0 <= self.start < MIDNIGHT and 0 < self.end <= MIDNIGHT) or self.start == self.end:
            raise ValueError(f"{self.start}–{self.end}")

    @property
    def wraps(self) -> bool:
        return self.end < self.start

    @property
    def minutes(self) -> int:
        return (self.end - self.start) % MIDNIGHT or MIDNIGHT

    def holds(self, at: time) -> bool:
        minute = at.hour * 60 + at.minute
        if self.wraps:
            return minute >= self.start or minute < self.end
        return self.start <= minute < self.end
