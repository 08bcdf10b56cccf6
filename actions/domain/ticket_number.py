"""The number of a ticket as people read, type and say it: `LL-261120-0007-K`.

The last letter is a check letter in the manner of the Spanish identity number (Real Decreto
1553/2005: the number modulo 23 picks a letter). 23 is prime and 10 is a primitive root of it, so
every single wrong digit and every swap of two neighbours changes the letter, at any length.
"""

import re
import unicodedata
from datetime import date
from typing import Final

#: 23 letters without I, O and U, which are misread or misheard.
CHECK_LETTERS: Final = "ABCDEFGHJKLMNPQRSTVWXYZ"
_OFFSET: Final = 7  # a bare run of zeros must not earn the letter A
_PROPOSALS: Final = 15
_LONGEST: Final = 64

_GAP = r"[\s\-_‐‑‒–—―−~.·/]{0,3}"
_DIGIT = r"[0-9OIL|]"
_BODY = (
    rf"(?P<day>{_DIGIT}(?:{_GAP}{_DIGIT}){{5}}){_GAP}"
    rf"(?P<running>{_DIGIT}{{4,9}}){_GAP}(?P<check>[{CHECK_LETTERS}])(?![0-9A-Z])"
)
_WHOLE = re.compile(rf"(?:[NO.#:\s]{{0,4}}[L1I|]{_GAP}[L1I|]{_GAP})?{_BODY}")
_INSIDE = re.compile(rf"(?<![0-9A-Z])L{_GAP}L{_GAP}{_BODY}")
_LOOKALIKES = str.maketrans("OIL|", "0111")


def ticket_number(day: date, n: int) -> str:
    """The number of the `n`-th ticket filed on `day`, counted from 1."""
    if n < 1:
        raise ValueError(n)
    stamp, running = f"{day:%y%m%d}", f"{n:04d}"
    return f"LL-{stamp}-{running}-{_check_letter(stamp + running)}"


def proposal_number(day: date, n: int) -> str:
    """The number of the `n`-th matter put before the committee on `day`: `YS-261120-0001-B`.

    Its check letter counts from elsewhere, so that the digits alone pass for no ticket's.
    """
    if n < 1:
        raise ValueError(n)
    stamp, running = f"{day:%y%m%d}", f"{n:04d}"
    return f"YS-{stamp}-{running}-{_check_letter(stamp + running, _PROPOSALS)}"


def parse_ticket_number(text: str) -> str | None:
    """The canonical number if `text` is one, however it was typed; None if it is not valid."""
    if len(text) > _LONGEST:
        return None
    match = _WHOLE.fullmatch(_folded(text).strip())
    return _canonical(match) if match else None


def find_ticket_number(text: str) -> str | None:
    """The first valid number inside a sentence; there the `LL` is required."""
    for match in _INSIDE.finditer(_folded(text)):
        number = _canonical(match)
        if number:
            return number
    return None


def _check_letter(digits: str, offset: int = _OFFSET) -> str:
    return CHECK_LETTERS[(int(digits) + offset) % len(CHECK_LETTERS)]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).upper()


def _canonical(match: re.Match[str]) -> str | None:
    stamp = re.sub(r"[^0-9]", "", match["day"].translate(_LOOKALIKES))
    running = match["running"].translate(_LOOKALIKES)
    padded = len(running) > 4 and running.startswith("0")  # noqa: PLR2004
    if padded or int(running) == 0 or _check_letter(stamp + running) != match["check"]:
        return None
    try:
        day = date(2000 + int(stamp[:2]), int(stamp[2:4]), int(stamp[4:]))
    except ValueError:
        return None
    return ticket_number(day, int(running))
