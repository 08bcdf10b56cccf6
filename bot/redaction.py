"""`Redactor`: takes out of a log line what nobody may read there (reliability I19)."""

import re
from collections.abc import Iterable
from typing import Any

from actions.domain.masking import mask

REDACTED = "[redacted]"
#: A secret shorter than this would blank out ordinary words.
_SHORTEST_SECRET = 6
#: More than this of one value tells nobody anything.
_LONGEST = 8000

_NAMED = re.compile(
    r"""(?ix)
    ( \b(?: set-cookie | cookie | authorization | x-telegram-bot-api-secret-token )
      ["']? \s* [:=] \s* ["']? )
    [^\r\n"']+
    | ( ["']? \b (?: [a-z0-9_-]{0,24} (?: token | secret | password | passwd | api_?key | signature
        | session | aes_?key | join | invitation | otp | p256dh | auth ) | code | sig )
      ["']? \s* [:=] \s* ["']? )
    [^\s"'&,;)}\]]+
    """
)
_BEARER = re.compile(r"(?i)\b(bearer|basic|vapid)(\s+)[a-z0-9._~+/=,\-]{6,}")
_TELEGRAM = re.compile(r"(?<![0-9])(?:bot)?[0-9]{6,12}:[A-Za-z0-9_-]{30,}")
_JWT = re.compile(r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?")
_PASSWORD_IN_URL = re.compile(r"(?<=://)[^/\s:@]*:[^/\s@]+(?=@)")
_PRIVATE_KEY = re.compile(r"-----BEGIN [A-Z ]+-----.*?(?:-----END [A-Z ]+-----|\Z)", re.DOTALL)
_SECRET_FIELD = re.compile(
    r"(?i)(token|secret|password|cookie|authorization|api_?key|^code$|^otp$)"
)


class Redactor:
    """Knows our own secrets by value, everybody's by shape."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        known = sorted((s for s in set(secrets) if len(s) >= _SHORTEST_SECRET), key=len)
        pattern = "|".join(re.escape(secret) for secret in reversed(known))
        self._known = re.compile(pattern) if pattern else None

    def text(self, text: str) -> str:
        """The text without secrets, tokens, phones, identity numbers and mail addresses."""
        text = text[:_LONGEST]
        if self._known:
            text = self._known.sub(REDACTED, text)
        text = _PRIVATE_KEY.sub(REDACTED, text)
        text = _PASSWORD_IN_URL.sub(REDACTED, text)
        text = _TELEGRAM.sub(REDACTED, text)
        text = _JWT.sub(REDACTED, text)
        text = _BEARER.sub(rf"\1\2{REDACTED}", text)
        text = _NAMED.sub(lambda found: f"{found[1] or found[2]}{REDACTED}", text)
        return mask(text)

    def field(self, name: str, value: Any) -> Any:
        """A field of a record: blanked by its name, else redacted wherever it holds text."""
        if value is None or isinstance(value, bool | int | float):
            return (
                value
                if not isinstance(value, int) or abs(value) < 10**10
                else self.text(str(value))
            )
        if _SECRET_FIELD.search(name):
            return REDACTED
        if isinstance(value, dict):
            return {str(key): self.field(str(key), item) for key, item in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self.field(name, item) for item in value]
        return self.text(str(value))
