"""One-time codes as people give them on: pasted, typed small, read aloud, or in a link."""

import hashlib
import re
import unicodedata
from typing import Final

#: 136 bits in base32, in groups of four: what both invitations and link codes look like.
_GROUPS: Final = 7
_GROUP: Final = 4
_LETTERS: Final = re.compile(rf"[A-Z2-7]{{{_GROUPS * _GROUP}}}")
_BETWEEN: Final = re.compile(r"[\s\-‐-―_.]+")


def code_in(text: str) -> str:
    """The code, if the message is one and nothing else; however it was typed."""
    folded = unicodedata.normalize("NFKC", text).strip().upper()
    if len(folded) > 2 * _GROUPS * _GROUP:
        return ""
    letters = _BETWEEN.sub("", folded)
    if not _LETTERS.fullmatch(letters):
        return ""
    return "-".join(letters[i : i + _GROUP] for i in range(0, len(letters), _GROUP))


def hash_of(code: str) -> str:
    """What is kept of a link code: it has 136 bits, so a plain hash is enough."""
    return hashlib.sha256((code_in(code) or code.strip()).encode("utf-8", "replace")).hexdigest()
