"""A message as the rules of danger read it: plain characters, in clauses and sentences."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from actions.domain.folding import fold
from actions.domain.script import SIMPLIFIED

#: What a figure of speech is read as: nothing that could frighten anybody.
BLANK: Final = "□"
_DOTS: Final = re.compile(r"\.{2,}|…+|[~～—]+")
_HELD_KEY: Final = re.compile(r"([a-z!?])\1{2,}")
_QUOTE: Final = re.compile("[‘’`´]")
_SENTENCE_END: Final = re.compile(r"[。!?;\n]+|\.(?![0-9])")
#: A clause ends at a comma, at a blank between Chinese words, and before a turn of the thought.
_CLAUSE_END: Final = re.compile(
    r"[,、:。!?;\n]+|\.(?![0-9])|(?<=[^\x00-\x7f]) +(?=[^\x00-\x7f])"
    r"|(?=但(?:是|系)|不过|可是|结果|谁知|点知|怎知|\bbut\b|\bhowever\b|\band now\b)"
)


def plain(text: str) -> str:
    """One width, one script, small letters, no key held down."""
    folded = _QUOTE.sub("'", fold(text, SIMPLIFIED).text.lower())
    return _HELD_KEY.sub(r"\1", _DOTS.sub(",", folded))


@dataclass(frozen=True)
class Span:
    """A stretch of a message."""

    start: int
    end: int


@dataclass(frozen=True)
class Message:
    """Plain text that knows where its clauses and sentences begin."""

    text: str

    @cached_property
    def _sentences(self) -> list[int]:
        return [0, *(found.end() for found in _SENTENCE_END.finditer(self.text))]

    @cached_property
    def _clauses(self) -> list[int]:
        return [0, *(found.end() for found in _CLAUSE_END.finditer(self.text))]

    @property
    def whole(self) -> Span:
        return Span(0, len(self.text))

    def clause(self, hit: Span) -> Span:
        """The clause, or the clauses, a hit lies in."""
        return self._around(self._clauses, hit)

    def sentence(self, hit: Span) -> Span:
        return self._around(self._sentences, hit)

    def _around(self, starts: list[int], hit: Span) -> Span:
        first = starts[bisect_right(starts, hit.start) - 1]
        after = bisect_right(starts, max(hit.start, hit.end - 1))
        return Span(first, starts[after] if after < len(starts) else len(self.text))


class Spots:
    """Where a pattern occurs in a message: looked for once, asked about often."""

    def __init__(self, pattern: re.Pattern[str], text: str) -> None:
        self.spans: Final = [Span(*found.span()) for found in pattern.finditer(text)]
        self._starts: Final = [span.start for span in self.spans]

    def any_in(self, window: Span) -> bool:
        """Whether one lies wholly in the window."""
        at = bisect_right(self._starts, window.start - 1)
        return at < len(self.spans) and self.spans[at].end <= window.end

    def last_before(self, place: int) -> Span | None:
        """The last that begins before a place."""
        at = bisect_right(self._starts, place - 1)
        return self.spans[at - 1] if at else None
