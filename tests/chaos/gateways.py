"""Gateways on one database and a Rasa that answers when it is told to."""

import asyncio
import json
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from enum import Enum
from pathlib import Path
from typing import Any
from uuid import uuid4

from aiohttp import ClientError, ClientSession, CookieJar, web
from sqlalchemy import text

from actions.adapters.database.engine import Database
from tests.chaos.stand_in import call
from tests.integration.started import Started
from tests.servers.process import free_port

API = "/chat/api"


class Fate(Enum):
    """What becomes of a text Rasa was asked about."""

    ANSWER = (True, 200, b"[]")
    NOTHING = (False, 200, b"[]")
    ACT_AND_BREAK = (True, 502, b"<html>Bad Gateway</html>")
    BREAK = (False, 500, b"")
    UNAVAILABLE = (False, 503, b"<html>\xff\xfe")
    RUBBISH = (True, 200, b'{"text": "\xff\xfe')
    EMPTY_ONES = (True, 200, b"[{}]")
    FLOOD = (True, 200, b"[" + b'{"recipient_id":"somebody else","text":"hello"},' * 20_000 + b"]")


class Call:
    """One text Rasa was asked about, by one gateway; it waits to be dealt with."""

    def __init__(self, gateway: int, heard: dict[str, Any]) -> None:
        self.gateway = gateway
        self.heard = heard
        self._fate: asyncio.Future[Fate] = asyncio.get_running_loop().create_future()
        self.acted = asyncio.Event()
        self.status = 0

    @property
    def text(self) -> str:
        return str(self.heard["message"])

    def becomes(self, fate: Fate) -> None:
        if not self._fate.done():
            self._fate.set_result(fate)

    async def fate(self) -> Fate:
        return await asyncio.shield(self._fate)


class SlowRasa:
    """Holds every text until the test says what becomes of it."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self.port = free_port()
        self.actions = [free_port(), free_port()]
        self.calls: asyncio.Queue[Call] = asyncio.Queue()
        self.all: list[Call] = []

    async def start(self) -> None:
        app = web.Application()
        app.router.add_get("/{index}/webhooks/rest/", self._health)
        app.router.add_post("/{index}/webhooks/rest/webhook", self._message)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True).start()

    async def stop(self) -> None:
        for asked in self.all:
            asked.becomes(Fate.NOTHING)
        await self._runner.cleanup()

    async def _health(self, _request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def _message(self, request: web.Request) -> web.Response:
        asked = Call(int(request.match_info["index"]), await request.json())
        self.all.append(asked)
        self.calls.put_nowait(asked)
        # Rasa goes on when the gateway has hung up; so does this.
        fate = await asyncio.shield(asyncio.ensure_future(self._deal_with(asked)))
        _, status, body = fate.value
        return web.Response(status=status, body=body, content_type="application/json")

    async def _deal_with(self, asked: Call) -> Fate:
        fate = await asked.fate()
        if fate.value[0]:
            await self._act(asked)
        return fate

    async def _act(self, asked: Call) -> None:
        """Call the action endpoint of the gateway that asked, as Rasa does."""
        token = (self._data / "keys" / "actions.token").read_text(encoding="ascii")
        url = f"http://127.0.0.1:{self.actions[asked.gateway]}/webhook"
        async with ClientSession() as http:
            try:
                async with http.post(
                    url, params={"token": token}, json=call(asked.heard)
                ) as answer:
                    asked.status = answer.status
            except ClientError:
                asked.status = -1
        asked.acted.set()

    async def asked(self) -> Call:
        """The next text, whoever asks about it."""
        async with asyncio.timeout(60):
            return await self.calls.get()


class Pair:
    """Two gateways, of which perhaps one runs, and one resident who can reach either."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.data = folder / "data"
        self.rasa = SlowRasa(self.data)
        self._url = database_url
        self.gateways = [self._gateway(index) for index in (0, 1)]

    def _gateway(self, index: int) -> Started:
        gateway = Started(
            self.data, "gateway",
            DATABASE_URL=self._url,
            LINLI_RASA_URL=f"http://127.0.0.1:{self.rasa.port}/{index}",
            LINLI_ACTIONS_PORT=str(self.rasa.actions[index]),
        )  # fmt: skip
        gateway.output = self.data.parent / f"gateway-{index}.log"
        return gateway

    async def start(self, index: int) -> None:
        await self.gateways[index].start()
        await self.gateways[index].answers(self.http)

    def signal(self, index: int, number: signal.Signals) -> None:
        os.kill(self.gateways[index].pid, number)

    async def kill(self, index: int) -> None:
        await self.gateways[index].end(signal.SIGKILL)

    async def enter(self, index: int) -> None:
        url = self.gateways[index].url + API + "/session"
        async with self.http.post(url, json={"locale": "zh-CN"}) as answer:
            assert answer.status == 201, await answer.text()

    async def write(self, index: int, words: str, client_msg_id: str = "") -> str:
        body = {"client_msg_id": client_msg_id or str(uuid4()), "text": words}
        url = self.gateways[index].url + API + "/messages"
        async with self.http.post(url, json=body) as answer:
            assert answer.status == 202, await answer.text()
            return str((await answer.json())["message_id"])

    async def lines(self, index: int) -> list[dict[str, Any]]:
        url = self.gateways[index].url + API + "/messages?after=0"
        async with self.http.get(url) as answer:
            found: list[dict[str, Any]] = (await answer.json())["messages"]
            return found

    async def answers(self, index: int, message: str, count: int = 1) -> list[str]:
        """What was said in answer to the message, once it is so much."""
        async with asyncio.timeout(60):
            while True:
                lines = await self.lines(index)
                found = [each["text"] for each in lines if each["in_reply_to"] == message]
                if len(found) >= count:
                    return found
                await asyncio.sleep(0.05)

    async def ask(self, query: str) -> list[tuple[Any, ...]]:
        database = Database(self._url)
        try:
            async with database.read() as conn:
                return [tuple(row) for row in (await conn.execute(text(query))).all()]
        finally:
            await database.close()

    async def token(self) -> int:
        return int((await self.ask("SELECT max(lease_token) FROM conversations"))[0][0])

    def logged(self, index: int, action: str) -> int:
        """How often a gateway noted this in its log."""
        lines = self.gateways[index].said().splitlines()
        records = [json.loads(line) for line in lines if line.startswith("{")]
        return sum(record.get("action") == action for record in records)


@asynccontextmanager
async def gateways(folder: Path, database_url: str, count: int) -> AsyncIterator[Pair]:
    """So many of them run, and the resident has come in."""
    pair = Pair(folder, database_url)
    await pair.rasa.start()
    try:
        async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as pair.http:
            await asyncio.gather(*(pair.start(index) for index in range(count)))
            await pair.enter(0)
            yield pair
    finally:
        for gateway in pair.gateways[:count]:
            await gateway.kill_all()
        await pair.rasa.stop()
