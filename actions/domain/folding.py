"""Fold text to plain characters while remembering where each one came from."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

#: What may sit inside a word or number without being seen: joiners, marks, keycaps.
_UNSEEN = frozenset({"Cf", "Mn", "Me"})


@dataclass(frozen=True)
class Folded:
    """Folded text; `origin[i]` is the index in the original of the i-th folded character."""

    text: str
    origin: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the folded text as a stretch of the original."""
        return self.origin[start], self.origin[end - 1] + 1


def fold(text: str, also: Mapping[str, str] | None = None) -> Folded:
    """NFKC and upper case character by character, invisible ones dropped, then `also` applied."""
    table = also or {}
    letters: list[str] = []
    origin: list[int] = []
    for index, original in enumerate(text):
        for letter in _plain(original):
            letters.append(table.get(letter, letter))
            origin.append(index)
    return Folded("".join(letters), tuple(origin))


@lru_cache(maxsize=16_384)
def _plain(letter: str) -> str:
    if letter.isascii():
        return letter.upper()
    if unicodedata.category(letter) in _UNSEEN:
        return ""
    upper = unicodedata.normalize("NFKC", letter).upper()
    return "".join(c for c in upper if unicodedata.category(c) not in _UNSEEN)
