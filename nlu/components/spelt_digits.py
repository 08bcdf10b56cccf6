"""Telephone numbers spelt out, as in 一三八 二二零五 or "one three nine, double two"."""

from __future__ import annotations

import re
from typing import Iterator, Tuple

_CHINESE = dict(zip("零〇洞一幺二两三四五六七八九", "00011223456789", strict=True))
_ENGLISH = {"zero": "0", "oh": "0", "o": "0", "one": "1", "two": "2", "three": "3", "four": "4"}
_ENGLISH.update({"five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9"})
_TIMES = {"double": 2, "triple": 3, "treble": 3}

_DIGIT = f"[{''.join(_CHINESE)}]"
_WRITTEN = re.compile(rf"(?:{_DIGIT}[ ,、-]?){{7,}}{_DIGIT}(?![十百千万])")
_WORD = "|".join([*_ENGLISH, *_TIMES])
_SPOKEN = re.compile(rf"\b(?:(?:{_WORD})\b[ ,.-]{{1,2}}){{4,}}(?:{_WORD})\b", re.IGNORECASE)


def spelt_numbers(text: str) -> Iterator[Tuple[int, int, str]]:
    """(start, end, digits) of every run of digits written as words."""
    for match in _WRITTEN.finditer(text):
        digits = "".join(_CHINESE.get(character, "") for character in match.group())
        yield match.start(), match.end(), digits
    for match in _SPOKEN.finditer(text):
        yield match.start(), match.end(), _spoken(match.group())


def _spoken(words: str) -> str:
    digits, times = "", 1
    for word in re.findall(r"[a-z]+", words.lower()):
        if word in _TIMES:
            times = _TIMES[word]
        else:
            digits += _ENGLISH[word] * times
            times = 1
    return digits
