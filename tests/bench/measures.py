"""The measures: each takes an installation and returns rows of the table."""

import asyncio
import time
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from actions.adapters.database.engine import Database
from tests.bench.history import History
from tests.bench.installation import Installation
from tests.bench.page import Page

SHORT, LONG = 10, 3000
#: Turns measured of either length, and how many conversations share them.
TURNS = 200
CONVERSATIONS = 20
WORDS = "您好"
#: Pages that send at the same time, and what each sends.
PAGES, EACH = 32, 40
WARM_UP = 20


@dataclass(frozen=True)
class Measure:
    name: str
    value: float
    unit: str
    peer: str = ""
    peer_value: float | None = None
    ratio: float | None = None

    def row(self) -> dict[str, Any]:
        return asdict(self)

    def __str__(self) -> str:
        beside = f"   {self.peer} {self.peer_value} (ratio {self.ratio})" if self.peer else ""
        return f"{self.name:<58} {self.value:>10} {self.unit}{beside}"


async def long_conversations(installation: Installation) -> list[Measure]:
    """What a turn costs at the 10th message and at the 3,000th, in turns, one after the other."""
    url = installation.gateway.url
    pages = [await Page(url).open() for _ in range(2 * CONVERSATIONS)]
    short, long = pages[:CONVERSATIONS], pages[CONVERSATIONS:]
    try:
        for number in range(WARM_UP):
            await pages[number % len(pages)].ask(WORDS)
        await _grow(installation, pages[0], short, SHORT)
        await _grow(installation, pages[0], long, LONG)
        seconds: dict[int, list[float]] = {SHORT: [], LONG: []}
        for number in range(TURNS):
            for length, group in ((SHORT, short), (LONG, long)):
                page = group[number % CONVERSATIONS]
                began = time.perf_counter()
                await page.ask(WORDS)
                seconds[length].append(time.perf_counter() - began)
    finally:
        for page in pages:
            await page.close()
    at = {length: median(each) * 1000 for length, each in seconds.items()}
    ratio = round(at[LONG] / at[SHORT], 3)
    through = f"turn through {installation.understanding}"
    return [
        Measure(f"{through}, message {SHORT}", round(at[SHORT], 1), "ms"),
        Measure(f"{through}, message {LONG}", round(at[LONG], 1), "ms"),
        Measure(f"cost of message {LONG} in message {SHORT}", ratio, "×", ratio=ratio),
    ]


async def _grow(installation: Installation, pattern: Page, pages: list[Page], length: int) -> None:
    database = Database(installation.database_url)
    try:
        history = History(database)
        await history.learn(pattern.participant_id)
        await history.grow([page.participant_id for page in pages], length)
    finally:
        await database.close()


async def durable_ingest(installation: Installation) -> list[Measure]:
    """Messages acknowledged in a second, each on disk before its 202; answers go on beside it."""
    pages = [await Page(installation.gateway.url).open() for _ in range(PAGES)]
    waits: list[float] = []

    async def pour(page: Page) -> None:
        for _ in range(EACH):
            began = time.perf_counter()
            await page.send(WORDS)
            waits.append(time.perf_counter() - began)

    began = time.perf_counter()
    await asyncio.gather(*(pour(page) for page in pages))
    took = time.perf_counter() - began
    for page in pages:
        await page.close()
    waits.sort()
    return [
        Measure("durable ingest, 32 pages at once", round(len(waits) / took), "messages/s"),
        Measure("durable ingest, p99", round(waits[int(len(waits) * 0.99)] * 1000, 1), "ms"),
    ]
