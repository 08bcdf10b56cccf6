"""Warm start: keys, database and model are there; how long until somebody is served?"""

import tempfile
import time
from pathlib import Path
from statistics import median

from aiohttp import ClientSession

from tests.bench.installation import installed, ready, required_model, starting
from tests.bench.measure import Measure, beside
from tests.bench.sizes import Sizes
from tests.bench.stock.server import stock_rasa


async def measure(sizes: Sizes) -> list[Measure]:
    """The medians of a few starts, ours and theirs in turns."""
    trained = required_model()
    taken_in: list[float] = []
    answered: list[float] = []
    stock: list[float] = []
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as name:
        folder = Path(name)
        await _first_start(folder)
        for _ in range(sizes.starts):
            first, last = await _ours(folder, trained)
            taken_in.append(first)
            answered.append(last)
            stock.append(await _stock(folder, trained))
    return [
        Measure(
            name="warm start until messages are taken in",
            value=round(median(taken_in), 2),
            unit="s",
        ),
        beside(
            "warm start until a text is understood", median(answered), "s",
            "stock Rasa, first answer", median(stock),
        ),
    ]  # fmt: skip


async def _first_start(folder: Path) -> None:
    """Makes the keys and the database."""
    async with installed(folder, real=False):
        return


async def _ours(folder: Path, trained: Path) -> tuple[float, float]:
    """Until a message would be kept, and until it would be understood."""
    began = time.perf_counter()
    async with starting(folder, trained) as ours, ClientSession() as http:
        await ours.gateway.answers(http)
        first = time.perf_counter() - began
        await ready(http, ours.gateway)
        return first, time.perf_counter() - began


async def _stock(folder: Path, trained: Path) -> float:
    began = time.perf_counter()
    async with stock_rasa(folder, trained):
        return time.perf_counter() - began
