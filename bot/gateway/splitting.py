"""Long texts in parts: cut where a line, a word or at least a character as readers see it ends."""

from collections.abc import Callable, Iterator
from itertools import accumulate, takewhile

import regex

#: How long a platform finds a text.
Measure = Callable[[str], int]

_GRAPHEME = regex.compile(r"\X")
#: Where a text may be cut, best first: after a paragraph, a line, a sentence, a word.
_ENDS = tuple(regex.compile(each) for each in (r"\n\n+", r"\n", r"[。！？；]|[.!?;]\s", r"\s"))


def split(text: str, most: int, measure: Measure) -> list[str]:
    """Parts that measure at most `most` and give the text again when joined."""
    return list(_parts(text, most, measure))


def _parts(text: str, most: int, measure: Measure) -> Iterator[str]:
    start = 0
    while measure(text[start:]) > most:
        end = start + _cut(text[start : start + most + 1], most, measure)
        yield text[start:end]
        start = end
    if start < len(text):
        yield text[start:]


def _cut(window: str, most: int, measure: Measure) -> int:
    """Characters of the next part; the window is one longer, so that its last end is a true one."""
    lengths = accumulate(measure(char) for char in window)
    fits = sum(1 for _ in takewhile(lambda length: length <= most, lengths))
    graphemes: set[int] = {found.end() for found in _GRAPHEME.finditer(window)}
    ends = [end for end in graphemes if 0 < end <= fits]
    if not ends:
        # One character of thousands of marks: nobody can read it whole anyway.
        return max(fits, 1)
    for pattern in _ENDS:
        better = [end for end in _ends(pattern, window, fits) if end in graphemes]
        if better:
            return max(better)
    return max(ends)


def _ends(pattern: "regex.Pattern[str]", window: str, fits: int) -> Iterator[int]:
    """Ends in the second half: a part must not become much shorter than it may be."""
    return (found.end() for found in pattern.finditer(window[:fits]) if found.end() * 2 >= fits)
