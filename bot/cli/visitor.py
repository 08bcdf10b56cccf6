"""`Visitor`: one participant of a running instance, through its public web-chat API."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Final, Self
from uuid import uuid4

from aiohttp import ClientError, ClientSession, ClientTimeout, CookieJar, FormData

API: Final = "/chat/api"
#: Seconds one request may take beyond what it asks the server to wait.
PATIENCE: Final = 30.0
#: How often a message goes out again under its own id when no answer came.
TRIES: Final = 3

Message = Mapping[str, Any]


class Refused(Exception):
    """The instance said no; the message says how."""


class Visitor:
    """A cookie of its own, and every message seen so far, in order."""

    def __init__(self, address: str) -> None:
        limit = ClientTimeout(total=PATIENCE)
        self._http = ClientSession(address, cookie_jar=CookieJar(unsafe=True), timeout=limit)
        self.messages: list[Message] = []
        self.session: dict[str, Any] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._http.close()

    async def arrive(self, locale: str, join: str = "") -> None:
        """Open a session, perhaps with a one-time code, and accept the notice."""
        body = {"locale": locale, **({"join": join} if join else {})}
        self.session = await self._call("POST", "/session", body)
        notice = self.session.get("notice")
        if notice:
            await self._call("POST", "/consent", {"version": notice["version"]})

    @property
    def cookies(self) -> dict[str, str]:
        return {cookie.key: cookie.value for cookie in self._http.cookie_jar}

    async def send(self, what: Mapping[str, Any]) -> str:
        """A text, an action, a place or photos; sent again under the same id until it is taken."""
        body = {"client_msg_id": str(uuid4()), **what}
        for left in reversed(range(TRIES)):
            try:
                return str((await self._call("POST", "/messages", body))["message_id"])
            except (ClientError, TimeoutError):
                if not left:
                    raise
        raise Refused("never sent")

    async def upload(self, raw: bytes) -> str:
        form = FormData()
        form.add_field("file", raw, filename="photo.jpg", content_type="image/jpeg")
        async with self._http.post(f"{API}/attachments", data=form) as answer:
            if not answer.ok:
                raise Refused(await answer.text())
            return str((await answer.json())["attachment_id"])

    async def listen(self, wait: int = 0) -> Sequence[Message]:
        """What is new, waiting for it at most so many seconds."""
        after = self.messages[-1]["seq"] if self.messages else 0
        answer = await self._call("GET", f"/messages?after={after}&wait={wait}")
        news: list[Message] = answer["messages"]
        self.messages += news
        return news

    async def answers(self, message_id: str, within: float) -> Sequence[Message]:
        """What the bot answered to a message, as soon as there is something; empty if nothing."""
        until = time.monotonic() + within
        while not (found := self._answers(message_id)) and time.monotonic() < until:
            await self.listen(wait=max(1, min(20, int(until - time.monotonic()))))
        return found

    def _answers(self, message_id: str) -> Sequence[Message]:
        return [each for each in self.messages if each["in_reply_to"] == message_id]

    async def _call(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        async with self._http.request(method, API + path, json=body) as answer:
            if answer.status == 429:  # noqa: PLR2004
                await asyncio.sleep(float(answer.headers.get("Retry-After", "1")))
                return await self._call(method, path, body)
            if not answer.ok:
                raise Refused(await answer.text())
            found: dict[str, Any] = await answer.json()
            return found
