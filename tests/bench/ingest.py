"""Durable ingest: messages acknowledged in a second, each on disk before its 202."""

import asyncio
import time

from tests.bench import group_commit
from tests.bench.installation import Installation
from tests.bench.lean import Line
from tests.bench.measure import Aim, Measure, beside, percentile, waited
from tests.bench.sizes import Sizes

WORDS = "您好"
PEER = "bare SQLite group commit"


async def measure(installation: Installation, sizes: Sizes) -> list[Measure]:
    """Through the door of the web chat; what was taken in is answered beside it."""
    gateway = installation.gateway
    # Linux is at home on all of 127.0.0.0/8, so that each page comes from an address of its own.
    homes = [f"127.0.0.{number + 2}" for number in range(sizes.pages)]
    lines = [await Line("127.0.0.1", gateway.port, come_from=home).open() for home in homes]
    each = sizes.messages // sizes.pages
    await _pour(lines, 5)
    began = time.perf_counter()
    waits = await _pour(lines, each)
    took = time.perf_counter() - began
    for line in lines:
        await line.close()
    bare = await asyncio.to_thread(group_commit.run, sizes.messages, sizes.pages)
    crowd = f"durable ingest, {sizes.pages} pages at once"
    return [
        beside(crowd, len(waits) / took, "messages/s", PEER, bare.a_second, aim=Aim(least=2000)),
        waited(f"{crowd}, p50", percentile(waits, 0.5)),
        waited(f"{crowd}, p99", percentile(waits, 0.99), aim=Aim(most=100)),
        waited(f"{PEER}, {sizes.pages} rows a commit, p99 of a commit", bare.p99),
    ]


async def _pour(lines: list[Line], each: int) -> list[float]:
    waits: list[float] = []

    async def pour(line: Line) -> None:
        for _ in range(each):
            began = time.perf_counter()
            await line.say(WORDS)
            waits.append(time.perf_counter() - began)

    await asyncio.gather(*(pour(line) for line in lines))
    return waits
