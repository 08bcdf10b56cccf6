"""Text that remembers which span of the original every one of its characters came from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Callable, Tuple

Span = Tuple[int, int]


@dataclass(frozen=True)
class AlignedText:
    """A rewritten text; `spans[i]` is where character `i` stood in the original."""

    text: str
    spans: Tuple[Span, ...]

    @classmethod
    def of(cls, original: str) -> "AlignedText":
        return cls(original, tuple((i, i + 1) for i in range(len(original))))

    def map_characters(self, rewrite: Callable[[str], str]) -> "AlignedText":
        """Rewrite each character on its own; it may vanish or become several."""
        characters: list[str] = []
        spans: list[Span] = []
        for character, span in zip(self.text, self.spans, strict=True):
            new = rewrite(character)
            characters.append(new)
            spans.extend([span] * len(new))
        return AlignedText("".join(characters), tuple(spans))

    def replace_same_length(self, text: str) -> "AlignedText":
        if len(text) != len(self.text):
            raise ValueError("the rewritten text has another length")
        return AlignedText(text, self.spans)

    def sub(self, pattern: re.Pattern[str], rewrite: Callable[[str], str]) -> "AlignedText":
        """Rewrite every match; all its new characters point at the whole match."""
        characters: list[str] = []
        spans: list[Span] = []
        done = 0
        for match in pattern.finditer(self.text):
            start, end = match.span()
            if start == end:
                continue
            new = rewrite(match.group())
            characters += [self.text[done:start], new]
            spans += self.spans[done:start]
            spans += [(self.spans[start][0], self.spans[end - 1][1])] * len(new)
            done = end
        return AlignedText("".join([*characters, self.text[done:]]), (*spans, *self.spans[done:]))

    def original_span(self, start: int, end: int) -> Span:
        """The smallest span of the original that holds the characters from `start` to `end`."""
        if start >= end:
            raise ValueError("an empty span has no place in the original")
        covered = self.spans[start:end]
        return min(first for first, _ in covered), max(last for _, last in covered)
