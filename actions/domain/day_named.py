"""A day in words: 明天下午3点, 下周二, 听日朝早, 12月3日, tomorrow 3pm. Pure; never guesses.

Words that name two different days, or turn one down (明天不行), name none.
"""

import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from actions.domain.calendar_words import days_in
from actions.domain.clock_words import (
    PARTS,
    UnclearHour,
    hours_ahead,
    part_in,
    time_in,
    turns_down,
)

#: Nobody plans further ahead than this.
FURTHEST: Final = timedelta(days=365)
_FOR_SIMPLE: Final = str.maketrans("點時後週禮個兩號聽晝過這", "点时后周礼个两号听昼过这")


@dataclass(frozen=True)
class DayNamed:
    """A day, perhaps a part of it, perhaps an hour."""

    day: date
    part: str = ""  #: one of `PARTS`
    at: time | None = None

    def begins(self, zone: tzinfo) -> datetime:
        """When it is time, in UTC; of a whole day its morning."""
        wall = self.at or time(PARTS[self.part or "morning"][0])
        return datetime.combine(self.day, wall, zone).astimezone(UTC)

    def ends(self, zone: tzinfo) -> datetime:
        """When it is over, in UTC: the hour itself, the end of the part, or of the day."""
        wall = self.at or time(PARTS[self.part or "evening"][1])
        return datetime.combine(self.day, wall, zone).astimezone(UTC)

    def is_past(self, now: datetime, zone: tzinfo) -> bool:
        return self.ends(zone) <= now

    def is_too_far(self, now: datetime, zone: tzinfo) -> bool:
        return self.day - now.astimezone(zone).date() > FURTHEST

    def stored(self, zone: tzinfo) -> str:
        """As buttons and the timeline keep it: 2026-11-21, 2026-11-21/morning, or a moment."""
        if self.at:
            return self.begins(zone).isoformat()
        return f"{self.day}/{self.part}" if self.part else self.day.isoformat()


def day_from(stored: str, zone: tzinfo) -> DayNamed:
    """The reverse of `DayNamed.stored`.

    Raises:
        ValueError: it is no such text.
    """
    day, _, part = stored.partition("/")
    if part and part not in PARTS:
        raise ValueError(stored)
    if "T" in day:
        local = datetime.fromisoformat(day).astimezone(zone)
        return DayNamed(local.date(), at=local.time())
    return DayNamed(date.fromisoformat(day), part)


def day_named(text: str, now: datetime, zone: tzinfo) -> DayNamed | None:
    """The one day the words name, seen from `now`; None when they name none or several."""
    words = unicodedata.normalize("NFKC", text).translate(_FOR_SIMPLE).casefold()
    local = now.astimezone(zone)
    if turns_down(words):
        return None
    ahead = hours_ahead(words)
    if ahead is not None:
        soon = local + ahead
        return DayNamed(soon.date(), at=soon.time().replace(second=0, microsecond=0))
    days, rest = days_in(words, local.date())
    part = part_in(words)
    try:
        at = time_in(rest, part)
    except UnclearHour:
        return None
    if len(days) > 1 or (not days and not part and at is None):
        return None
    named = DayNamed(days.pop() if days else local.date(), "" if at else part, at)
    if days or named.day != local.date() or not named.is_past(now, zone):
        return named
    return named if _names_today(words) else DayNamed(named.day + timedelta(days=1), named.part, at)


def _names_today(words: str) -> bool:
    return any(word in words for word in ("今", "today", "tonight"))
