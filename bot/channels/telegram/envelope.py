"""What has to be known of an update to keep it: its number and its chat. The rest comes later."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

#: Update ids are 32-bit numbers; no other could be confirmed.
_LARGEST: Final = 2**31 - 1
#: Where what nobody can assign waits for somebody to look at it.
_NOBODY: Final = "none"

#: External id, queue and body, as `ReceivedStore.keep` wants them.
Envelope = tuple[str, str, str]


def envelope(raw: bytes) -> Envelope:
    """Of a body as it was posted; one that is no update at all is kept by its own hash."""
    try:
        found = json.loads(raw)
    except (ValueError, RecursionError):
        found = None
    body = raw.decode("utf-8", "backslashreplace").replace("\0", "\\0")
    return _addressed(found, body)


def envelope_of(update: Any) -> Envelope:
    """Of an update out of a batch."""
    return _addressed(update, json.dumps(update))


def number_of(update: Any) -> int | None:
    """The number of an update, if it has one."""
    number = update.get("update_id") if isinstance(update, dict) else None
    is_one = isinstance(number, int) and not isinstance(number, bool) and 0 <= number < _LARGEST
    return number if is_one else None


def _addressed(update: Any, body: str) -> Envelope:
    number = number_of(update)
    if number is None:
        return f"x{hashlib.sha256(body.encode()).hexdigest()}", _NOBODY, body
    return str(number), _queue(update) or _NOBODY, body


def _queue(update: Mapping[str, Any]) -> str:
    """The chat, wherever it stands; else the person."""
    for content in update.values():
        if isinstance(content, dict):
            message = content.get("message")
            chat = content.get("chat") or (message or {} if isinstance(message, dict) else {}).get(
                "chat"
            )
            for who in (chat, content.get("from"), content.get("user")):
                if isinstance(who, dict) and isinstance(who.get("id"), int):
                    return str(who["id"])[:40]
    return ""
