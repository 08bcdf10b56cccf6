"""What is short is done on the loop; what waits or is long leaves it to others."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest

from actions.adapters.database.sqlite_connection import SqliteConnection, open_sqlite

#: Rows whose every trio is looked at: a long time.
ROWS = 100
SOME = 3
LONG = "SELECT count(*) FROM things a, things b, things c WHERE a.name || b.name > c.name"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "house.db"
    with sqlite3.connect(path) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT)")
        made.executemany(
            "INSERT INTO things (name) VALUES (?)", [(f"东西{n}",) for n in range(ROWS)]
        )
    made.close()
    return path


@pytest.fixture
async def connection(file: Path) -> AsyncIterator[SqliteConnection]:
    opened = open_sqlite(str(file), 60.0)
    await opened
    opened.isolation_level = None
    yield opened
    await opened.close()


class Rounds:
    """Counts how often the loop came round."""

    def __init__(self) -> None:
        self.count = 0
        self.some = asyncio.Event()
        self._task = asyncio.create_task(self._turn())

    async def _turn(self) -> None:
        while True:
            await asyncio.sleep(0)
            self.count += 1
            if self.count == SOME:
                self.some.set()

    async def end(self) -> None:
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task


async def test_a_short_question_is_answered_at_once(connection: SqliteConnection) -> None:
    rounds = Rounds()
    connection.begin_with("BEGIN")
    cursor = await connection.cursor().execute("SELECT name FROM things WHERE id = ?", (1,))
    await connection.rollback()

    assert await cursor.fetchall() == [("东西0",)]
    assert rounds.count == 0
    await rounds.end()


async def test_a_long_question_does_not_keep_the_loop(connection: SqliteConnection) -> None:
    rounds = Rounds()
    connection.begin_with("BEGIN")
    asking = asyncio.create_task(connection.cursor().execute(LONG))
    await rounds.some.wait()
    assert not asking.done()
    cursor = await asking

    assert (await cursor.fetchall())[0][0] > 0
    await rounds.end()


async def test_what_was_written_before_a_long_question_stands(
    connection: SqliteConnection,
) -> None:
    connection.begin_with("BEGIN IMMEDIATE")
    await connection.cursor().execute("INSERT INTO things (name) VALUES ('新')")
    await connection.cursor().execute(LONG)
    await connection.commit()

    kept = await connection.cursor().execute("SELECT count(*) FROM things WHERE name = '新'")
    assert await kept.fetchall() == [(1,)]


async def test_many_short_questions_let_the_loop_come_round(connection: SqliteConnection) -> None:
    rounds = Rounds()
    while not rounds.count:
        await connection.cursor().execute("SELECT name FROM things WHERE id = ?", (1,))
    await rounds.end()


async def test_a_writer_waits_for_another_process_beside_the_loop(
    connection: SqliteConnection, file: Path
) -> None:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    rounds = Rounds()
    connection.begin_with("BEGIN IMMEDIATE")
    writing = asyncio.create_task(
        connection.cursor().execute("INSERT INTO things (name) VALUES ('新')")
    )
    await rounds.some.wait()
    assert not writing.done()
    other.execute("ROLLBACK")
    other.close()
    await writing
    await connection.commit()

    kept = await connection.cursor().execute("SELECT count(*) FROM things WHERE name = '新'")
    assert await kept.fetchall() == [(1,)]
    await rounds.end()


async def test_a_writer_given_up_while_it_waits_leaves_nothing_behind(
    connection: SqliteConnection, file: Path
) -> None:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    connection.begin_with("BEGIN IMMEDIATE")
    writing = asyncio.create_task(
        connection.cursor().execute("INSERT INTO things (name) VALUES ('新')")
    )
    await asyncio.sleep(0)
    writing.cancel()
    with suppress(asyncio.CancelledError):
        await writing
    other.execute("ROLLBACK")
    other.close()
    await connection.rollback()

    kept = await connection.cursor().execute("SELECT count(*) FROM things WHERE name = '新'")
    assert await kept.fetchall() == [(0,)]


async def test_an_error_is_told_as_it_is(connection: SqliteConnection) -> None:
    connection.begin_with("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.IntegrityError):
        await connection.cursor().execute("INSERT INTO things (id, name) VALUES (1, '又')")
    await connection.rollback()
