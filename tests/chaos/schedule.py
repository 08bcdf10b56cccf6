"""Which storms there are, which of them is due next, and how one is run and written down."""

import asyncio
import shutil
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from random import Random
from typing import Any

import asyncpg

from tests.chaos.cutting import CutStorm
from tests.chaos.nursery import Nursery
from tests.chaos.plan import Plan, Result
from tests.chaos.postgres_storm import PostgresStorm
from tests.chaos.powercut import build
from tests.chaos.results import Total
from tests.chaos.storm import Storm
from tests.chaos.strokes import ONLY_POLLING, steps_of
from tests.servers.memory import scratch_folder
from tests.servers.postgres import DURABLE, PostgresServer
from tests.servers.process import ServerError

#: Strokes of one storm: after them everything has to settle and is checked.
STROKES = 60
CUTS = 25
POSTGRES_KILLS = 15
#: Fail points of one storm: the rarest so far.
STEPS = 16
#: Seconds a database may take to come back between two storms.
PATIENCE = 30


class Schedule(StrEnum):
    SQLITE = "sqlite"  #: kills; two gateways on one file
    POLLING = "polling"  #: kills; one gateway, which asks Telegram
    POSTGRESQL = "postgresql"  #: kills; two gateways on PostgreSQL
    CUTS = "cuts"  #: power cuts
    CRASHES = "crashes"  #: kills of PostgreSQL
    CONTROL = "control"  #: a power cut that has to lose


@dataclass(frozen=True)
class _Share:
    done: float
    schedule: Schedule


def next_due(done: Total, wanted: tuple[int, int, int], only: Schedule | None) -> Schedule | None:
    """What is furthest behind; None when there is enough of everything."""
    kills, cuts, crashes = wanted
    shares = [
        _Share(done.kills.total() / kills, _kills_next(done)),
        _Share(done.cuts / cuts, Schedule.CUTS),
        _Share(done.postgres_kills / crashes, Schedule.CRASHES),
    ]
    if only is not None:
        shares = [_Share(share.done, only) for share in shares if _same(share.schedule, only)]
    behind = min(shares, key=lambda share: share.done)
    return behind.schedule if behind.done < 1 else None


def _same(one: Schedule, other: Schedule) -> bool:
    special = (Schedule.CUTS, Schedule.CRASHES)
    return one == other or (one not in special and other not in special)


def _kills_next(done: Total) -> Schedule:
    """Polling where its own steps are behind the others; else the two stores in turn."""
    counts = dict(done.of_steps())
    polling = min(counts[name] for name in ONLY_POLLING)
    others = sorted(count for name, count in counts.items() if name not in ONLY_POLLING)
    if polling < others[len(others) // 2]:
        return Schedule.POLLING
    return Schedule.POSTGRESQL if done.runs % 4 == 3 else Schedule.SQLITE


class Runner:
    """Keeps what is costly to make: the zygote of each kind, and PostgreSQL."""

    def __init__(self, stack: AsyncExitStack) -> None:
        self._stack = stack
        self._made: dict[str, Any] = {}

    async def run(self, schedule: Schedule, seed: str, done: Total) -> Result:
        folder = scratch_folder("linli-chaos-")
        try:
            return await self._run(schedule, seed, folder, done)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    async def _run(self, schedule: Schedule, seed: str, folder: Path, done: Total) -> Result:
        plan = Plan(seed=seed, strokes=STROKES, is_timed=True)
        if schedule in (Schedule.CUTS, Schedule.CONTROL):
            plan = _cuts(plan) if schedule is Schedule.CUTS else _control(plan)
            return await CutStorm(plan, folder, await self._nursery(shimmed=True)).rage()
        if schedule is Schedule.SQLITE:
            plan = replace(plan, steps=_rarest(done, polls=False))
            return await Storm(plan, folder, await self._nursery()).rage()
        if schedule is Schedule.POLLING:
            plan = replace(plan, gateways=1, polls=True, steps=_rarest(done, polls=True))
            return await Storm(plan, folder, await self._nursery()).rage()
        server = await self._postgres()
        url = await _new_database(server)
        plan = replace(plan, database_url=url, steps=_rarest(done, polls=False))
        nursery = await self._nursery(server=server)
        try:
            if schedule is Schedule.POSTGRESQL:
                return await Storm(plan, folder, nursery).rage()
            plan = replace(plan, strokes=POSTGRES_KILLS, is_timed=False)
            return await PostgresStorm(plan, folder, nursery, server).rage()
        finally:
            server.drop(url)

    async def _nursery(
        self, *, shimmed: bool = False, server: PostgresServer | None = None
    ) -> Nursery:
        name = "shimmed" if shimmed else "postgresql" if server else "plain"
        if name not in self._made:
            variables = {}
            if shimmed:
                folder = scratch_folder("linli-shim-")
                self._stack.callback(shutil.rmtree, folder, ignore_errors=True)
                variables["LD_PRELOAD"] = str(build(folder))
            if server:
                variables["REHEARSE_ON"] = await _new_database(server)
            self._made[name] = await self._stack.enter_async_context(Nursery().open(**variables))
        nursery: Nursery = self._made[name]
        return nursery

    async def _postgres(self) -> PostgresServer:
        if "server" not in self._made:
            server = self._made["server"] = PostgresServer(DURABLE)
            await asyncio.to_thread(server.start)
            self._stack.callback(server.stop)
        found: PostgresServer = self._made["server"]
        return found


async def _new_database(server: PostgresServer) -> str:
    """Empty: whoever starts first makes the tables. A server that was just hit is waited for."""
    for _ in range(PATIENCE):
        try:
            return await asyncio.to_thread(server.create_empty)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            await asyncio.sleep(1.0)
    raise ServerError("PostgreSQL did not come back")


def _cuts(plan: Plan) -> Plan:
    """One gateway or two: what one wrote and did not sync, another may have synced."""
    gateways = Random(plan.seed).randint(1, 2)
    return replace(plan, strokes=CUTS, gateways=gateways, is_timed=False)


def _control(plan: Plan) -> Plan:
    return replace(plan, strokes=1, gateways=1, is_weak=True, is_timed=False)


def _rarest(done: Total, *, polls: bool) -> tuple[str, ...]:
    possible = set(steps_of(polls=polls))
    return tuple([name for name, _ in done.of_steps() if name in possible][:STEPS])
