"""What personal numbers look like once only their digits are left: phones, identities, cards."""

import re
from collections.abc import Iterator
from typing import Final

_ABROAD = "(?:(?:00)?86)"
_SURE = tuple(
    re.compile(shape)
    for shape in (
        # resident identity number, new and old; a mistyped one is personal as well
        r"[1-9][0-9]{5}(?:18|19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9X]",
        r"[1-9][0-9]{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}",
        # mobile, perhaps with a country code or the old long-distance 0
        rf"(?:{_ABROAD}|0)?1[3-9][0-9]{{9}}",
        # landline with its area code; no subscriber number starts with 0 or 1
        rf"(?:{_ABROAD}0?|0)(?:10|2[0-9])[2-8][0-9]{{7}}",
        rf"(?:{_ABROAD}0?|0)[3-9][0-9]{{2}}[2-8][0-9]{{7}}",
        rf"(?:{_ABROAD}0?|0)[3-9][0-9]{{2}}[2-8][0-9]{{6}}",
        # Hong Kong and Macau with the country code
        r"(?:00)?85[23][2-9][0-9]{7}",
    )
)
_LOCAL = tuple(re.compile(shape) for shape in (r"[2-9][0-9]{7}", r"[2-8][0-9]{6}"))
_HK_MOBILE = re.compile(r"[5-9][0-9]{7}")
_DATE = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CARD_LENGTHS: Final = range(19, 12, -1)
_CARD_SCHEMES: Final = "3456"

_HKID = re.compile(
    r"(?<![A-Z0-9])(?P<letters>[A-Z]{1,2})[ \-]?(?P<digits>[0-9]{6})[ \-]?"
    r"(?P<bracket>\( ?)?(?P<check>[0-9A])(?(bracket) ?\))(?![0-9A-Z])"
)


def sure_ends(digits: str, start: int) -> Iterator[int]:
    """Where a phone or an identity number that begins at `start` may end."""
    for shape in _SURE:
        match = shape.match(digits, start)
        if match:
            yield match.end()


def card_ends(digits: str, start: int) -> Iterator[int]:
    """Where a bank card with a right Luhn digit that begins at `start` may end."""
    if digits[start] in _CARD_SCHEMES:
        longest = len(digits) - start
        yield from (start + n for n in _CARD_LENGTHS if n <= longest and _is_card(digits, start, n))


def local_ends(digits: str, start: int) -> Iterator[int]:
    """As `sure_ends`, for numbers that are phones only where the words around say so."""
    if is_dated(digits, start):
        return
    for shape in _LOCAL:
        match = shape.match(digits, start)
        if match:
            yield match.end()


def is_dated(digits: str, start: int) -> bool:
    """Whether a day such as 20261120 begins at `start`."""
    return _DATE.match(digits, start) is not None


def looks_like_hong_kong_mobile(digits: str) -> bool:
    """Eight digits that are neither a date nor a likely amount."""
    return _HK_MOBILE.fullmatch(digits) is not None


def has_resident_checksum(digits: str) -> bool:
    """Whether 18 characters end in the check character of GB 11643."""
    if not _SURE[0].fullmatch(digits):
        return False
    total = sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == digits[-1]


def identity_cards(text: str) -> Iterator[tuple[int, int]]:
    """Hong Kong identity cards in upper-case text: bracketed, or else with a right check digit."""
    for match in _HKID.finditer(text):
        if match["bracket"] or _has_hkid_checksum(match):
            yield match.span()


def _is_card(digits: str, start: int, length: int) -> bool:
    """Luhn; an X can only end an identity number."""
    number = digits[start : start + length]
    if not number.isdecimal():
        return False
    odd = sum(int(d) for d in number[-1::-2])
    even = sum(sum(divmod(2 * int(d), 10)) for d in number[-2::-2])
    return (odd + even) % 10 == 0


def _has_hkid_checksum(match: re.Match[str]) -> bool:
    letters = match["letters"].rjust(2)
    values = [36 if c == " " else ord(c) - 55 for c in letters] + [int(d) for d in match["digits"]]
    total = sum(value * weight for value, weight in zip(values, range(9, 1, -1), strict=True))
    check = 10 if match["check"] == "A" else int(match["check"])
    return (total + check) % 11 == 0
