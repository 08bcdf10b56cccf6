"""Small Chinese numbers: 四十五, 二〇三, 廿六."""

from typing import Final

_DIGITS: Final = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_UNITS: Final = {"十": 10, "百": 100}
_CONTRACTED: Final = {"廿": "二十", "卅": "三十"}

#: Every character a number may be written with, digits included; for use inside a regex class.
NUMERALS: Final = "0-9〇零一二三四五六七八九十百廿卅"


def number_of(text: str) -> int | None:
    """The value of digits or Chinese numerals; None if they make no number."""
    for short, long in _CONTRACTED.items():
        text = text.replace(short, long)
    if text.isascii() and text.isdecimal():
        return int(text)
    if any(c in _UNITS for c in text):
        return _counted(text)
    if text and all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    return None


def _counted(text: str) -> int | None:
    """Tens and hundreds: 一百二十三, 十五."""
    total, digit = 0, 1
    for index, letter in enumerate(text):
        if letter in _UNITS:
            total += digit * _UNITS[letter]
            digit = 0
        elif letter in _DIGITS:
            digit = _DIGITS[letter]
        else:
            return None
        if index == len(text) - 1 and letter in _DIGITS:
            total += digit
    return total
