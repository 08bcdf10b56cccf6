"""Who borrows a connection finds nothing of whoever had it before."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, select

from actions.adapters.database.engine import Database

THINGS = Table("things", MetaData(), Column("id", Integer, primary_key=True))


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database(f"sqlite:///{tmp_path / 'house.db'}")
    async with opened.write() as conn:
        await conn.run_sync(THINGS.metadata.create_all)
        await conn.commit()
    yield opened
    await opened.close()


async def things(database: Database) -> list[int]:
    async with database.read() as conn:
        return list((await conn.execute(select(THINGS.c.id))).scalars())


async def test_what_is_not_committed_is_gone(database: Database) -> None:
    async with database.write() as conn:
        await conn.execute(insert(THINGS).values(id=1))
    assert await things(database) == []


async def test_what_failed_half_way_is_gone(database: Database) -> None:
    async def fail() -> None:
        async with database.write() as conn:
            await conn.execute(insert(THINGS).values(id=1))
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    assert await things(database) == []


async def test_each_look_sees_what_was_committed_before_it(database: Database) -> None:
    for number in (1, 2, 3):
        async with database.write() as conn:
            await conn.execute(insert(THINGS).values(id=number))
            await conn.commit()
        assert len(await things(database)) == number


async def test_a_look_is_of_one_moment(database: Database) -> None:
    async with database.read() as conn:
        assert list(await conn.execute(select(THINGS))) == []
        async with database.write() as writing:
            await writing.execute(insert(THINGS).values(id=1))
            await writing.commit()
        assert list(await conn.execute(select(THINGS))) == []
    assert await things(database) == [1]


async def test_more_at_once_than_there_are_connections_wait_for_each_other(
    database: Database,
) -> None:
    assert await asyncio.gather(*(things(database) for _ in range(20))) == [[]] * 20


async def test_one_that_is_given_up_leaves_room_for_the_next(database: Database) -> None:
    async def hold(held: asyncio.Event) -> None:
        async with database.read() as conn:
            await conn.execute(select(THINGS))
            held.set()
            await asyncio.Event().wait()

    for _ in range(10):
        held = asyncio.Event()
        holding = asyncio.create_task(hold(held))
        await held.wait()
        holding.cancel()
        with pytest.raises(asyncio.CancelledError):
            await holding
    assert await things(database) == []
