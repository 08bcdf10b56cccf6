"""`Envelopes`: from a signed request to the XML inside, and back; nothing unsigned gets through."""

import hashlib
import secrets
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from bot.channels.wechat.sealing import Seal, Unsealable
from bot.channels.wechat.signing import is_ours, is_signed
from bot.channels.wechat.xml_in import fields, word
from bot.channels.wechat.xml_out import sealed_reply
from bot.settings import WeChatSettings

#: Seconds between the platform's clock and ours that are believed.
FRESH: Final = 300
#: Nonces that are remembered, so that none is used for two bodies.
_REMEMBERED: Final = 50_000
_LONGEST_NUMBER: Final = 11


class Forged(Exception):
    """Not signed by the platform, too old, or meant for somebody else."""


@dataclass(frozen=True, kw_only=True)
class Opened:
    xml: bytes
    is_sealed: bool


class Envelopes:
    def __init__(
        self, settings: WeChatSettings, now: Callable[[], float], *, allows_plain: bool
    ) -> None:
        """`allows_plain` in trials only: a plaintext signature does not cover the body."""
        self._token = settings.token.reveal()
        key = settings.aes_key
        self._seal = Seal(key.reveal(), settings.app_id) if key else None
        self._now = now
        self._allows_plain = allows_plain
        self._seen: OrderedDict[tuple[str, str], str] = OrderedDict()

    def verify(self, query: Mapping[str, str]) -> str:
        """What the platform wants to hear back when our address is set there.

        Raises:
            Forged: it is not the platform.
        """
        self._check(query)
        return query.get("echostr", "")

    def open(self, query: Mapping[str, str], body: bytes) -> Opened:
        """The message inside.

        Raises:
            Forged: it is not the platform's, or not for us, or not fresh.
            NoMessage: it is theirs, and makes no sense.
        """
        self._check(query)
        if query.get("encrypt_type") == "aes" and self._seal is not None:
            opened = Opened(xml=self._unsealed(self._seal, query, body), is_sealed=True)
        elif self._allows_plain and query.get("encrypt_type", "raw") in ("raw", ""):
            opened = Opened(xml=body, is_sealed=False)
        else:
            raise Forged("not sealed")
        self._use(query, opened.xml)
        return opened

    def close(self, reply: str) -> str:
        """The reply as a sealed callback wants it."""
        if self._seal is None:
            raise ValueError("there is no key to seal with")
        at, nonce = str(int(self._now())), secrets.token_hex(8)
        return sealed_reply(reply, self._seal, self._token, timestamp=at, nonce=nonce)

    def _check(self, query: Mapping[str, str]) -> None:
        if not is_ours(query, self._token):
            raise Forged("signature")
        at = query.get("timestamp", "")
        is_number = at.isascii() and at.isdigit() and len(at) <= _LONGEST_NUMBER
        if not is_number or abs(int(at) - self._now()) > FRESH:
            raise Forged("time")

    def _unsealed(self, seal: Seal, query: Mapping[str, str], body: bytes) -> bytes:
        sealed = word(fields(body), "Encrypt")
        parts = (self._token, query.get("timestamp", ""), query.get("nonce", ""), sealed)
        if not is_signed(query.get("msg_signature", ""), *parts):
            raise Forged("message signature")
        try:
            return seal.open(sealed)
        except Unsealable as error:
            raise Forged(str(error)) from error

    def _use(self, query: Mapping[str, str], xml: bytes) -> None:
        """One nonce is for one message; the platform may say that message again with it."""
        once = (query.get("timestamp", ""), query.get("nonce", ""))
        digest = hashlib.sha256(xml).hexdigest()
        if self._seen.setdefault(once, digest) != digest:
            raise Forged("nonce")
        while len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
