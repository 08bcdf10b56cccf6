"""`Arena`: ours with the real Rasa and the stock servers over the same model, up at the same time."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.installation import Installation, installed, required_model
from tests.bench.stock.server import StockRasa, stock_rasa


@dataclass
class Arena:
    ours: Installation
    stock: StockRasa


@asynccontextmanager
async def arena(folder: Path) -> AsyncIterator[Arena]:
    trained = required_model()
    async with installed(folder) as ours, stock_rasa(folder, trained) as stock:
        yield Arena(ours, stock)
