"""One real gateway that is attacked by bare sockets, and what is left in it afterwards."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, CookieJar

from tests.journeys.town import WEBHOOK_SECRET, Town

API = "/chat/api"
#: Only a guard against an answer that never comes.
PATIENCE = 60.0
MEGABYTE = 1024 * 1024
WEBHOOK = "/channels/telegram"
JSON = "Content-Type: application/json"
LETTER = json.dumps({"text": "灯坏了"}).encode()


@dataclass
class Fortress:
    """A town's gateway, and one resident whose cookie every attack carries."""

    town: Town
    token: str = ""
    _said: int = 0

    # -- attacking ---------------------------------------------------------------------------

    def head(self, method: str, path: str, *more: str, host: str = "localhost") -> bytes:
        """The head of a request of the resident, and of Telegram."""
        lines = (
            f"{method} {path} HTTP/1.1",
            f"Host: {host}",
            f"Cookie: linli={self.token}",
            f"X-Telegram-Bot-Api-Secret-Token: {WEBHOOK_SECRET}",
            *more,
        )
        return "\r\n".join((*lines, "", "")).encode("utf-8", "surrogateescape")

    def request(self, method: str, path: str, body: bytes = b"", *more: str) -> bytes:
        """A whole one, its length told truly, after which the line may be closed."""
        named = (*more, f"Content-Length: {len(body)}", "Connection: close")
        return self.head(method, path, *named) + body

    async def meets(self, *pieces: bytes, ends: bool = False) -> int:
        """Send it all; the status of the first answer, 0 when the line was closed without one.

        `ends` closes our side of the line behind it, as whoever promised more and is gone does.
        """
        reader, writer = await asyncio.open_connection("127.0.0.1", self.town.port)
        try:
            async with asyncio.timeout(PATIENCE):
                await _send(writer, pieces, ends=ends)
                return await _status(reader)
        finally:
            writer.transport.abort()

    async def meets_each(self, attacks: Iterable[bytes]) -> list[int]:
        return [await self.meets(attack) for attack in attacks]

    # -- looking -----------------------------------------------------------------------------

    def kept(self) -> int:
        """Messages of people and updates of Telegram, whatever became of them."""
        return self.count("inbox") + self.count("received")

    def count(self, table: str) -> int:
        return int(self.ask(f"SELECT count(*) FROM {table}")[0][0])

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.town.data / "linli.db", timeout=30)) as conn:
            return conn.execute(query).fetchall()

    def memory(self) -> int:
        """Bytes the gateway has ever needed at once."""
        status = Path(f"/proc/{self.town.pid}/status").read_text(encoding="ascii")
        line = next(each for each in status.splitlines() if each.startswith("VmHWM"))
        return int(line.split()[1]) * 1024

    def failures(self) -> list[str]:
        """What the gateway called a failure of its own since the last look."""
        lines = self.town.said().splitlines()
        new, self._said = lines[self._said :], len(lines)
        return [each for each in new if "Traceback" in each or '"request_failed"' in each]

    async def still_serves(self) -> None:
        """A message of somebody decent is taken in all the same."""
        async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as http:
            opened = await http.post(f"{self.town.url}{API}/session", json={"locale": "zh-CN"})
            assert opened.status == 201, await opened.text()
            body = {"client_msg_id": "0b6b3d0e-1111-4222-8333-444455556666", "text": "灯坏了"}
            sent = await http.post(f"{self.town.url}{API}/messages", json=body)
            assert sent.status == 202, await sent.text()
        failures = self.failures()
        assert failures == [], failures


@dataclass
class Answers:
    """What each attack met, for a sentence that names the ones that went wrong."""

    wrong: list[tuple[str, int]] = field(default_factory=list)

    def note(self, attack: str, status: int, *, stored: int = 0) -> None:
        """2xx that stored nothing, 5xx, and what was stored without a 2xx are wrong."""
        is_taken = 200 <= status < 300
        if status >= 500 or (stored and not is_taken):
            self.wrong.append((attack[:120], status))


@asynccontextmanager
async def besieged(town: Town) -> AsyncIterator[Fortress]:
    fortress = Fortress(town)
    fortress.failures()
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as http:
        answer = await http.post(f"{town.url}{API}/session", json={"locale": "zh-CN"})
        assert answer.status == 201, await answer.text()
        fortress.token = answer.cookies["linli"].value
    yield fortress


async def _send(writer: asyncio.StreamWriter, pieces: Iterable[bytes], *, ends: bool) -> None:
    """Whoever hangs up on us in the middle has heard enough."""
    with suppress(ConnectionError):
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        if ends:
            writer.write_eof()


async def _status(reader: asyncio.StreamReader) -> int:
    with suppress(ConnectionError):
        words = (await reader.readline()).split()
        return int(words[1]) if len(words) > 1 and words[1].isdigit() else 0
    return 0
