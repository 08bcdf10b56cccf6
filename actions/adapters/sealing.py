"""`Seal`: encrypts what only few may read, with the key of the data directory (AES-GCM)."""

import hashlib
import secrets
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE: Final = 12
#: What it is for: the same key never opens something sealed for another purpose.
_FOR: Final = b"linli contact"


class SealBroken(Exception):
    """It was sealed with another key, or changed since."""


class Seal:
    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(hashlib.sha256(key).digest())

    def close(self, words: str) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._cipher.encrypt(nonce, words.encode(), _FOR)

    def open(self, sealed: bytes) -> str:
        """Raises SealBroken when it is not readable with this key."""
        try:
            return self._cipher.decrypt(sealed[:_NONCE], sealed[_NONCE:], _FOR).decode()
        except InvalidTag as error:
            raise SealBroken from error
