"""Commit to push: from the moment an outbox row is written to the moment an open page shows it."""

import asyncio
import json
import time
from datetime import UTC, datetime

from sqlalchemy import select

from actions.adapters.database.engine import Database
from actions.adapters.database.schema.messaging import messages, outbox
from tests.bench.installation import Installation
from tests.bench.lean import API, Line
from tests.bench.measure import Aim, Measure, percentile, waited
from tests.bench.sizes import Sizes

#: Seconds between two messages to the house: news trickle in, they do not pour.
APART = 0.04


class Watcher:
    """A page that holds its stream open, and when it saw which message."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.seen: dict[int, float] = {}

    async def open(self) -> None:
        self._reader, writer = await asyncio.open_connection(*self.line.where)
        writer.write(
            f"GET {API}/events HTTP/1.1\r\nHost: {self.line.where[0]}:{self.line.where[1]}\r\n"
            f"Cookie: {self.line.cookie}\r\n\r\n".encode("ascii")
        )
        await self._reader.readuntil(b"\r\n\r\n")
        self._writer = writer
        self._task = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        while raw := await self._reader.readline():
            at = time.time()
            if raw.startswith(b"data: "):
                self.seen[int(json.loads(raw[6:])["id"])] = at

    async def close(self) -> None:
        self._writer.close()
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        await self.line.close()


async def measure(installation: Installation, sizes: Sizes) -> list[Measure]:
    """The row is dated when its transaction begins, so this is a little more than the delay."""
    port = installation.gateway.port
    watchers = [Watcher(await Line("127.0.0.1", port).open()) for _ in range(sizes.streams)]
    for watcher in watchers:
        await watcher.open()
    opened = datetime.now(UTC)
    try:
        for number in range(sizes.pushes):
            await watchers[number % len(watchers)].line.say("您好")
            await asyncio.sleep(APART)
        waits = await _delays(installation, watchers, sizes.pushes, opened)
    finally:
        for watcher in watchers:
            await watcher.close()
    name = f"outbox commit to open page, {sizes.streams} streams"
    return [
        waited(f"{name}, p50", percentile(waits, 0.5)),
        waited(f"{name}, p99", percentile(waits, 0.99), aim=Aim(most=300)),
    ]


async def _delays(
    installation: Installation, watchers: list[Watcher], count: int, since: datetime
) -> list[float]:
    """Of what was owed since then: the welcome was shown before the page had its stream."""
    seen: dict[int, float] = {}
    query = (
        select(messages.c.id, outbox.c.created_at)
        .join(outbox, outbox.c.id == messages.c.outbox_id)
        .where(outbox.c.created_at >= since)
    )
    database = Database(installation.database_url)
    try:
        while True:
            for watcher in watchers:
                seen.update(watcher.seen)
            async with database.read() as conn:
                owed = {row.id: row.created_at for row in await conn.execute(query)}
            if len(owed) >= count and owed.keys() <= seen.keys():
                return [seen[number] - _seconds(at) for number, at in owed.items()]
            await asyncio.sleep(0.2)
    finally:
        await database.close()


def _seconds(at: datetime) -> float:
    return (at - datetime.fromtimestamp(0, UTC)).total_seconds()
