"""What one process does for all: one at a time, and another when that one is gone."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import select, text, update

from actions.adapters.database.duties import LEASE, Duties
from actions.adapters.database.engine import Database
from actions.adapters.database.owners import own_name
from actions.adapters.database.schema.duties import duties

SOON = 0.02
#: Against hanging alone.
LONG = 60
ELSEWHERE = "another-machine:7:abcd"


class Work:
    """Goes on until it is stopped, and knows how often it was begun."""

    def __init__(self) -> None:
        self.begun = 0
        self.under_way = asyncio.Event()
        self.ended = asyncio.Event()

    async def do(self) -> None:
        self.begun += 1
        self.under_way.set()
        try:
            await asyncio.Event().wait()
        finally:
            self.under_way.clear()
            self.ended.set()


@pytest.fixture
async def database(store_url: str) -> AsyncIterator[Database]:
    opened = Database(store_url)
    yield opened
    await opened.close()


async def holder(database: Database) -> tuple[str | None, int] | None:
    query = select(duties.c.lease_owner, duties.c.lease_token).where(duties.c.name == "timers")
    async with database.read() as conn:
        row = (await conn.execute(query)).one_or_none()
    return (row.lease_owner, row.lease_token) if row else None


async def held_by(database: Database, owner: str, seconds: float) -> None:
    async with database.write() as conn:
        await conn.execute(
            update(duties).values(lease_owner=owner, lease_until=database.now + seconds)
        )
        await conn.commit()


async def stopped(task: asyncio.Task[Any]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_one_of_two_does_it_and_the_other_takes_over_when_it_leaves(
    database: Database,
) -> None:
    works = Work(), Work()
    tasks = [
        asyncio.create_task(
            Duties(database, f"machine-{n}:1:aa", every=SOON).during("timers", w.do)
        )
        for n, w in enumerate(works)
    ]
    async with asyncio.timeout(LONG):
        begun = [asyncio.create_task(each.under_way.wait()) for each in works]
        _, waiting = await asyncio.wait(begun, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.gather(*map(stopped, waiting))
        for _ in range(5):
            await asyncio.sleep(SOON)
        first = 0 if works[0].begun else 1
        assert works[1 - first].begun == 0

        await stopped(tasks[first])
        await works[1 - first].under_way.wait()

    assert not works[first].under_way.is_set()
    await stopped(tasks[1 - first])
    assert (await holder(database) or ("?", 0))[0] is None


async def test_what_a_silent_process_holds_is_taken_when_its_lease_has_run_out(
    database: Database,
) -> None:
    work = Work()
    ours = Duties(database, own_name(), every=SOON)
    await ours._take("timers")
    await held_by(database, ELSEWHERE, LEASE)
    task = asyncio.create_task(ours.during("timers", work.do))
    for _ in range(5):
        await asyncio.sleep(SOON)
    assert work.begun == 0

    await held_by(database, ELSEWHERE, -1)

    async with asyncio.timeout(LONG):
        await work.under_way.wait()
    await stopped(task)


async def test_a_lease_far_ahead_is_of_a_clock_that_was_set_back(database: Database) -> None:
    ours = Duties(database, own_name())
    await ours._take("timers")
    await held_by(database, ELSEWHERE, 3600)

    assert await ours._take("timers")


async def test_what_a_dead_process_of_this_machine_held_need_not_run_out(
    database: Database,
) -> None:
    ours = Duties(database, own_name())
    await ours._take("timers")
    machine = own_name().split(":")[0]
    await held_by(database, f"{machine}:{2**22 + 1}:dead", LEASE)

    assert await ours._take("timers")


async def test_whoever_lost_it_stops(database: Database) -> None:
    work = Work()
    task = asyncio.create_task(Duties(database, own_name(), every=SOON).during("timers", work.do))
    async with asyncio.timeout(LONG):
        await work.under_way.wait()
        await held_by(database, ELSEWHERE, LEASE)

        await work.ended.wait()

    assert (await holder(database) or ("?", 0))[0] == ELSEWHERE
    await stopped(task)


async def test_a_store_that_is_away_gives_no_duty(database: Database) -> None:
    async with database.write() as conn:
        await conn.execute(text("ALTER TABLE duties RENAME TO elsewhere"))
        await conn.commit()

    assert await Duties(database, own_name())._take("timers") is None

    async with database.write() as conn:
        await conn.execute(text("ALTER TABLE elsewhere RENAME TO duties"))
        await conn.commit()
