"""Gateways whose store, Redis and Rasa are reached by lines that can be cut, each on its own."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import ClientSession
from sqlalchemy.engine import make_url

from tests.chaos.proxy import FaultProxy
from tests.chaos.stand_in import StandIn
from tests.integration.started import Started


@dataclass
class Surroundings:
    """`lines` are named for what lies behind them."""

    gateways: list[Started]
    lines: dict[str, FaultProxy]
    database_url: str  #: past the line

    @property
    def doors(self) -> list[str]:
        return [gateway.url for gateway in self.gateways]


@asynccontextmanager
async def surroundings(
    folder: Path, database_url: str, redis_url: str, *, gateways: int = 2, seed: str = ""
) -> AsyncIterator[Surroundings]:
    """They run, and every line is whole."""
    store, redis = make_url(database_url), urlsplit(redis_url)
    rasa = StandIn(folder / "data" / "keys" / "actions.token", seed)
    rasa.is_faulty = False
    indexes = [rasa.add_gateway() for _ in range(gateways)]
    async with AsyncExitStack() as stack:
        await rasa.start()
        stack.push_async_callback(rasa.stop)
        targets = {"store": store.port, "redis": redis.port, "rasa": urlsplit(rasa.url(0)).port}
        lines = {
            name: await stack.enter_async_context(FaultProxy(port or 0, seed))
            for name, port in targets.items()
        }
        by_line = store.set(port=lines["store"].port).render_as_string(hide_password=False)
        running = []
        for index in indexes:
            gateway = Started(
                folder / "data", "gateway",
                DATABASE_URL=by_line,
                REDIS_URL=f"redis://127.0.0.1:{lines['redis'].port}/0",
                LINLI_RASA_URL=f"http://127.0.0.1:{lines['rasa'].port}/{index}",
                LINLI_ACTIONS_PORT=str(rasa.actions_ports[index]),
            )  # fmt: skip
            gateway.output = folder / f"gateway-{index}.log"
            stack.push_async_callback(gateway.kill_all)
            running.append(await gateway.start())
        async with ClientSession() as http:
            for gateway in running:
                await gateway.answers(http)
        yield Surroundings(running, lines, database_url)
