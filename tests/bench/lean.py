"""A keep-alive line that costs next to nothing, so that a measure is not one of its own client."""

import asyncio
import json
from http.cookies import SimpleCookie
from typing import Any, Self
from uuid import uuid4

API = "/chat/api"


class Line:
    """One connection and one session of the web chat: ask, read, ask again."""

    def __init__(self, host: str, port: int, *, come_from: str = "") -> None:
        """`come_from` is an address of ours: what one address may do in a second is bounded."""
        self.where = host, port
        self._come_from = (come_from, 0) if come_from else None
        self.cookie = ""
        self.participant_id = ""

    async def open(self, join: str = "") -> Self:
        self._reader, self._writer = await asyncio.open_connection(
            *self.where, local_addr=self._come_from
        )
        body = {"locale": "zh-CN"} | ({"join": join} if join else {})
        told = await self.post("/session", body)
        self.participant_id = told["participant_id"]
        return self

    async def close(self) -> None:
        self._writer.close()
        await self._writer.wait_closed()

    async def say(self, text: str) -> dict[str, Any]:
        """Returns once the message is kept."""
        return await self.post("/messages", {"client_msg_id": str(uuid4()), "text": text})

    async def ask(self, text: str) -> dict[str, Any]:
        """Say it and wait for the line that answers it."""
        return await self.answered(await self.say(text))

    async def tap(self, action: str) -> dict[str, Any]:
        """Press it and wait for the line that answers it."""
        return await self.answered(await self.press(action))

    async def answered(self, told: dict[str, Any]) -> dict[str, Any]:
        after = told["seq"]
        while True:
            for line in await self.news(after, wait=20):
                if line["in_reply_to"] == told["message_id"]:
                    return line
                after = line["seq"]

    async def news(self, after: int, *, wait: int = 0) -> list[dict[str, Any]]:
        told = await self.get(f"/messages?after={after}&wait={wait}")
        lines: list[dict[str, Any]] = told["messages"]
        return lines

    async def press(self, action: str) -> dict[str, Any]:
        return await self.post("/messages", {"client_msg_id": str(uuid4()), "action": action})

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        sent = json.dumps(body).encode()
        return await self._ask(
            f"POST {API}{path} HTTP/1.1\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(sent)}\r\n",
            sent,
        )

    async def get(self, path: str) -> dict[str, Any]:
        return await self._ask(f"GET {API}{path} HTTP/1.1\r\n", b"")

    async def _ask(self, head: str, body: bytes) -> dict[str, Any]:
        host, port = self.where
        named = f"{head}Host: {host}:{port}\r\nCookie: {self.cookie}\r\n\r\n"
        self._writer.write(named.encode("ascii") + body)
        status, told = await self._answer()
        if status >= 400:
            raise RuntimeError(f"{head.splitlines()[0]}: {status} {told}")
        return told

    async def _answer(self) -> tuple[int, dict[str, Any]]:
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        first, *lines = head.split("\r\n")
        length = 0
        for line in lines:
            name, _, value = line.partition(": ")
            if name.lower() == "content-length":
                length = int(value)
            elif name.lower() == "set-cookie":
                self._remember(value)
        body = await self._reader.readexactly(length)
        return int(first.split(" ", 2)[1]), json.loads(body)

    def _remember(self, value: str) -> None:
        self.cookie = "; ".join(f"{m.key}={m.value}" for m in SimpleCookie(value).values())
