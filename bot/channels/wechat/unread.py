"""How a callback is kept: by its own key, in the order of its user; nonsense by its hash."""

import hashlib
from typing import Final

from bot.channels.wechat.incoming import Callback

#: Where what nobody can assign waits for somebody to look at it.
_NOBODY: Final = "none"
_HASHED: Final = 60


def kept_as(xml: bytes, called: Callback | None) -> tuple[str, str, str]:
    """External id, queue and body, as `ReceivedStore.keep` wants them."""
    body = xml.decode("utf-8", "backslashreplace").replace("\0", "\\0")
    if called is None:
        return f"x{hashlib.sha256(xml).hexdigest()[:_HASHED]}", _NOBODY, body
    return called.key, called.openid, body
