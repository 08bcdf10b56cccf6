"""`Api`: calls of the platform, each with a token; a token it refuses is renewed once."""

import json
import logging
from collections.abc import Mapping
from typing import Any

from aiohttp import ClientSession, FormData

from bot.channels.wechat.asking import ApiRefused, ask
from bot.channels.wechat.remedies import Remedy
from bot.channels.wechat.tokens import Tokens

log = logging.getLogger(__name__)


class Api:
    def __init__(self, http: ClientSession, base: str, tokens: Tokens) -> None:
        """`base` is the address before `/cgi-bin`."""
        self._http = http
        self._base = base.rstrip("/")
        self._tokens = tokens

    async def post(self, method: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """Its answer.

        Raises as `ask`.
        """
        # The platform refuses letters as \\uXXXX in some of its methods.
        raw = json.dumps(body, ensure_ascii=False).encode()
        return await self._with_token(method, {"data": raw})

    async def upload(self, content: bytes) -> str:
        """The id of a picture, which lasts three days."""
        form = FormData()
        form.add_field("media", content, filename="photo.jpg", content_type="image/jpeg")
        answer = await self._with_token("media/upload", {"data": form}, type="image")
        return str(answer.get("media_id") or "")

    async def _with_token(
        self, method: str, sent: Mapping[str, Any], **query: str
    ) -> Mapping[str, Any]:
        token = await self._tokens.current()
        try:
            return await self._call(method, sent, query | {"access_token": token})
        except ApiRefused as refused:
            if refused.remedy is not Remedy.RENEW:
                raise
            log.info("the token is good no more", extra={"action": "wechat_token_renewed"})
        token = await self._tokens.after(token)
        return await self._call(method, sent, query | {"access_token": token})

    async def _call(
        self, method: str, sent: Mapping[str, Any], query: Mapping[str, str]
    ) -> Mapping[str, Any]:
        return await ask(self._http, f"{self._base}/cgi-bin/{method}", params=dict(query), **sent)
