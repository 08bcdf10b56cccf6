"""Read a YAML file piece by piece, collecting every problem with the place it was found at."""

import re
from collections.abc import Hashable, Iterator
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, TypeVar

import yaml

from actions.domain.day_span import MIDNIGHT, DaySpan

_Choice = TypeVar("_Choice", bound=StrEnum)
_UNITS: Final = {"m": "minutes", "h": "hours", "d": "days"}
_WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SPAN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
_ABSENT: Final = object()


class _OnceOnlyLoader(yaml.CSafeLoader):
    """A safe loader, in C, that refuses a key written twice instead of keeping the last one."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002
        seen: set[object] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                line = key_node.start_mark.line + 1
                raise yaml.YAMLError(f"line {line}: {key} is written twice")
            seen.add(key)
        return super().construct_mapping(node, deep)


class Node:
    """A value in a file. A wrong value is reported once and replaced by an empty one."""

    def __init__(self, value: Any, where: str, problems: list[str]) -> None:
        self._value = value
        self._where = where
        self._problems = problems

    @classmethod
    def of_file(cls, path: Path, problems: list[str]) -> "Node":
        try:
            value = yaml.load(path.read_text("utf-8"), _OnceOnlyLoader)  # noqa: S506
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            problems.append(f"{path.name}: {' '.join(str(error).split())}")
            value = _ABSENT
        return cls(value, f"{path.name}: ", problems)

    def report(self, what: str) -> None:
        """Note a problem at this place."""
        self._problems.append(f"{self._where.removesuffix(': ')}: {what}")

    @property
    def is_absent(self) -> bool:
        return self._value is _ABSENT

    @property
    def is_mapping(self) -> bool:
        return isinstance(self._value, dict)

    @property
    def raw(self) -> Any:
        """The value as it was read."""
        return None if self.is_absent else self._value

    def child(self, key: str) -> "Node":
        """A value that has to be there."""
        child = self.maybe(key)
        if child is None:
            if not self.is_absent:
                self.report(f"{key} is missing")
            return Node(_ABSENT, self._below(key), self._problems)
        return child

    def maybe(self, key: str) -> "Node | None":
        if not isinstance(self._value, dict) or self._value.get(key) is None:
            return None
        return Node(self._value[key], self._below(key), self._problems)

    def each(self) -> Iterator["Node"]:
        """The values of a list."""
        for index, value in enumerate(self._take(list, "a list", [])):
            yield Node(value, f"{self._where}[{index}]", self._problems)

    def entries(self) -> Iterator[tuple[str, "Node"]]:
        """The keys and values of a mapping."""
        for key, value in self._take(dict, "a mapping", {}).items():
            yield str(key), Node(value, self._below(str(key)), self._problems)

    def only(self, *allowed: str) -> None:
        """Report keys nobody reads, which are most often misspelt."""
        for key, node in self.entries():
            if key not in allowed:
                node.report(f"unknown key; known here: {', '.join(allowed)}")

    def text(self) -> str:
        return str(self._take(str, "a text", "")).strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts that may be left out."""
        child = self.maybe(key)
        return tuple(node.text() for node in child.each()) if child else ()

    def names(self, key: str, locales: tuple[str, ...]) -> dict[str, str]:
        """A text in every language of the community."""
        child = self.child(key)
        found = {name: node.text() for name, node in child.entries()}
        for locale in locales:
            if not found.get(locale) and not child.is_absent:
                child.report(f"no text in {locale}")
        return {locale: found.get(locale, "") for locale in locales}

    def integer(self) -> int:
        value = self._take(int, "a whole number", 0)
        if isinstance(value, bool) or value < 0:
            self.report(f"expected a whole number, found {value!r}")
            return 0
        return int(value)

    def number(self) -> float:
        return float(self._take((int, float), "a number", 0))

    def likelihood(self) -> float:
        """One given in percent would silently never be reached."""
        found = self.number()
        if not 0 <= found <= 1:
            self.report(f"expected a number from 0 to 1, found {found:g}")
        return found

    def boolean(self) -> bool:
        return bool(self._take(bool, "true or false", default=False))

    def day(self) -> date:
        """A day, also as the text it is stored as."""
        if isinstance(self._value, str):
            try:
                return date.fromisoformat(self._value)
            except ValueError:
                self.report(f"expected a day such as 2026-10-01, found {self._value!r}")
                return date.min
        return self._take(date, "a day such as 2026-10-01", date.min)  # type: ignore[no-any-return]

    def duration(self) -> timedelta:
        match = re.fullmatch(r"(\d{1,5})([mhd])", self.text())
        if not match:
            if not self.is_absent:
                self.report("expected a duration such as 15m, 24h or 7d")
            return timedelta()
        return timedelta(**{_UNITS[match[2]]: int(match[1])})

    def span(self) -> DaySpan:
        match = _SPAN.fullmatch(self.text())
        if match:
            h1, m1, h2, m2 = (int(part) for part in match.groups())
            start, end = h1 * 60 + m1, h2 * 60 + m2
            if start < MIDNIGHT and 0 < end <= MIDNIGHT and start != end:
                return DaySpan(start, end)
        if not self.is_absent:
            self.report('expected hours such as "08:30-12:00"')
        return DaySpan(0, MIDNIGHT)

    def weekdays(self) -> frozenset[int]:
        return frozenset(_WEEKDAYS.index(node.one_of(_WEEKDAYS)) for node in self.each())

    def one_of(self, allowed: tuple[str, ...]) -> str:
        text = self.text()
        if text not in allowed:
            if not self.is_absent:
                self.report(f"{text!r} is not one of {', '.join(allowed)}")
            return allowed[0]
        return text

    def choice(self, choices: type[_Choice]) -> _Choice:
        return choices(self.one_of(tuple(member.value for member in choices)))

    def _below(self, key: str) -> str:
        return f"{self._where}{key}" if self._where.endswith(": ") else f"{self._where}.{key}"

    def _take(self, kind: Any, words: str, default: Any) -> Any:
        if isinstance(self._value, kind):
            return self._value
        if not self.is_absent:
            self.report(f"expected {words}, found {self._value!r}")
        return default
