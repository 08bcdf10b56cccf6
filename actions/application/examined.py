"""What an examination of the database finds, in words for whoever asked for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

_HASH: Final = 64
#: A hash is written with letters only (those of ModHex): in a log, some run of digits in it would
#: be masked as somebody's number.
_HEX, _LETTERS = "0123456789abcdef", "cbdefghijklnrtuv"

#: Invariants no database can answer, and what answers them: each needs a witness outside, such as
#: a record of what was acknowledged, log files, a second store.
ELSEWHERE: Final[Mapping[str, str]] = {
    "I7": "about WeChat's five seconds; there is no such channel yet",
    "I15": "who may see what: the authorisation matrix (tests/integration)",
    "I19": "no secret in any file we write: tests over logs, backups and pages",
    "I25": "nothing grows without bound: make bench and the process metrics",
    "I27": "the same on both stores: every test of tests/integration runs on both",
    "I28": "a live page equals a fresh one: tests/integration/test_delivery_page.py",
    "I29": "readiness tells the truth: tests/integration/test_health.py",
    "I30": "no error in the logs without a fault: make chaos reads them",
}


@dataclass(frozen=True)
class Finding:
    """Rows that break one invariant: how many (no more than are counted) and the first of them."""

    id: str
    what: str
    count: int
    first: tuple[str, ...]


@dataclass(frozen=True)
class Head:
    """Where the audit trail ends; kept elsewhere, it shows that nothing before it was touched."""

    length: int
    hash: str

    def __str__(self) -> str:
        return f"{self.length}:{self.hash.translate(str.maketrans(_HEX, _LETTERS))}"

    @classmethod
    def parse(cls, words: str) -> "Head":
        """Raises ValueError when it is none."""
        length, _, digest = words.partition(":")
        if not length.isdecimal() or len(digest) != _HASH or not {*digest} <= {*_LETTERS}:
            raise ValueError(f"a head is a number, a colon and {_HASH} letters of {_LETTERS}")
        return cls(int(length), digest.translate(str.maketrans(_LETTERS, _HEX)))


@dataclass(frozen=True)
class Hold:
    """Somebody whose words have to be kept."""

    participant: str
    reason: str
    at: datetime
