"""The line to Redis is slow, cut or silent, and a wake-up never arrives (C3, C4)."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import pytest
from sqlalchemy import exists, select

from actions.adapters.database.delivery import Delivery
from actions.adapters.database.engine import Database
from actions.adapters.database.schema.messaging import messages
from actions.adapters.database.turns import Turns
from actions.adapters.redis_link import RedisLink
from bot.channels.webchat.hub import Hub
from bot.delivery.render import Renderer
from bot.delivery.worker import DeliveryWorker
from bot.gateway.throttle import TokenBuckets
from bot.gateway.turns import TurnRunner
from bot.metrics import Metrics
from bot.ports import Allowance
from bot.redis_throttle import SHARE, SharedBuckets
from tests.chaos.faults.houses import neighbourhood
from tests.chaos.proxy import FaultProxy
from tests.understanding import TaughtUnderstanding

FOUR = Allowance("four", burst=4, a_second=0.001)


def slow(line: FaultProxy) -> None:
    line.back.latency = 5.0


def cut_short(line: FaultProxy) -> None:
    line.back.limit = 1


def cut_in_the_middle(line: FaultProxy) -> None:
    line.lose_answers(times=1000)


def silent(line: FaultProxy) -> None:
    line.swallow()


def down(line: FaultProxy) -> None:
    line.refuse()


@asynccontextmanager
async def buckets_behind(url: str) -> AsyncIterator[tuple[FaultProxy, RedisLink, SharedBuckets]]:
    async with FaultProxy(urlsplit(url).port or 0) as line:
        link = RedisLink(f"redis://127.0.0.1:{line.port}/0", b"a secret")
        own = TokenBuckets(time.monotonic)
        alone = TokenBuckets(time.monotonic, share=SHARE)
        yield line, link, SharedBuckets(link, own, alone)
        await link.close()


@pytest.mark.parametrize("spoil", [slow, cut_short, cut_in_the_middle, silent, down])
async def test_limits_hold_stricter_while_the_line_is_bad(
    redis_url: str, spoil: Callable[[FaultProxy], None]
) -> None:
    async with buckets_behind(redis_url) as (line, link, buckets):
        assert await buckets.take(FOUR, "before") == 0.0
        spoil(line)

        waits = [await buckets.take(FOUR, "somebody") for _ in range(10)]

        assert waits.count(0.0) == FOUR.burst * SHARE
        assert link.word == "away"


async def test_what_nobody_was_woken_for_is_found_by_looking(sqlite_url: str) -> None:
    """Neither the arrival nor the answer is announced to whoever handles and shows them."""
    async with neighbourhood(sqlite_url) as world:
        turns = Turns(world.database, "a:1:x")
        rasa = TaughtUnderstanding(world.bus, turns.actor)
        runner = TurnRunner(turns, world.bus, rasa, world.clock, count=lambda *_: None)
        delivery = DeliveryWorker(
            Delivery(world.database, "a:1:x"),
            Renderer(world.wording),
            Hub(),
            clock=world.clock,
            quiet_hours=world.community.quiet_hours,
            counts=Metrics(),
        )
        running = [asyncio.create_task(runner.run()), asyncio.create_task(delivery.run())]
        resident = await world.resident()
        await world.arrives(resident, "您好")
        async with asyncio.timeout(60):
            while not await _is_shown(world.database):  # noqa: ASYNC110  nobody is woken
                await asyncio.sleep(0.05)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

        assert rasa.heard == ["您好"]


async def _is_shown(database: Database) -> bool:
    query = select(exists().where(messages.c.direction == "out"))
    async with database.read() as conn:
        return bool((await conn.execute(query)).scalar_one())
