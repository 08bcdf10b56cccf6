"""A database as the first release left it, with matters in the middle of their lives."""

import asyncio
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from sqlalchemy import Connection, MetaData, text
from sqlalchemy.dialects.postgresql import BYTEA, JSONB
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool
from sqlalchemy.types import BOOLEAN, TIMESTAMP

from actions.adapters.database.doctor import SqlDoctor
from actions.adapters.database.engine import Database, async_url
from actions.adapters.database.migrate import alembic_config, migrate
from actions.adapters.database.schema.matters import tickets

RELEASED = Path(__file__).parents[1] / "data" / "released_0001.sql"

_READ: dict[type, Callable[[Any], Any]] = {
    JSONB: json.loads,
    BOOLEAN: bool,
    BYTEA: bytes,
    TIMESTAMP: lambda value: datetime.fromisoformat(value).replace(tzinfo=UTC),
}


async def test_a_file_of_the_first_release_is_brought_up_to_date(tmp_path: Path) -> None:
    file = tmp_path / "linli.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(RELEASED.read_text("utf-8"))

    await is_brought_up_to_date(f"sqlite:///{file}")


async def test_so_is_a_server_database(tmp_path: Path, postgres_url: str) -> None:
    # Without the limits of the house, so that a busy machine decides nothing here.
    engine = create_async_engine(async_url(postgres_url), poolclass=NullPool)
    async with engine.begin() as conn:
        await conn.execute(text("DROP SCHEMA public CASCADE"))
        await conn.execute(text("CREATE SCHEMA public"))
    await asyncio.to_thread(command.upgrade, alembic_config(postgres_url), "0001")
    with closing(sqlite3.connect(tmp_path / "linli.db")) as file:
        file.executescript(RELEASED.read_text("utf-8"))
        async with engine.begin() as conn:
            await conn.run_sync(copied, file)
    await engine.dispose()

    await is_brought_up_to_date(postgres_url)


def copied(conn: Connection, file: sqlite3.Connection) -> None:
    """Every row of the file, in the types of the server."""
    schema = MetaData()
    schema.reflect(conn)
    file.row_factory = sqlite3.Row
    for table in schema.sorted_tables:
        if table.name == "alembic_version":
            continue
        rows = [dict(row) for row in file.execute(f"SELECT * FROM {table.name}")]
        for row in rows:
            for column in table.columns:
                read = next((_READ[kind] for kind in _READ if isinstance(column.type, kind)), None)
                if read and row[column.name] is not None:
                    row[column.name] = read(row[column.name])
        if rows:
            conn.execute(table.insert(), rows)


async def is_brought_up_to_date(url: str) -> None:
    await migrate(url)

    database = Database(url)
    assert [finding async for finding in SqlDoctor(database).findings()] == []
    async with database.read() as conn:
        found = (await conn.execute(tickets.select().order_by(tickets.c.id))).all()
    await database.close()
    statuses = [row.status for row in found]
    assert statuses == [
        "accepted", "dispatched", "closed_partly", "dispatched", "returned", "dispatched",
    ]  # fmt: skip
    assert found[3].parent == found[2].number
    assert all(row.clock_from is not None for row in found)
    waiting = [row.number for row in found if row.next_rung_at is None]
    assert waiting == [found[2].number]
