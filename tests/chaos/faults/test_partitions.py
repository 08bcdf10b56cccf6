"""Two gateways are cut off from their store, Redis and Rasa, each and in pairs, and it heals (G6)."""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from itertools import combinations
from pathlib import Path

import pytest

from tests.chaos.acks import Trouble, hung, settled, stopped
from tests.chaos.steady import Steady, Waits
from tests.chaos.surroundings import Surroundings, surroundings

LINES = ("store", "redis", "rasa")
CUTS = [*combinations(LINES, 1), *combinations(LINES, 2), LINES]
#: Seconds of each partition, longer than every time-out that it meets, and of calm between two.
LASTS, CALM = 6.0, 2.0


async def cut(around: Surroundings, lines: Sequence[str], trouble: Trouble) -> None:
    async with AsyncExitStack() as stack:
        for line in lines:
            await stack.enter_async_context(trouble(around.lines[line]))
        await asyncio.sleep(LASTS)
    await asyncio.sleep(CALM)


@pytest.mark.chaos
@pytest.mark.parametrize("trouble", [stopped, hung])
async def test_every_partition_heals_without_a_message_lost_or_doubled(
    postgres_url: str, redis_url: str, tmp_path: Path, trouble: Trouble
) -> None:
    async with surroundings(tmp_path, postgres_url, redis_url) as around:
        residents = [Steady(around.doors, Waits(), f"partition/{n}") for n in range(6)]
        for resident in residents:
            await resident.open()
        writing = [asyncio.create_task(resident.write(0.7)) for resident in residents]
        for lines in CUTS:
            await cut(around, lines, trouble)
        for task in writing:
            task.cancel()
        await asyncio.gather(*writing, return_exceptions=True)
        wrong = await settled(residents)
        for resident in residents:
            await resident.close()

        assert wrong == []
        assert sum(len(resident.said) for resident in residents) > 100
        for gateway in around.gateways:
            assert "Traceback" not in gateway.said(), gateway.output
