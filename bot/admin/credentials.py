"""What a login and a password have to be like."""

import unicodedata
from pathlib import Path
from typing import Final

SHORTEST: Final = 12
LONGEST: Final = 128
LONGEST_LOGIN: Final = 40
_SHORTEST_LOGIN: Final = 2
_COMMON: Final = Path(__file__).parent / "common_passwords.txt"
#: Fewer different characters are a pattern, not a password.
_FEWEST_CHARACTERS: Final = 5
_ROWS: Final = ("0123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfghjklzxcvbnm")


def fold_login(written: str) -> str:
    """One spelling of a login: width, case and outer spaces make no difference."""
    return " ".join(unicodedata.normalize("NFKC", written).casefold().split())


def is_login(login: str) -> bool:
    """Letters, digits and a few signs, in any script."""
    return _SHORTEST_LOGIN <= len(login) <= LONGEST_LOGIN and all(
        each.isalnum() or each in "._-@+" for each in login
    )


def fold_password(typed: str) -> str:
    """The same characters however a keyboard composes them; nothing is cut off."""
    return unicodedata.normalize("NFC", typed)


def objection(password: str, login: str, *names: str) -> str:
    """The key of what is wrong with it; empty when it will do."""
    if len(password) < SHORTEST:
        return "console_password_short"
    if len(password) > LONGEST:
        return "console_password_long"
    plain = password.casefold()
    if _is_common(plain) or _is_pattern(plain):
        return "console_password_common"
    if any(_is_mostly(each, plain) for each in (login, *names)):
        return "console_password_names"
    return ""


def _is_common(plain: str) -> bool:
    """One of the list, whatever digits and signs are hung on either end."""
    known = frozenset(_COMMON.read_text(encoding="utf-8").split())
    core = plain.strip("0123456789!@#$%^&*()_+-=.,?~ ")
    return plain in known or (bool(core) and core in known)


def _is_pattern(plain: str) -> bool:
    """Few characters, a short piece again and again, or keys in a row."""
    if len(set(plain)) < _FEWEST_CHARACTERS:
        return True
    repeated = (plain + plain).find(plain, 1) < len(plain)
    return repeated or any(plain in row * 3 or plain[::-1] in row * 3 for row in _ROWS)


def _is_mostly(name: str, plain: str) -> bool:
    """The name itself, with little besides."""
    short = name.casefold().replace(" ", "")
    return len(short) >= 3 and short in plain and len(plain) - len(short) < SHORTEST // 2  # noqa: PLR2004
