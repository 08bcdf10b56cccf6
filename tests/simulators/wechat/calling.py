"""Callbacks: sealed and signed as the platform does, five seconds, three tries, then given up.

Sealing, signing and reading are wechatpy's, so that what our channel understands is not only itself.
"""

import asyncio
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import xmltodict
from aiohttp import ClientError, ClientSession, ClientTimeout
from wechatpy import parse_message
from wechatpy.crypto import PrpCrypto, WeChatCrypto, _get_signature
from wechatpy.utils import WeChatSigner

from tests.simulators.wechat.state import State

TRIES: Final = 3
DEADLINE: Final = 5.0
#: What a user reads when nothing of use came back.
FAULT: Final = "该公众号提供的服务出现故障，请稍后再试"


@dataclass(frozen=True)
class Knock:
    """One try of one callback."""

    openid: str
    seconds: float
    status: int  #: 0 when no answer came in time
    body: str


class Calling:
    def __init__(self, state: State, *, deadline: float = DEADLINE) -> None:
        self.url = ""
        self.deadline = deadline
        #: Every try, in order.
        self.knocks: list[Knock] = []
        self._state = state
        self._crypto = WeChatCrypto(state.token, state.aes_key, state.app_id)
        self._http: ClientSession | None = None

    async def verify(self) -> tuple[int, str]:
        """As the platform does when the address is set: status and text of the answer."""
        query = self._signed() | {"echostr": "5837397520665436492"}
        async with self._session().get(self.url, params=query) as answer:
            return answer.status, await answer.text()

    async def call(self, openid: str, children: Mapping[str, Any], *, times: int = 1) -> None:
        """Deliver it, `times` at once; whatever is said in reply reaches the user once."""
        xml = self._xml(openid, children)
        replies = await asyncio.gather(*(self._until_taken(openid, xml) for _ in range(times)))
        for words in dict.fromkeys(words for words in replies if words):
            self._state.accept("reply", openid, words, None)

    async def _until_taken(self, openid: str, xml: str) -> str:
        for _ in range(TRIES):
            knock = await self._knock(openid, xml)
            self.knocks.append(knock)
            self._state.changed()
            if knock.status:
                return self._said(knock)
        return FAULT

    async def _knock(self, openid: str, xml: str) -> Knock:
        query, body = self.sealed(openid, xml)
        loop = asyncio.get_running_loop()
        began = loop.time()
        status, text = 0, ""
        try:
            async with (
                asyncio.timeout(self.deadline),
                self._session().post(self.url, params=query, data=body.encode()) as answer,
            ):
                text = await answer.text()
                status = answer.status
        except (TimeoutError, ClientError):
            text = "no answer"
        return Knock(openid, loop.time() - began, status, text)

    def _said(self, knock: Knock) -> str:
        """What the user sees of an answer: nothing, a text, or that something is wrong."""
        if knock.status == 200 and knock.body in {"", "success"}:
            return ""
        try:
            return self._read(knock.body)
        except Exception as error:  # noqa: BLE001 - whatever it is, the user sees one thing
            self.knocks.append(Knock(knock.openid, 0.0, -1, repr(error)))
            return FAULT

    def _read(self, body: str) -> str:
        found = xmltodict.parse(body)["xml"]
        if self._state.mode == "secure" or "Encrypt" in found:
            inner = self._crypto.decrypt_message(
                body, found["MsgSignature"], found["TimeStamp"], found["Nonce"]
            )
        else:
            inner = body
        message = parse_message(inner)
        assert message.source == self._state.account, "a reply is from the account"
        words = str(message.content)
        assert len(words.encode()) <= 2048, "a reply of more than 2,048 bytes"
        return words

    def _xml(self, openid: str, children: Mapping[str, Any]) -> str:
        head = {
            "ToUserName": self._state.account,
            "FromUserName": openid,
            "CreateTime": str(int(self._state.now())),
        }
        return str(xmltodict.unparse({"xml": head | dict(children)}, full_document=False))

    def sealed(
        self, openid: str, xml: str, *, like: dict[str, str] | None = None
    ) -> tuple[dict[str, str], str]:
        """Query and body of a callback; `like` has the time and nonce of another one."""
        query = self._signed() | {"openid": openid}
        if like is not None:
            query |= {name: like[name] for name in ("signature", "timestamp", "nonce")}
        if self._state.mode == "plain":
            return query, xml
        sealed = PrpCrypto(self._crypto.key).encrypt(xml, self._state.app_id).decode()
        signed = _get_signature(self._state.token, query["timestamp"], query["nonce"], sealed)
        outer: dict[str, Any] = {"ToUserName": self._state.account, "Encrypt": sealed}
        if self._state.mode == "compatible":
            outer = xmltodict.parse(xml)["xml"] | {"Encrypt": sealed}
        body = xmltodict.unparse({"xml": outer}, full_document=False)
        return query | {"encrypt_type": "aes", "msg_signature": signed}, str(body)

    def _signed(self) -> dict[str, str]:
        at, nonce = str(int(self._state.now())), str(secrets.randbelow(10**10))
        signer = WeChatSigner()
        signer.add_data(self._state.token, at, nonce)
        return {"signature": signer.signature, "timestamp": at, "nonce": nonce}

    def _session(self) -> ClientSession:
        if self._http is None:
            self._http = ClientSession(timeout=ClientTimeout(total=None))
        return self._http

    async def close(self) -> None:
        if self._http is not None:
            await self._http.close()
