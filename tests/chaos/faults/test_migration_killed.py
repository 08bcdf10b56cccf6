"""A migration killed in the middle goes on at the next start (B7)."""

import asyncio
import sys
from pathlib import Path

import pytest
from sqlalchemy import inspect, text
from sqlalchemy.ext.asyncio import create_async_engine

from actions.adapters.database.engine import async_url
from actions.adapters.database.migrate import newest_revision
from actions.adapters.database.schema import metadata

#: Statements between two kills of one script where every statement would take too long.
FAR = 37


async def kills(url: str, step: int) -> int:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.chaos.faults.killed_migration", url, str(step)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()
    return int(said.decode().split()[-1])


async def is_whole(url: str) -> None:
    """Every table of the schema is there, with all its columns, at the newest revision."""
    engine = create_async_engine(async_url(url))
    async with engine.connect() as conn:
        found = await conn.run_sync(
            lambda sync: {
                table: {column["name"] for column in inspect(sync).get_columns(table)}
                for table in inspect(sync).get_table_names()
            }
        )
        revision = await conn.execute(text("SELECT version_num FROM alembic_version"))
        assert revision.scalars().all() == [newest_revision()]
    await engine.dispose()
    found.pop("alembic_version")
    assert found == {name: set(table.columns.keys()) for name, table in metadata.tables.items()}


async def emptied(url: str) -> str:
    engine = create_async_engine(async_url(url))
    async with engine.begin() as conn:
        await conn.execute(text("DROP SCHEMA public CASCADE"))
        await conn.execute(text("CREATE SCHEMA public"))
    await engine.dispose()
    return url


async def test_a_killed_migration_of_a_file_goes_on(sqlite_folder: Path) -> None:
    url = f"sqlite:///{sqlite_folder / 'killed.db'}"

    assert await kills(url, FAR) >= 6
    await is_whole(url)


async def test_a_killed_migration_of_a_server_goes_on(postgres_url: str) -> None:
    assert await kills(await emptied(postgres_url), FAR) >= 6
    await is_whole(postgres_url)


@pytest.mark.chaos
async def test_a_file_killed_at_every_statement_goes_on(sqlite_folder: Path) -> None:
    url = f"sqlite:///{sqlite_folder / 'killed-everywhere.db'}"

    assert await kills(url, 1) >= 150
    await is_whole(url)


@pytest.mark.chaos
async def test_a_server_killed_at_every_statement_goes_on(postgres_url: str) -> None:
    assert await kills(await emptied(postgres_url), 1) >= 150
    await is_whole(postgres_url)
