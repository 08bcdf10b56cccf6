"""What a matter is about, as things and troubles that have a name in every language here.

Two people who tell of the same lift use no common word, 𨋢壞咗 and "elevator stuck", and two who
tell of a lamp and a lock at one door use many. So matters are compared by what is named. Where
words overlap the earlier row is meant: the rarer things come first.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from actions.domain import (
    things_at_home,
    things_at_the_door,
    things_heard_and_seen,
    things_of_people,
    things_outside,
)
from actions.domain.folding import fold
from actions.domain.script import SIMPLIFIED

_ROWS: Final = (
    *things_at_the_door.ROWS,
    *things_at_home.ROWS,
    *things_outside.ROWS,
    *things_heard_and_seen.ROWS,
    *things_of_people.ROWS,
)
#: A word may go on a little: LEAK, LEAKING, LEAKAGE; not BAR of BARBECUE.
_ENGLISH_END: Final = r"(?![A-Z]{5})"
_PLAIN_WORD: Final = re.compile(r"[\u3400-\U0003ffffA-Z]+")
_BARS_OUTSIDE: Final = re.compile(r"\|(?![^(]*\))")


def things_in(text: str) -> tuple[str, ...]:
    """The things and troubles a text names, each once, in alphabetical order."""
    plain = fold(text, SIMPLIFIED).text
    named, reached = set(), 0
    for start, row, end in sorted((*_words(plain), *_phrases(plain))):
        if start >= reached:
            named.add(_ROWS[row][0])
            reached = end
    return tuple(sorted(named))


def _words(plain: str) -> Iterator[tuple[int, int, int]]:
    """(start, row, end) of every Chinese word that is just its characters."""
    by_first = _by_first_character()
    for start, letter in enumerate(plain):
        for row, word in by_first.get(letter, ()):
            if plain.startswith(word, start):
                yield start, row, start + len(word)


def _phrases(plain: str) -> Iterator[tuple[int, int, int]]:
    """The same for all that is a pattern, English words among it."""
    for pattern in _patterns():
        for match in pattern.finditer(plain):
            yield match.start(), int((match.lastgroup or "t0")[1:]), match.end()


@lru_cache(maxsize=1)
def _by_first_character() -> dict[str, list[tuple[int, str]]]:
    found: dict[str, list[tuple[int, str]]] = {}
    for row, (_, chinese, _english) in enumerate(_ROWS):
        for word in _BARS_OUTSIDE.split(chinese):
            if _PLAIN_WORD.fullmatch(word):
                found.setdefault(word[0], []).append((row, word))
    return found


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    chinese, english = [], []
    for row, (_, in_chinese, in_english) in enumerate(_ROWS):
        words = [w for w in _BARS_OUTSIDE.split(in_chinese) if not _PLAIN_WORD.fullmatch(w)]
        if words:
            chinese.append(rf"(?P<t{row}>{'|'.join(words)})")
        english.append(rf"(?P<t{row}>(?:{in_english}){_ENGLISH_END})")
    return (
        re.compile("|".join(chinese)),
        re.compile(rf"(?<![A-Z])(?=[A-Z])(?:{'|'.join(english)})"),
    )
