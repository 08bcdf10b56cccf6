"""The two signatures of a callback: over its time and nonce, and over its ciphertext as well."""

import hashlib
import hmac
from collections.abc import Mapping
from typing import Final

#: What a SHA-1 in hex has.
_LENGTH: Final = 40


def signature(*parts: str) -> str:
    """As the platform makes it: SHA-1 over the sorted parts, in hex.

    SHA-1 is the platform's choice, not ours (https://developers.weixin.qq.com, 消息加解密说明).
    """
    joined = "".join(sorted(parts)).encode("utf-8", "surrogatepass")
    return hashlib.sha1(joined, usedforsecurity=False).hexdigest()


def is_signed(given: str, *parts: str) -> bool:
    """Whether this is their signature; how long it takes to tell says nothing."""
    raw = given.encode("utf-8", "surrogatepass")
    return len(raw) == _LENGTH and hmac.compare_digest(raw, signature(*parts).encode())


def is_ours(query: Mapping[str, str], token: str) -> bool:
    """Whether whoever calls knows our token; this says nothing about the body."""
    return is_signed(
        query.get("signature", ""), token, query.get("timestamp", ""), query.get("nonce", "")
    )
