"""Find the digits of a text however they are written, and where a number may begin or end."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

_WORD: Final = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
_CHINESE: Final = dict(
    zip(
        "零〇○一二三四五六七八九壹贰叁肆伍陆柒捌玖貳參陸幺",
        "0001234567891234567892361",
        strict=True,
    )
)
_LOOKALIKES: Final = {"O": "0", "I": "1", "L": "1"}
_LISTING: Final = ",、;"
_BETWEEN: Final = frozenset(" \t\r\n-‐‑‒–—―−_.·・•‧˙/\\~*+#|。()[]…" + _LISTING)
_WIDEST_GAP: Final = 5
_ISSUER: Final = 6  #: digits of the issuer on a card, of the region in an identity number
_DAY: Final = re.compile(r"(?:19|20)[0-9]{2}[\-./][0-9]{1,2}[\-./][0-9]{1,2}(?![0-9])")
_TIDY: Final = 3  #: shortest group of digits that a comma may divide


@dataclass(frozen=True)
class DigitRun:
    """Digits with nothing but separators between them; `at[i]` is where the i-th one stands."""

    digits: str
    at: tuple[int, ...]
    scripts: str
    text: str

    def is_edge(self, index: int) -> bool:
        """Whether a number may begin before (or end before) the digit at `index`."""
        if index in (0, len(self.digits)):
            return True
        changes = self.scripts[index] != self.scripts[index - 1]
        return changes or self.at[index] - self.at[index - 1] > 1

    def groups(self, start: int, end: int) -> list[int]:
        """Lengths of the pieces between separators."""
        lengths = [1]
        for index in range(start + 1, end):
            if self.at[index] - self.at[index - 1] > 1:
                lengths.append(0)
            lengths[-1] += 1
        return lengths

    def is_one_number(self, start: int, end: int) -> bool:
        """A list of short numbers ("13、14、15") is not one long number."""
        if not self._is_listed:
            return True
        between = self.text[self.at[start] : self.at[end - 1]]
        if not any(letter in _LISTING for letter in between):
            return True
        lengths = self.groups(start, end)
        return max(lengths) == 1 or min(lengths) >= _TIDY

    def is_even(self, start: int, end: int) -> bool:
        """Grouped as on a card: equal pieces, the last perhaps shorter, or 6 and the rest."""
        lengths = self.groups(start, end)
        equal = len(set(lengths[:-1])) <= 1 and lengths[-1] <= lengths[0]
        return equal or lengths[0] == _ISSUER

    def has_date(self, start: int, end: int) -> bool:
        """Whether a written day such as 2026-11-20 lies within."""
        return _DAY.search(self.text, self.at[start], self.at[end - 1] + 1) is not None

    @cached_property
    def _is_listed(self) -> bool:
        return any(c in _LISTING for c in self.text[self.at[0] : self.at[-1]])


def digit_runs(text: str, shortest: int) -> Iterator[DigitRun]:
    """Every run of at least `shortest` digits in folded, upper-case text."""
    found: list[tuple[int, str, str]] = []
    for index, letter in enumerate(text):
        digit, script = _digit(text, index)
        if digit:
            if found and index - found[-1][0] > _WIDEST_GAP:
                yield from _run(found, text, shortest)
                found = []
            found.append((index, digit, script))
        elif found and letter not in _BETWEEN:
            yield from _run(found, text, shortest)
            found = []
    yield from _run(found, text, shortest)


def _run(found: list[tuple[int, str, str]], text: str, shortest: int) -> Iterator[DigitRun]:
    if len(found) >= shortest:
        at, digits, scripts = zip(*found, strict=True)
        yield DigitRun("".join(digits), at, "".join(scripts), text)


def _digit(text: str, index: int) -> tuple[str, str]:
    """The digit a character stands for, and a letter for the script it is written in."""
    letter = text[index]
    if "0" <= letter <= "9":
        return letter, "a"
    if letter in _CHINESE:
        return _CHINESE[letter], "c"
    beside = text[max(0, index - 1) : index] + text[index + 1 : index + 2]
    if letter in _LOOKALIKES and any(_is_digit_like(other) for other in beside):
        return _LOOKALIKES[letter], "l"
    if letter == "X" and text[index + 1 : index + 2] not in _WORD:
        return "X", "a"
    return "", ""


def _is_digit_like(letter: str) -> bool:
    return "0" <= letter <= "9" or letter in _CHINESE or letter in _LOOKALIKES
