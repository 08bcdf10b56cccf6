"""The production shape: two of each on one PostgreSQL and one Redis, and any of them may die."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from aiohttp import ClientSession, CookieJar

from tests.servers.redis import RedisServer
from tests.topology import Topology, topology

API = "/chat/api"
#: Against hanging alone.
LONG = 120


class Resident:
    """Somebody whose browser may be sent to either gateway."""

    def __init__(self, whole: Topology, http: ClientSession) -> None:
        self._whole = whole
        self._http = http

    async def enter(self, gateway: int) -> None:
        url = self._whole.gateway(gateway) + API + "/session"
        async with self._http.post(url, json={"locale": "zh-CN"}) as answer:
            assert answer.status == 201, await answer.text()

    async def write(self, gateway: int, text: str) -> str:
        url = self._whole.gateway(gateway) + API + "/messages"
        body = {"client_msg_id": str(uuid4()), "text": text}
        async with self._http.post(url, json=body) as answer:
            assert answer.status == 202, await answer.text()
            return str((await answer.json())["message_id"])

    async def answer(self, gateway: int, message: str) -> dict[str, Any]:
        """What was said to the message, as the stream of that gateway tells it."""
        url = self._whole.gateway(gateway) + API + "/events?after=0"
        async with asyncio.timeout(LONG), self._http.get(url) as stream:
            assert stream.status == 200
            async for line in stream.content:
                if line.startswith(b"data: "):
                    found: dict[str, Any] = json.loads(line.removeprefix(b"data: "))
                    if found.get("in_reply_to") == message:
                        return found
        raise AssertionError("the stream ended")

    async def is_answered(self, first: int, other: int, text: str) -> None:
        """In at one gateway, and seen at the other, whose stream was open before."""
        reading = asyncio.create_task(self._follow(other))
        message = await self.write(first, text)
        found = await self.answer(other, message)
        assert found["text"]
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)

    async def _follow(self, gateway: int) -> None:
        url = self._whole.gateway(gateway) + API + "/events?after=0"
        async with self._http.get(url) as stream:
            await stream.content.read()


@pytest.fixture
async def whole(
    tmp_path: Path, postgres_url: str, own_redis: RedisServer
) -> AsyncIterator[Topology]:
    async with topology(
        tmp_path,
        database_url=postgres_url,
        redis_url=own_redis.url,
        LINLI_TRUSTED_PROXIES="127.0.0.1",
    ) as six:
        yield six


@pytest.fixture
def own_redis() -> Any:
    server = RedisServer()
    server.start()
    yield server
    server.stop()


async def test_what_comes_in_at_one_is_answered_at_the_other_whoever_dies(
    whole: Topology, own_redis: RedisServer
) -> None:
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as http:
        resident = Resident(whole, http)
        await resident.enter(1)
        await resident.is_answered(1, 2, "你好")

        await whole.kill("rasa-1")
        await resident.is_answered(2, 1, "在吗")

        await whole.start_again("rasa-1")
        await whole.kill("actions-2")  # rasa-2 understands, and nothing comes of it
        for text in ("有人吗", "喂", "还在吗"):
            await resident.is_answered(1, 2, text)

        own_redis.kill()
        await resident.is_answered(1, 2, "没有提醒也行")

        await whole.kill("gateway-1")
        message = await resident.write(2, "还有一个")
        assert (await resident.answer(2, message))["text"]
        async with http.get(whole.gateway(2) + "/readyz") as answer:
            assert (await answer.json())["redis"] == "away"

        leaving = asyncio.create_task(whole.parts["gateway-2"].stop())
        await says_that_it_leaves(http, whole.gateway(2))
        await resident.write(2, "走之前再说一句")
        assert await leaving == 0


async def says_that_it_leaves(http: ClientSession, gateway: str) -> None:
    async with asyncio.timeout(LONG):
        while True:
            async with http.get(gateway + "/readyz") as answer:
                if (await answer.json())["status"] == "leaving":
                    assert answer.status == 503
                    assert answer.headers["Connection"] == "close"
                    return
            await asyncio.sleep(0.02)
