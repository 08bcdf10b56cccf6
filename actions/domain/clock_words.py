"""Hours and parts of a day in words: 下午3点半, 朝早, 3pm, 15:30, 两小时后."""

import re
from datetime import time, timedelta
from typing import Final

from actions.domain.chinese_number import NUMERALS, number_of

#: From which hour to which each part of a day goes.
PARTS: Final = {
    "morning": (8, 12),
    "noon": (12, 14),
    "afternoon": (14, 18),
    "evening": (18, 22),
}
#: From its first figure on, and whole: a long row of figures is looked at once.
_NUMBER: Final = rf"(?:(?<![{NUMERALS}两])[{NUMERALS}两]++)"
_WORDS: Final = {
    "morning": r"[今明听后]早|[今听]朝|早上|早晨|朝早|朝头早|清早|上午|上昼|\b(?:am|morning)\b",
    "noon": r"中午|正午|晌午|\b(?:noon|midday|lunchtime)\b",
    "afternoon": r"下午|下昼|晏昼|后晌|\b(?:pm|afternoon)\b",
    "evening": r"[今明听后]晚|晚上|傍晚|夜晚|夜里|入夜|\b(?:evening|tonight|night)\b",
}
_PART: Final = {part: re.compile(words) for part, words in _WORDS.items()}
_EXACT: Final = re.compile(r"(?<!\d)(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?!\d)")
_ENGLISH: Final = re.compile(
    r"(?<![\d:.])(?P<hour>1[0-2]|0?[1-9])(?:\.(?P<minute>[0-5]\d))?\s*(?P<half>[ap])\.?m\b"
)
_CHINESE: Final = re.compile(
    rf"(?P<hour>{_NUMBER})[点时](?!间|候)(?:(?P<half>半)|(?P<quarter>[一三])刻|(?P<minute>{_NUMBER})分?)?"
)
_SUFFIX: Final = re.compile(r"\s*(?P<half>[ap])\.?m\b")
_AHEAD: Final = re.compile(
    rf"(?<!个)(?P<half>半)个?(?:小时|钟头|钟)(?:之?后|以后)"
    rf"|(?P<count>{_NUMBER})个?(?P<and>半)?(?:小时|钟头|钟)(?:之?后|以后)"
    r"|\bin (?P<en>an?|\d{1,2}|two|three|four|five|six) hours?\b"
)
_ENGLISH_COUNT: Final = {"a": 1, "an": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_NO: Final = re.compile(
    r"不行|[来去]不了|[来去嚟]唔到|不得空|没空|没时间|不方便|唔得|冇空|冇时间|唔方便|还不知|不知道|唔知|不确定|未定"
    r"|今明两?|明后两?天|[一二两]两?三?天内"
    r"|can'?t|cannot|won'?t|not (?:possible|sure|available)|don'?t know"
)
#: An hour said without a part of the day is one at which people work.
_AT_WORK_FROM: Final = 7
_HOURS, _NOON, _MINUTES = 24, 12, 60


def turns_down(words: str) -> bool:
    """Whether a day is named only to be refused or doubted."""
    return bool(_NO.search(words))


def part_in(words: str) -> str:
    return next((part for part, pattern in _PART.items() if pattern.search(words)), "")


def hours_ahead(words: str) -> timedelta | None:
    """两小时后, in two hours."""
    match = _AHEAD.search(words)
    if not match:
        return None
    if match["half"]:
        return timedelta(minutes=30)
    said = match["en"] or match["count"]
    count = _ENGLISH_COUNT.get(said) or number_of(said.replace("两", "二"))
    extra = timedelta(minutes=30 if match["and"] else 0)
    return None if count is None else timedelta(hours=count) + extra


class UnclearHour(ValueError):
    """An hour is named that no clock shows, or that may be either of two."""


def time_in(words: str, part: str) -> time | None:
    """The hour the words name, in the part of the day they name.

    Raises:
        UnclearHour: it is not one hour of one day.
    """
    for pattern in (_EXACT, _ENGLISH, _CHINESE):
        match = pattern.search(words)
        if match:
            return _time(match, words, part)
    return None


def _time(match: re.Match[str], words: str, part: str) -> time:
    found = match.groupdict()
    hour, minute = number_of(found["hour"].replace("两", "二")), _minute(found)
    if hour is None or minute is None or hour >= _HOURS or minute >= _MINUTES:
        raise UnclearHour
    half = _half(match, words, part)
    if hour == _NOON and part == "evening":  # the midnight before or after?
        raise UnclearHour
    return time(_of_the_day(hour, half), minute)


def _minute(found: dict[str, str | None]) -> int | None:
    if found.get("quarter"):
        return 15 if found["quarter"] == "一" else 45
    if found.get("minute"):
        return number_of(str(found["minute"]).replace("两", "二"))
    return 30 if found.get("half") == "半" else 0


def _half(match: re.Match[str], words: str, part: str) -> str:
    """a, p, noon or '' when nothing says which half of the day."""
    after = _SUFFIX.match(words, match.end())
    said = match.groupdict().get("half") or (after and after["half"])
    if said in ("a", "p"):
        return said
    return {"morning": "a", "noon": "n", "afternoon": "p", "evening": "p"}.get(part, "")


def _of_the_day(hour: int, half: str) -> int:
    match half:
        case "a":
            return hour % _NOON if hour == _NOON else hour
        case "p":
            return hour + _NOON if hour < _NOON else hour
        case "n":
            return hour + _NOON if hour < _NOON - 1 else hour
        case _:
            return hour + _NOON if 0 < hour < _AT_WORK_FROM else hour
