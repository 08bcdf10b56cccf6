"""Traces: whether a text repeats what a person once said, however it was cut or spaced."""

import unicodedata
from collections.abc import Iterable
from typing import Any, Final

#: So many letters in a row are no accident.
RUN: Final = 6
#: Shorter than this, a mark tells nothing.
SHORTEST: Final = 2
#: What stands where somebody's words stood.
REMOVED: Final = "〔已应本人要求删除〕"


class Traces:
    """Everything a person said, ready to be found again.

    `marks` are short and telling (a name): they count wherever they stand. `common` are names
    anybody uses (of places, of categories): to repeat one repeats nobody, and it stays.
    """

    def __init__(
        self, said: Iterable[str], marks: Iterable[str] = (), common: Iterable[str] = ()
    ) -> None:
        self._common = sorted({name for name in common if name}, key=len, reverse=True)
        self._runs: set[str] = set()
        self._whole: set[str] = set()
        for text in said:
            folded = _folded(text)
            self._whole.add(folded)
            self._runs.update(_runs(folded))
        names = {_folded(name) for name in self._common}
        self._whole -= {"", *names}
        self._runs.difference_update(*map(_runs, names))
        self._marks = {mark for mark in map(_folded, marks) if len(mark) >= SHORTEST}

    def __bool__(self) -> bool:
        return bool(self._whole or self._marks)

    def are_in(self, text: str) -> bool:
        """Whether the text repeats some of it."""
        folded = _folded(text)
        return (
            folded in self._whole
            or any(run in self._runs for run in _runs(folded))
            or any(mark in folded for mark in self._marks)
        )

    def removed_from(self, value: Any) -> Any:
        """The JSON value with every text replaced that repeats some of it."""
        if isinstance(value, str):
            return self._without(value) if self.are_in(value) else value
        if isinstance(value, dict):
            return {key: self.removed_from(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.removed_from(item) for item in value]
        return value

    def _without(self, text: str) -> str:
        """The name of a place or a matter at the beginning stays."""
        for name in self._common:
            if text.startswith(name) and not self.are_in(name):
                return f"{name} {REMOVED}"
        return REMOVED


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def _runs(folded: str) -> Iterable[str]:
    return (folded[start : start + RUN] for start in range(len(folded) - RUN + 1))
