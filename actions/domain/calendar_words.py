"""Days in words, seen from today: 后天, 下周二, 12月3日, 三天后, next Friday, Dec 3."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Final

from actions.domain.chinese_number import NUMERALS, number_of

#: From its first figure on, and whole: a long row of figures is looked at once.
_N: Final = rf"(?<![{NUMERALS}两])[{NUMERALS}两]++"
_DAYS: Final = (
    (r"大后[天日]|大后年", 3),
    (r"(?<!大)后[天日早晚]|the day after tomorrow|day after tomorrow", 2),
    (r"[明听][天日早晚朝]|(?<!after )\b(?:tomorrow|tmr|tmrw)\b", 1),
    (r"今[天日早晚朝]|\b(?:today|tonight|this (?:morning|afternoon|evening))\b", 0),
    (r"昨[天日晚]|\byesterday\b", -1),
    (r"前[天日]", -2),
)
_RELATIVE: Final = tuple((re.compile(words), days) for words, days in _DAYS)
_AHEAD: Final = re.compile(
    rf"(?:过|再过)?(?P<days>{_N})个?[天日](?:之后|以后|后)|再?过(?P<more>{_N})[天日]"
    rf"|(?:过|再过)?(?P<half>半)个?月(?:之后|以后|后)"
    rf"|(?:过|再过)?(?P<weeks>{_N})个?(?:周|星期|礼拜)(?:之后|以后|后)"
    rf"|(?:过|再过)?(?P<months>{_N})个月(?:之后|以后|后)"
    r"|\bin (?P<en>an?|\d{1,3}|two|three|four|five|six|seven|ten) (?P<unit>day|week|month)s?\b"
)
_MOST: Final = 999
#: Of any other year nobody speaks here.
_YEARS: Final = range(2000, 2100)
_UNITS: Final = {"days": 1, "more": 1, "weeks": 7, "months": 30}
_ENGLISH_UNITS: Final = {"day": 1, "week": 7, "month": 30}
_ENGLISH_COUNT: Final = {
    "a": 1, "an": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10,
}  # fmt: skip
_WEEKDAYS: Final = "一二三四五六日"
_WEEKDAY: Final = re.compile(
    r"(?P<which>下下|下|[这本今上])?一?个?(?:周|星期|礼拜|拜)(?P<day>[一二三四五六日天末1-7])"
)
_ENGLISH_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ENGLISH_WEEKDAY: Final = re.compile(
    r"\b(?:(?P<which>next|this|last|coming) )?"
    r"(?P<day>mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur|urs)?(?:day)?\b"
)
_NEXT: Final = re.compile(
    r"(?P<week>下一?个?(?:周|星期|礼拜)(?![一二三四五六日天末1-7])|\bnext week\b)"
    r"|(?P<month>下一?个?月(?!\d)|\bnext month\b)|(?P<end>(?:本|这个?)?月底|\bend of the month\b)"
)
_NUMERIC: Final = re.compile(
    rf"(?P<which_month>下一?个?|[这本今]个?)月(?P<of_month>{_N})[日号]"
    rf"|(?:(?P<year>\d{{4}})年)?(?P<month>{_N})月(?P<day>{_N})[日号]?"
    r"|(?<!\d)(?P<y2>\d{4})[-/.](?P<m2>\d{1,2})[-/.](?P<d2>\d{1,2})(?!\d)"
    r"|(?<![\d/])(?P<m4>\d{1,2})/(?P<d4>\d{1,2})(?![\d/])"
    rf"|(?<![月{NUMERALS}])(?P<d3>{_N})号(?!楼|栋|门|房|网格|线|单元)"
)
_MONTHS: Final = (
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
)  # fmt: skip
_NAMES: Final = "|".join(_MONTHS)
_ENGLISH_DATE: Final = re.compile(
    rf"\b(?P<m1>{_NAMES})[a-z]*\.? (?:the )?(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\b"
    r"(?:,? (?P<y1>\d{4}))?"
    rf"|\b(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<m2>{_NAMES})[a-z]*\b(?:,? (?P<y2>\d{{4}}))?"
)
_Reader = Callable[[re.Match[str], date], date | None]


def days_in(words: str, today: date) -> tuple[set[date], str]:
    """Every day that is named, and the words without what named them."""
    found: set[date] = set()
    for pattern, reader in _readers():
        for match in list(pattern.finditer(words)):
            day = reader(match, today)
            if day is not None:
                found |= set() if _agrees(match, day, found) else {day}
                words = words.replace(match.group(), " " * len(match.group()), 1)
    return found, words


def _agrees(match: re.Match[str], day: date, found: set[date]) -> bool:
    """A bare weekday beside a day (12月3日周四) only confirms it."""
    is_bare = not match.groupdict().get("which", "said")
    return is_bare and day.weekday() in {each.weekday() for each in found}


def _readers() -> Iterator[tuple[re.Pattern[str], _Reader]]:
    """The more exact first: what one has read is gone for the next."""
    yield _NUMERIC, _numeric
    yield _ENGLISH_DATE, _english_date
    yield _AHEAD, _ahead
    for pattern, days in _RELATIVE:
        yield pattern, _shifted(days)
    yield _WEEKDAY, _weekday
    yield _ENGLISH_WEEKDAY, _english_weekday
    yield _NEXT, _next


def _shifted(days: int) -> _Reader:
    return lambda _match, today: today + timedelta(days=days)


def _ahead(match: re.Match[str], today: date) -> date | None:
    if match["half"]:
        return today + timedelta(days=15)
    if match["en"]:
        count = _ENGLISH_COUNT.get(match["en"]) or number_of(match["en"])
        return _in_days(today, count, _ENGLISH_UNITS[match["unit"]])
    said = next(name for name in _UNITS if match[name])
    return _in_days(today, _number(match[said]), _UNITS[said])


def _in_days(today: date, count: int | None, unit: int) -> date | None:
    """A count beyond any calendar is no day."""
    return None if count is None or count > _MOST else today + timedelta(days=count * unit)


def _weekday(match: re.Match[str], today: date) -> date:
    said = match["day"]
    day = {"天": 6, "末": 5, "7": 6}.get(said)
    if day is None:
        day = int(said) - 1 if said.isdecimal() else _WEEKDAYS.index(said)
    weeks = {"下下": 2, "下": 1, "上": -1, "这": 0, "本": 0, "今": 0}
    return _of_week(today, day, weeks.get(match["which"] or ""))


def _english_weekday(match: re.Match[str], today: date) -> date:
    weeks = {"next": 1, "this": 0, "last": -1}.get(match["which"] or "")
    return _of_week(today, _ENGLISH_DAYS.index(match["day"]), weeks)


def _of_week(today: date, day: int, weeks: int | None) -> date:
    """A weekday of this or another week; said alone, the next one there is."""
    if weeks is None:
        return today + timedelta(days=(day - today.weekday() - 1) % 7 + 1)
    return today - timedelta(days=today.weekday()) + timedelta(days=day + 7 * weeks)


def _next(match: re.Match[str], today: date) -> date:
    if match["week"]:
        return _of_week(today, 0, 1)
    first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return first - timedelta(days=1) if match["end"] else first


def _numeric(match: re.Match[str], today: date) -> date | None:
    if match["of_month"]:
        first = today.replace(day=1)
        if match["which_month"].startswith("下"):
            first = (first + timedelta(days=32)).replace(day=1)
        return _date(first.year, first.month, _number(match["of_month"]))
    if match["y2"]:
        return _date(int(match["y2"]), int(match["m2"]), int(match["d2"]))
    if match["m4"]:
        return _slashed(int(match["m4"]), int(match["d4"]), today)
    if match["d3"]:
        return _coming_day(_number(match["d3"]), today)
    year = int(match["year"]) if match["year"] else None
    return _coming(year, _number(match["month"]), _number(match["day"]), today)


def _slashed(first: int, second: int, today: date) -> date | None:
    """11/30 and 30/11 are clear; 3/12 is written for two different days."""
    if first == second or second > len(_MONTHS) >= first:
        return _coming(None, first, second, today)
    return _coming(None, second, first, today) if first > len(_MONTHS) >= second else None


def _english_date(match: re.Match[str], today: date) -> date | None:
    first = bool(match["m1"])
    month = _MONTHS.index(match["m1"] if first else match["m2"]) + 1
    day, year = match["d1" if first else "d2"], match["y1" if first else "y2"]
    return _coming(int(year) if year else None, month, int(day), today)


def _coming(year: int | None, month: int | None, day: int | None, today: date) -> date | None:
    """Without a year the next one there is; a day gone by less than a month is meant as gone."""
    if year is not None:
        return _date(year, month, day)
    this_year = _date(today.year, month, day)
    if this_year is not None and this_year >= today - timedelta(days=30):
        return this_year
    return _date(today.year + 1, month, day)


def _coming_day(day: int | None, today: date) -> date | None:
    """The 3rd: of this month, or of the next when it is over."""
    this_month = _date(today.year, today.month, day)
    if this_month is not None and this_month >= today:
        return this_month
    ahead = today.replace(day=1) + timedelta(days=32)
    return _date(ahead.year, ahead.month, day)


def _date(year: int, month: int | None, day: int | None) -> date | None:
    if year not in _YEARS:
        return None
    try:
        return date(year, month or 0, day or 0)
    except ValueError:
        return None


def _number(said: str) -> int | None:
    return number_of(said.replace("两", "二"))
