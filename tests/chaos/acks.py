"""How long a message on the page waits to be acknowledged while something else is away.

`python -m tests.chaos.acks [--seconds S]`: the promise is one second at the 99th percentile with
Redis stopped or hung, Rasa hung, or the database restarting within its time-outs.
"""

import argparse
import asyncio
import os
import secrets
import sys
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from bot.launcher.welcome import say
from tests.chaos.proxy import FaultProxy
from tests.chaos.steady import Steady, Waits
from tests.chaos.surroundings import Surroundings, surroundings
from tests.servers.postgres import PostgresServer
from tests.servers.redis import RedisServer
from tests.servers.schema import migrate

PROMISE = 1.0
RESIDENTS, EVERY = 20, 1.0
#: Seconds between two restarts of the database, and how long each takes (reliability 2-B: 0.31).
RESTARTS, DOWN = 4.0, 0.35
#: Only a guard against what never settles.
DRAIN = 120.0

Trouble = Callable[[FaultProxy], AbstractAsyncContextManager[None]]


@asynccontextmanager
async def nothing(_line: FaultProxy) -> AsyncIterator[None]:
    yield


@asynccontextmanager
async def stopped(line: FaultProxy) -> AsyncIterator[None]:
    line.refuse()
    yield
    await line.accept()


@asynccontextmanager
async def hung(line: FaultProxy) -> AsyncIterator[None]:
    line.swallow()
    yield
    line.heal()


@asynccontextmanager
async def restarting(line: FaultProxy) -> AsyncIterator[None]:
    async def restart() -> None:
        while True:
            async with stopped(line):
                await asyncio.sleep(DOWN)
            await asyncio.sleep(RESTARTS - DOWN)

    task = asyncio.create_task(restart())
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await line.accept()


#: The first connections and the first statements of a process; nobody is promised anything there.
WARMING = "warming up"
SCHEDULE: dict[str, tuple[str, Trouble]] = {
    WARMING: ("redis", nothing),
    "nothing is wrong": ("redis", nothing),
    "Redis stopped": ("redis", stopped),
    "Redis hung": ("redis", hung),
    "Rasa stopped": ("rasa", stopped),
    "Rasa hung": ("rasa", hung),
    "database restarting": ("store", restarting),
}


async def measured(
    around: Surroundings, seconds: float, seed: str, only: str
) -> tuple[Waits, list[str]]:
    """The waits of every phase, and what was wrong with the transcripts afterwards."""
    waits = Waits()
    residents = [Steady(around.doors, waits, f"{seed}/{n}") for n in range(RESIDENTS)]
    for resident in residents:
        await resident.open()
    writing = [asyncio.create_task(resident.write(EVERY)) for resident in residents]
    for phase, (line, trouble) in SCHEDULE.items():
        if only not in phase and phase != WARMING:
            continue
        for resident in residents:
            resident.phase = phase
        async with trouble(around.lines[line]):
            await asyncio.sleep(seconds)
    for task in writing:
        task.cancel()
    await asyncio.gather(*writing, return_exceptions=True)
    try:
        return waits, await settled(residents)
    finally:
        for resident in residents:
            await resident.close()


async def settled(residents: list[Steady]) -> list[str]:
    """What is still wrong when all has had its time."""
    loop = asyncio.get_running_loop()
    until = loop.time() + DRAIN
    async with asyncio.timeout(DRAIN):
        await asyncio.gather(*(resident.finish() for resident in residents))
    while True:
        wrong = [line for resident in residents for line in await resident.judge()]
        if not wrong or loop.time() > until:
            return wrong
        await asyncio.sleep(0.5)


def table(waits: Waits) -> list[str]:
    return [
        f"{phase:22} messages {len(waits.kept.get(phase, [])):4} p50 {waits.of(phase, 0.5):6.3f} s "
        f"p99 {waits.of(phase, 0.99):6.3f} s max {waits.of(phase, 1.0):6.3f} s "
        f"sent again {waits.refused[phase]}"
        for phase in waits.kept
    ]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos.acks", description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0, help="of each phase")
    parser.add_argument("--only", default="", help="phases with this in their names")
    options = parser.parse_args()
    seed = os.environ.get("SEED") or secrets.token_hex(4)
    say(f"SEED={seed}")
    postgres, redis = PostgresServer(), RedisServer()
    try:
        postgres.start()
        redis.start()
        waits, wrong = asyncio.run(_run(postgres.clone(migrate), redis.url, options, seed))
    finally:
        redis.stop()
        postgres.stop()
    for line in (*table(waits), *wrong):
        say(line)
    late = [phase for phase in waits.kept if phase != WARMING and waits.of(phase, 0.99) > PROMISE]
    say(f"late {len(late)} wrong {len(wrong)}")
    return 1 if late or wrong else 0


async def _run(
    database_url: str, redis_url: str, options: argparse.Namespace, seed: str
) -> tuple[Waits, list[str]]:
    with tempfile.TemporaryDirectory(prefix="linli-acks-") as folder:
        async with surroundings(Path(folder), database_url, redis_url, seed=seed) as around:
            return await measured(around, options.seconds, seed, options.only)


if __name__ == "__main__":
    sys.exit(main())
