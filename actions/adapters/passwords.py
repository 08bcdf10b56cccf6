"""`Argon2Passwords`: hashes passwords off the event loop, strangers and known devices apart."""

import asyncio
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

#: 46 MiB, one pass, one lane: what OWASP asks for at the least, some 40 ms here.
_HASHER: Final = PasswordHasher(time_cost=1, memory_cost=47_104, parallelism=1)
#: Checked where nobody signs in by that name, so that it takes as long.
_NOBODY: Final = (
    "$argon2id$v=19$m=47104,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA"
    "$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)


class Argon2Passwords:
    """Each of the two lanes does one at a time: a flood of strangers keeps strangers waiting."""

    def __init__(self) -> None:
        self._strangers = asyncio.Semaphore(1)
        self._known = asyncio.Semaphore(1)

    async def hashed(self, password: str) -> str:
        async with self._known:
            return await asyncio.to_thread(_HASHER.hash, password)

    async def fits(self, password: str, kept: str, *, known_device: bool) -> bool:
        async with self._known if known_device else self._strangers:
            return await asyncio.to_thread(_fits, password, kept)

    def is_outdated(self, kept: str) -> bool:
        return _HASHER.check_needs_rehash(kept)


def _fits(password: str, kept: str) -> bool:
    try:
        return _HASHER.verify(kept or _NOBODY, password) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False
