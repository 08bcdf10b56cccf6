"""XML that goes: a passive reply, and the envelope around it."""

import re
from typing import Final

from bot.channels.wechat.sealing import Seal
from bot.channels.wechat.signing import signature

#: Answered when there is nothing to say; never sealed.
SUCCESS: Final = "success"
#: What XML 1.0 cannot carry.
_FORBIDDEN = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text_reply(words: str, *, to: str, account: str, at: int) -> str:
    """A text for one user; `at` in seconds since 1970."""
    return _element(
        ToUserName=_quoted(to),
        FromUserName=_quoted(account),
        CreateTime=str(at),
        MsgType=_quoted("text"),
        Content=_quoted(words),
    )


def sealed_reply(reply: str, seal: Seal, token: str, *, timestamp: str, nonce: str) -> str:
    """The reply as secure mode wants it, signed over our own time and nonce."""
    body = seal.close(reply.encode())
    return _element(
        Encrypt=_quoted(body),
        MsgSignature=_quoted(signature(token, timestamp, nonce, body)),
        TimeStamp=timestamp,
        Nonce=_quoted(nonce),
    )


def _element(**children: str) -> str:
    inner = "".join(f"<{name}>{value}</{name}>" for name, value in children.items())
    return f"<xml>{inner}</xml>"


def _quoted(words: str) -> str:
    """As character data that nothing in it can end."""
    inner = _FORBIDDEN.sub("\ufffd", words).replace("]]>", "]]]]><![CDATA[>")
    return f"<![CDATA[{inner}]]>"
