"""The console's pages over a large house: board, search, ticket with transcript; on both stores."""

import random
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import quote

import regex

from tests.bench.desk import Desk
from tests.bench.filled import STORES, filled
from tests.bench.measure import Aim, Measure, percentile, waited
from tests.bench.sizes import Sizes

#: A page has to be there before the one who asked looks away.
PATIENCE = Aim(most=300)
#: Words of many tickets, of some, of few and of none.
SEARCHED = ("漏水", "电梯", "电梯 坏", "噪音", "水管", "狗", "楼上 吵", "飞机场跑道")
_NUMBER = regex.compile(r"/admin/tickets/(LL-[0-9A-Z-]+)")
_FURTHER = regex.compile(r'href="(/admin/\?[^"]*before=\d+)"')


async def measure(sizes: Sizes) -> list[Measure]:
    rows: list[Measure] = []
    for store in STORES:
        async with filled(store, sizes) as installation:
            desk = await Desk(installation.gateway.url).open(installation, f"bench-{store}")
            try:
                rows += await _looks(desk, store, sizes)
            finally:
                await desk.close()
    return rows


async def _looks(desk: Desk, store: str, sizes: Sizes) -> list[Measure]:
    """The same dice for both stores; a search whose answer is one ticket leads to that ticket."""
    dice = random.Random("console")
    numbers = await _numbers(desk)
    pages: Mapping[str, Callable[[], str]] = {
        "board": lambda: "/admin/",
        "board, everything": lambda: "/admin/?group=all",
        "board, one kind": lambda: "/admin/?group=all&category=SAN01",
        "search": lambda: f"/admin/?group=all&q={quote(dice.choice(SEARCHED))}",
        "ticket and transcript": lambda: f"/admin/tickets/{dice.choice(numbers)}",
        "transcripts": lambda: "/admin/transcripts",
    }
    rows: list[Measure] = []
    for name, path in pages.items():
        await desk.look(path())
        waits = [await desk.look(path()) for _ in range(sizes.looks)]
        rows += _told(f"console, {name}, {store}", waits)
    return rows


async def _numbers(desk: Desk) -> Sequence[str]:
    """Of the newest tickets, some pages deep."""
    found: list[str] = []
    path = "/admin/?group=all"
    for _ in range(5):
        shown = await desk.page(path)
        found += _NUMBER.findall(shown)
        further = _FURTHER.search(shown)
        if further is None:
            break
        path = further[1].replace("&amp;", "&")
    return sorted(set(found))


def _told(name: str, waits: Sequence[float]) -> list[Measure]:
    return [
        waited(f"{name}, p50", percentile(waits, 0.5)),
        waited(f"{name}, p95", percentile(waits, 0.95), aim=PATIENCE),
    ]
