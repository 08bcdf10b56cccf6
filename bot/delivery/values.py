"""`Wording`: typed values and templates become words of the reader's language."""

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import Any, Protocol

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from actions.application.ports import Clock
from actions.domain.category import IssueCategory
from actions.domain.community import Door
from actions.domain.identifiers import AreaCode, LeafCode
from actions.domain.place import Landmark
from bot.texts import Catalogue, fill, language_of, placeholders

log = logging.getLogger(__name__)

#: How each language is called by Babel.
_BABEL = {"zh_CN": "zh_Hans_CN", "zh_HK": "zh_Hant_HK", "en": "en_GB"}
#: How each language's names are called in the community's files.
_NAMES = {"zh_CN": "zh-CN", "zh_HK": "zh-HK", "en": "en"}
#: A day that is neither today nor beside it: this year's and another year's.
_DATES = {
    "zh_CN": ("M月d日 EEE", "y年M月d日 EEE"),
    "zh_HK": ("M月d日 EEEE", "y年M月d日 EEEE"),
    "en": ("EEE d MMM", "EEE d MMM y"),
}
_MONTHS = {
    "zh_CN": ("M月", "y年M月"),
    "zh_HK": ("M月", "y年M月"),
    "en": ("MMMM", "MMMM y"),
}
_BETWEEN = {"zh_CN": " ", "zh_HK": " ", "en": ", "}
_BESIDE_TODAY = {-1: "day_yesterday", 0: "day_today", 1: "day_tomorrow"}
_CIRCLED_ONE = ord("①")
_CIRCLED = 20


class Names(Protocol):
    """What the community calls its places and kinds of matter."""

    @property
    def texts(self) -> Mapping[str, Mapping[str, str]]: ...
    @property
    def timezone(self) -> tzinfo: ...
    @property
    def name(self) -> Mapping[str, str]: ...
    @property
    def doors(self) -> Sequence[Door]: ...
    def label(self, code: AreaCode, locale: str) -> str: ...
    def landmark(self, code: str) -> Landmark | None: ...
    def category(self, code: LeafCode) -> IssueCategory: ...
    def top_name(self, top: str) -> dict[str, str]: ...


class Wording:
    """Never raises over a value: what cannot be said is left out and logged."""

    def __init__(self, catalogue: Catalogue, names: Names, clock: Clock) -> None:
        self._catalogue = catalogue
        self._names = names
        self._clock = clock
        self.telegram_name = ""  #: of our bot there, once it is known
        self._kinds: dict[str, Callable[[Any, str], str]] = {
            "$moment": self._moment,
            "$month": self._month,
            "$category": self._category,
            "$role": lambda code, locale: self.render(f"role_{code}", {}, locale),
            "$status": lambda code, locale: self.render(f"status_{code}", {}, locale),
            "$place": self._place,
            "$number": lambda number, _locale: f"**{number}**",
            "$named": lambda names, locale: names[_NAMES[language_of(locale)]],
            "$joined": self._joined,
            "$numbered": self._numbered,
            "$phones": self._phones,
            "$doors": self._doors,
            "$door": self._door,
            "$top": self._top,
            "$first_step": self._first_step,
            "$telegram": self._telegram_link,
            "$community": lambda _yes, locale: names.name[_NAMES[language_of(locale)]],
        }

    def render(self, key: str, params: Mapping[str, Any], locale: str) -> str:
        """The text of a key; a value that is missing is left out, an unknown key says so."""
        template = self._template(key, locale)
        if template is None:
            _complain("no such text", template=key)
            return self._catalogue.template("text_missing", locale) or ""
        wanted = placeholders(template)
        words = {name: self.value(params.get(name), locale) for name in wanted}
        lost = sorted(name for name in wanted if params.get(name) is None)
        if lost:
            _complain("a value is missing", template=key, lost=", ".join(lost))
        return fill(template, words)

    def _template(self, key: str, locale: str) -> str | None:
        """The community's own sentence where it has one that fits this product's."""
        usual = self._catalogue.template(key, locale)
        own = self._names.texts.get(_NAMES[language_of(locale)], {}).get(key)
        if own is None or usual is None or placeholders(own) - placeholders(usual):
            return usual
        return own

    def value(self, value: Any, locale: str) -> str:
        """One value: plain words stay as they are, typed ones are put into the language."""
        match value:
            case None:
                return ""
            case Mapping():
                return self._typed(value, locale)
            case list() | tuple():
                return self._listed([self.value(item, locale) for item in value], locale)
            case float():
                return format_decimal(value, locale=_BABEL[language_of(locale)])
        return str(value)

    def _typed(self, value: Mapping[str, Any], locale: str) -> str:
        if "$text" in value:
            return self.render(str(value["$text"]), value.get("params") or {}, locale)
        kind = next(iter(value), "")
        try:
            return self._kinds[kind](value[kind], locale)
        except (KeyError, ValueError, TypeError, AttributeError, StopIteration) as error:
            _complain("a value cannot be said", kind=str(kind), error=repr(error))
            return ""

    def _telegram_link(self, code: str, locale: str) -> str:
        url = self.telegram_address(code)
        return self.render("link_on_telegram", {"url": url}, locale) if url else ""

    def telegram_address(self, code: str) -> str:
        """Where one tap gives a code on Telegram; empty where Telegram is off."""
        return f"https://t.me/{self.telegram_name}?start={code}" if self.telegram_name else ""

    def _moment(self, iso: str, locale: str) -> str:
        """今天 16:30, 明天, 11月22日 周日 10:00; a date without a time is a day."""
        language = language_of(locale)
        is_day = len(iso) == len("2026-11-22")
        at = datetime.fromisoformat(iso)
        if at.tzinfo is None and not is_day:
            raise ValueError("a moment must be aware")
        local = at if is_day else at.astimezone(self._names.timezone)
        today = self._clock.now().astimezone(self._names.timezone).date()
        day = self._day(local.date(), today, locale)
        if is_day:
            return day
        near = (local.date() - today).days in _BESIDE_TODAY
        return f"{day} {local:%H:%M}" if near else f"{day}{_BETWEEN[language]}{local:%H:%M}"

    def _month(self, iso: str, locale: str) -> str:
        """3月, or 2025年3月 when that year is over."""
        language = language_of(locale)
        zone = self._names.timezone
        day = datetime.fromisoformat(iso).astimezone(zone).date()
        is_over = day.year != self._clock.now().astimezone(zone).year
        return format_date(day, _MONTHS[language][is_over], locale=_BABEL[language])

    def _day(self, day: date, today: date, locale: str) -> str:
        language = language_of(locale)
        word = _BESIDE_TODAY.get((day - today).days)
        if word:
            return self.render(word, {}, locale)
        pattern = _DATES[language][0 if day.year == today.year else 1]
        return format_date(day, pattern, locale=_BABEL[language])

    def _category(self, code: str, locale: str) -> str:
        category = self._names.category(LeafCode(code))
        name = _NAMES[language_of(locale)]
        return category.label.get(name) or category.name[name]

    def _place(self, code: str, locale: str) -> str:
        """An area by its code or path, or a landmark."""
        name = _NAMES[language_of(locale)]
        if landmark := self._names.landmark(code):
            return landmark.name[name]
        return self._names.label(AreaCode(code.rsplit("/", 1)[-1]), name)

    def _phones(self, numbers: list[dict[str, Any]], locale: str) -> str:
        name = _NAMES[language_of(locale)]
        return self._listed([f"{each['name'][name]} {each['dial']}" for each in numbers], locale)

    def _doors(self, keys: list[str], locale: str) -> str:
        """One line a door: who, what for, how to reach them."""
        name = _NAMES[language_of(locale)]
        doors = [door for door in self._names.doors if door.key in keys]
        return "\n".join(
            self.render(
                "door",
                {"who": door.name[name], "what_for": door.what_for[name], "how": door.how[name]},
                locale,
            )
            for door in doors
        )

    def _door(self, key: str, locale: str) -> str:
        found = (door for door in self._names.doors if door.key == key)
        return next(found).name[_NAMES[language_of(locale)]]

    def _top(self, code: str, locale: str) -> str:
        return self._names.top_name(code)[_NAMES[language_of(locale)]]

    def _first_step(self, code: str, locale: str) -> str:
        return self._names.category(LeafCode(code)).temporary_step[_NAMES[language_of(locale)]]

    def _listed(self, said: list[str], locale: str) -> str:
        return format_list([each for each in said if each], locale=_BABEL[language_of(locale)])

    def _joined(self, parts: list[Any], locale: str) -> str:
        between = self._catalogue.template("between_parts", locale) or " "
        said = [self.value(part, locale) for part in parts]
        return between.join(part for part in said if part)

    def _numbered(self, items: list[Any], locale: str) -> str:
        lines = [self.value(item, locale) for item in items]
        return "\n".join(f"{_mark(index)} {line}" for index, line in enumerate(lines))


def _mark(index: int) -> str:
    return chr(_CIRCLED_ONE + index) if index < _CIRCLED else f"({index + 1})"


def _complain(what: str, **about: str) -> None:
    log.error("cannot render: %s", what, extra={"action": "render_gap", **about})
