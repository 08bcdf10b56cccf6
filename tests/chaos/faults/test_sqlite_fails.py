"""The SQLite file is locked by others, full, or read for long (B3–B5)."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from actions.adapters.database.engine import LOG_LIMIT
from actions.adapters.database.vitals import SqlVitals
from tests.chaos.faults.houses import Writer, house_over, writer
from tests.integration.web_house import House, new_id


def file_of(url: str) -> Path:
    return Path(make_url(url).database or "")


@contextmanager
def held(url: str) -> Iterator[sqlite3.Connection]:
    """Another process that writes and does not come to an end."""
    with closing(sqlite3.connect(file_of(url), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other
        if other.in_transaction:
            other.execute("ROLLBACK")


@asynccontextmanager
async def beating() -> AsyncIterator[list[float]]:
    """How late the event loop was, at worst, in the one element."""
    worst = [0.0]
    loop = asyncio.get_running_loop()

    async def beat() -> None:
        while True:
            due = loop.time() + 0.01
            await asyncio.sleep(0.01)
            worst[0] = max(worst[0], loop.time() - due)

    task = asyncio.create_task(beat())
    yield worst
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_a_lock_held_for_a_moment_is_waited_for_b5(sqlite_url: str, tmp_path: Path) -> None:
    async with house_over(sqlite_url, tmp_path) as house:
        resident = await writer(house)
        with held(sqlite_url) as other:
            saying = asyncio.create_task(resident.tries("灯坏了", new_id()))
            await asyncio.sleep(0.1)
            assert not saying.done()
            other.execute("ROLLBACK")
            assert await saying == 202

        assert await resident.said() == ["灯坏了"]


async def test_a_lock_held_for_long_is_told_and_blocks_nobody_who_reads_b5(
    sqlite_url: str, tmp_path: Path
) -> None:
    """Many wait at once and each hears in time; the event loop goes on all the while."""
    numbers = [new_id() for _ in range(20)]
    async with house_over(sqlite_url, tmp_path) as house:
        resident = await writer(house)
        await resident.insists("先说一句")
        with held(sqlite_url):
            async with beating() as worst:
                trying = [resident.tries(f"第{n}句", number) for n, number in enumerate(numbers)]
                waiting = asyncio.gather(*trying)
                assert await resident.said() == ["先说一句"]
                assert set(await waiting) == {503}
            assert worst[0] < 2.0  # in one of the waits of eight seconds it would be late by all
        for n, number in enumerate(numbers):
            assert await resident.tries(f"第{n}句", number) == 202

        assert sorted(await resident.said()) == sorted(
            ["先说一句", *(f"第{n}句" for n in range(20))]
        )


async def test_a_full_disk_refuses_and_is_read_and_recovers_by_itself_b3(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with house_over(sqlite_url, tmp_path) as house:
        resident = await writer(house)
        await resident.insists("第一句")
        await _leave_no_room(house)
        kept, number = await _until_refused(resident)
        assert (await resident.said())[: len(kept) + 1] == ["第一句", *kept]

        await _leave_no_room(house, pages=1_000_000)
        assert await resident.tries("有地方了", number) == 202
        assert await resident.said() == ["第一句", *kept, "有地方了"]


async def _leave_no_room(house: House, pages: int = 1) -> None:
    """The file may not grow beyond what it has; a number below that means the same."""
    async with house.world.database.write() as conn:
        await conn.execute(text(f"PRAGMA max_page_count={pages}"))


async def _until_refused(resident: Writer) -> tuple[list[str], str]:
    """Long texts fill what pages have left."""
    kept: list[str] = []
    while True:
        number, words = new_id(), f"{len(kept)} " + "长" * 900
        status = await resident.tries(words, number)
        if status == 503:
            return kept, number
        assert status == 202
        kept.append(words)


async def test_a_log_that_a_reader_kept_from_ending_is_cut_again_b4(
    sqlite_url: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    log = file_of(sqlite_url).with_name(file_of(sqlite_url).name + "-wal")
    async with house_over(sqlite_url, tmp_path) as house:
        resident = await writer(house)
        with closing(sqlite3.connect(file_of(sqlite_url), isolation_level=None)) as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM inbox").fetchone()
            await _write(house, LOG_LIMIT)
            assert log.stat().st_size > LOG_LIMIT
            await SqlVitals(house.world.database).check(house.world.clock.now())
            assert "the write-ahead log grows" in caplog.messages
            await resident.insists("照样收")
        await _write(house, 1)  # brings everything into the file
        await _write(house, 1)  # begins the log anew

        assert await resident.said() == ["照样收"]
        assert log.stat().st_size <= LOG_LIMIT


async def _write(house: House, size: int) -> None:
    async with house.world.database.write() as conn:
        await conn.execute(text("CREATE TABLE IF NOT EXISTS ballast (filling BLOB)"))
        await conn.execute(text("INSERT INTO ballast VALUES (zeroblob(:size))"), {"size": size})
        await conn.commit()
