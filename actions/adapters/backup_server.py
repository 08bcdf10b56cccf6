"""Copy a PostgreSQL database while others write, and put a copy back, by COPY alone.

`pg_dump` would have to be installed beside us in the version of the server (ADR 0027).
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import asyncpg

from actions.adapters.backup import (
    ROWS,
    BackupError,
    Manifest,
    digest,
    now,
    pack,
    put_media,
    unpack,
    workplace,
)
from actions.adapters.database.engine import async_url
from actions.adapters.database.migrate import alembic_config, newest_revision
from actions.adapters.database.schema import metadata
from actions.adapters.numbers_after import COUNT, IDS, days_between

#: Where the old rows wait until the new ones are there.
_ASIDE: Final = "linli_before_restore"
_OTHERS: Final = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
_SEQUENCES: Final = """
SELECT quote_ident(schemaname) || '.' || quote_ident(sequencename) AS name,
       coalesce(last_value, 0) AS last
FROM pg_sequences WHERE schemaname = 'public'
"""
_SKIP: Final = """
INSERT INTO day_counters (day, area, last) VALUES ($1, '', $2)
ON CONFLICT (day) DO UPDATE SET last = day_counters.last + excluded.last
"""


async def make_backup(url: str, data: Path, media: Path, target: Path) -> int:
    """The size of the file in bytes.

    Raises:
        BackupError: the database is not of this version.
    """
    async with _connected(url) as conn:
        with workplace(data) as folder:
            async with conn.transaction(isolation="repeatable_read", readonly=True):
                revision = await _revision(conn)
                if revision != newest_revision():
                    raise BackupError(f"the database has schema {revision}; start Linli once first")
                manifest = await _copy_out(conn, revision, folder / ROWS)
            return await asyncio.to_thread(pack, folder, manifest, media, target)


async def _copy_out(conn: asyncpg.Connection, revision: str, folder: Path) -> Manifest:
    made_at, columns = now(), {}
    for table in metadata.sorted_tables:
        columns[table.name] = [column.name for column in table.columns]
        await conn.copy_from_table(
            table.name, columns=columns[table.name], output=folder / table.name
        )
    return Manifest(
        store="postgresql",
        revision=revision,
        made_at=made_at,
        columns=columns,
        digests={name: digest(folder / name) for name in columns},
    )


async def restore_backup(url: str, data: Path, media: Path, source: Path, *, over: bool) -> None:
    """Put a backup in place; until it is whole, what was there is only set aside.

    Raises:
        BackupError: the file is no sound backup of this store, others use the database, or there is
            one and it is not to be replaced. What is there stays as it was.
    """
    with workplace(data) as folder:
        manifest = await asyncio.to_thread(unpack, source, folder)
        if manifest.store != "postgresql":
            raise BackupError(f"{source} is of {manifest.store}; set DATABASE_URL to one")
        if manifest.revision > newest_revision():
            raise BackupError(f"{source} is of a later version of Linli ({manifest.revision})")
        async with _connected(url) as conn:
            await _require_quiet(conn, over=over)
            async with _set_aside(conn):
                await _upgrade(url, manifest.revision)
                async with conn.transaction():
                    await _copy_in(conn, manifest, folder / ROWS)
                await _upgrade(url, "head")
        put_media(folder, media)


async def _require_quiet(conn: asyncpg.Connection, *, over: bool) -> None:
    if others := await conn.fetchval(_OTHERS):
        raise BackupError(f"{others} others use the database; stop every gateway and action server")
    is_there = await conn.fetchval("SELECT to_regclass('public.alembic_version') IS NOT NULL")
    if is_there and not over:
        raise BackupError("the database is not empty; say --yes to replace it")


@asynccontextmanager
async def _set_aside(conn: asyncpg.Connection) -> AsyncIterator[None]:
    """The old schema comes back if the body fails, or did not end the last time."""
    if await conn.fetchval("SELECT to_regnamespace($1) IS NOT NULL", _ASIDE):
        await _bring_back(conn)
    async with conn.transaction():
        await conn.execute(f"ALTER SCHEMA public RENAME TO {_ASIDE}")
        await conn.execute("CREATE SCHEMA public")
    try:
        yield
    except BaseException:
        await _bring_back(conn)
        raise
    await conn.execute(f"DROP SCHEMA {_ASIDE} CASCADE")


async def _bring_back(conn: asyncpg.Connection) -> None:
    async with conn.transaction():
        await conn.execute("DROP SCHEMA IF EXISTS public CASCADE")
        await conn.execute(f"ALTER SCHEMA {_ASIDE} RENAME TO public")


async def _copy_in(conn: asyncpg.Connection, manifest: Manifest, folder: Path) -> None:
    for name in reversed(list(manifest.columns)):  # what a migration has put there
        await conn.execute(f'DELETE FROM "{name}"')  # noqa: S608 - names of our own tables
    for name, columns in manifest.columns.items():
        await conn.copy_to_table(name, columns=columns, source=folder / name)
        await _after_the_last_id(conn, name)
    for row in await conn.fetch(_SEQUENCES):
        await conn.execute("SELECT setval($1::text::regclass, $2)", row["name"], row["last"] + IDS)
    await conn.executemany(_SKIP, [(key, COUNT) for key in days_between(manifest.made)])


async def _after_the_last_id(conn: asyncpg.Connection, name: str) -> None:
    table = metadata.tables.get(name)
    column = table.autoincrement_column if table is not None else None
    if column is None:
        return
    sequence = await conn.fetchval("SELECT pg_get_serial_sequence($1, $2)", name, column.name)
    if sequence:
        highest = f'SELECT coalesce(max("{column.name}"), 0) + 1 FROM "{name}"'  # noqa: S608
        await conn.execute(f"SELECT setval($1::text::regclass, ({highest}))", sequence)


async def _upgrade(url: str, revision: str) -> None:
    from alembic import command  # noqa: PLC0415 - slow import

    await asyncio.to_thread(command.upgrade, alembic_config(url), revision)


async def _revision(conn: asyncpg.Connection) -> str:
    if not await conn.fetchval("SELECT to_regclass('public.alembic_version') IS NOT NULL"):
        raise BackupError("there is nothing in the database")
    return str(await conn.fetchval("SELECT version_num FROM alembic_version"))


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator[Any]:
    plain = async_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    conn = await asyncpg.connect(plain, timeout=10)
    try:
        yield conn
    finally:
        await conn.close()
