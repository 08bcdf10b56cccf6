"""`Seal`: the platform's envelope. AES-256-CBC around random, length, message and app id."""

import base64
import binascii
import re
import secrets
import struct
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

#: Padded to 32 bytes, not to the cipher's own 16.
_BLOCK_BITS: Final = 256
_BLOCK: Final = _BLOCK_BITS // 8
_IV: Final = 16
_RANDOM: Final = 16
_HEAD: Final = _RANDOM + 4
_KEY = re.compile(r"[A-Za-z0-9]{43}")


class Unsealable(ValueError):
    """It was not sealed with this key, or not for this account."""


class Seal:
    """One account's key, as the platform's page shows it: 43 letters and digits.

    Raises:
        ValueError: that is no such key.
    """

    def __init__(self, aes_key: str, app_id: str) -> None:
        if not _KEY.fullmatch(aes_key):
            raise ValueError("an EncodingAESKey has 43 letters and digits")
        # The last letter has two bits more than the key; the platform hands out any.
        key = base64.b64decode(aes_key + "=")
        self._cipher = Cipher(AES256(key), CBC(key[:_IV]))
        self._app_id = app_id.encode()

    def close(self, message: bytes) -> str:
        """The message as the platform opens it, in base64."""
        size = struct.pack(">I", len(message))
        padder = PKCS7(_BLOCK_BITS).padder()
        plain = secrets.token_bytes(_RANDOM) + size + message + self._app_id
        padded = padder.update(plain) + padder.finalize()
        encryptor = self._cipher.encryptor()
        return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()

    def open(self, sealed: str) -> bytes:
        """The message. Its signature must have been checked before: this tells of the padding.

        Raises:
            Unsealable: whatever is wrong with it.
        """
        plain = self._decrypted(sealed)
        if len(plain) < _HEAD:
            raise Unsealable("too short")
        (size,) = struct.unpack(">I", plain[_RANDOM:_HEAD])
        message, app_id = plain[_HEAD : _HEAD + size], plain[_HEAD + size :]
        if len(message) != size or app_id != self._app_id:
            raise Unsealable("meant for somebody else")
        return message

    def _decrypted(self, sealed: str) -> bytes:
        try:
            raw = base64.b64decode(sealed, validate=True)
        except (binascii.Error, ValueError) as error:
            raise Unsealable("no base64") from error
        if not raw or len(raw) % _BLOCK:
            raise Unsealable("not whole blocks")
        decryptor = self._cipher.decryptor()
        unpadder = PKCS7(_BLOCK_BITS).unpadder()
        try:
            padded = decryptor.update(raw) + decryptor.finalize()
            return unpadder.update(padded) + unpadder.finalize()
        except ValueError as error:
            raise Unsealable("padding") from error
