"""Those who seal and open messages of WeChat: ourselves, and four libraries of other hands."""

import json
from collections.abc import Callable
from typing import Protocol

from wechatpy.crypto import PrpCrypto, WeChatCrypto, _get_signature
from werobot.crypto import MessageCrypt

from bot.channels.wechat.sealing import Seal
from bot.channels.wechat.signing import is_signed, signature
from bot.channels.wechat.xml_in import fields, word
from tests.peers.node_peer import NodePeer
from tests.peers.peer import Account

TOKEN = "a-token-of-the-account"
KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
APP = "wx5823bf96d3bd56c7"
AT, NONCE = "1409659813", "1372623149"

Sealed = tuple[str, str]


class Side(Protocol):
    async def close(self, words: str) -> Sealed:
        """Ciphertext and signature."""
        ...

    async def open(self, sealed: Sealed) -> str:
        """The words. Raises when the signature is another's."""
        ...

    async def end(self) -> None: ...


class _Here:
    async def end(self) -> None:
        """Nothing of it runs elsewhere."""


class Ours(_Here):
    _seal = Seal(KEY, APP)

    async def close(self, words: str) -> Sealed:
        sealed = self._seal.close(words.encode())
        return sealed, signature(TOKEN, AT, NONCE, sealed)

    async def open(self, sealed: Sealed) -> str:
        if not is_signed(sealed[1], TOKEN, AT, NONCE, sealed[0]):
            raise ValueError("signature")
        return self._seal.open(sealed[0]).decode()


class Wechatpy(_Here):
    def __init__(self) -> None:
        self._crypto = WeChatCrypto(TOKEN, KEY, APP)

    async def close(self, words: str) -> Sealed:
        sealed = PrpCrypto(self._crypto.key).encrypt(words, APP).decode()
        return sealed, _get_signature(TOKEN, AT, NONCE, sealed)

    async def open(self, sealed: Sealed) -> str:
        return str(self._crypto.decrypt_message({"Encrypt": sealed[0]}, sealed[1], AT, NONCE))


class Werobot(_Here):
    """Its envelope is opened by our reader of XML, and ours by theirs."""

    def __init__(self) -> None:
        self._crypto = MessageCrypt(TOKEN, KEY, APP)

    async def close(self, words: str) -> Sealed:
        found = fields(self._crypto.encrypt_message(words, AT, NONCE).encode())
        return word(found, "Encrypt"), word(found, "MsgSignature")

    async def open(self, sealed: Sealed) -> str:
        opened = self._crypto.decrypt_message(AT, NONCE, sealed[1], sealed[0])
        return opened.decode() if isinstance(opened, bytes) else str(opened)


class OfNode:
    def __init__(self, package: str) -> None:
        settings = json.dumps({"token": TOKEN, "aesKey": KEY, "appId": APP})
        self._peer = NodePeer("wechat_crypto_peer.js", Account(package, settings))

    async def close(self, words: str) -> Sealed:
        sealed, signed = await self._peer.do("close", words=words, at=AT, nonce=NONCE)
        return sealed, signed

    async def open(self, sealed: Sealed) -> str:
        found = await self._peer.do(
            "open", sealed=sealed[0], signature=sealed[1], at=AT, nonce=NONCE
        )
        assert found[1] == APP
        return str(found[0])

    async def end(self) -> None:
        await self._peer.close()


SIDES: dict[str, Callable[[], Side]] = {
    "ours": Ours,
    "wechatpy": Wechatpy,
    "WeRoBot": Werobot,
    "wechat-crypto": lambda: OfNode("wechat-crypto"),
    "@wecom/crypto": lambda: OfNode("@wecom/crypto"),
}
