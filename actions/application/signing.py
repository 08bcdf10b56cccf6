"""`SigningKey`: what we sign with, and whose signatures count besides while it is being changed."""

import hmac


class SigningKey(bytes):
    """A key like any other to whoever signs; `others` are for whoever checks."""

    others: tuple[bytes, ...] = ()

    @classmethod
    def of(cls, current: bytes, *others: bytes) -> "SigningKey":
        made = cls(current)
        made.others = others
        return made

    def __repr__(self) -> str:
        return "SigningKey(…)"


def every(key: bytes) -> tuple[bytes, ...]:
    """All keys whose signatures count, the one in use first."""
    return (key, *key.others) if isinstance(key, SigningKey) else (key,)


def is_any(given: bytes, expected: "list[bytes]") -> bool:
    """Whether it is one of them; how long that takes tells nothing of which."""
    found = [hmac.compare_digest(given, each) for each in expected]
    return True in found
