"""Bring a database to the current schema with Alembic, before anything else touches it."""

import asyncio
import fcntl
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from actions.adapters.database.engine import BUSY_TIMEOUT, async_url

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).parent / "migrations"


def alembic_config(url: str) -> "Config":
    from alembic.config import Config  # noqa: PLC0415 - slow import

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["url"] = async_url(url)
    return config


class NewerSchema(Exception):
    """The database was brought further than this version of the program goes."""


def revisions() -> list[str]:
    """Scripts are named for their revision, and one follows the other."""
    names = sorted(path.name for path in (SCRIPTS / "versions").glob("[0-9]*.py"))
    return [name.partition("_")[0] for name in names]


def newest_revision() -> str:
    return revisions()[-1]


async def migrate(url: str) -> None:
    """Upgrade to the newest revision; nothing happens when it is current.

    Of several processes that start at once one migrates and the others wait: here for SQLite,
    in `migrations/env.py` for PostgreSQL.

    Raises:
        NewerSchema: it is of a later version; nothing was changed.
    """
    if not await _is_current(url):
        await asyncio.to_thread(_migrate, url)


async def _is_current(url: str) -> bool:
    """A process that starts again, as most do, does without Alembic."""
    engine = create_async_engine(async_url(url), poolclass=NullPool)
    try:
        async with engine.connect() as connection:
            if engine.dialect.name == "sqlite":
                mode = await connection.execute(text("PRAGMA journal_mode"))
                if mode.scalar_one() != "wal":
                    return False
            found = await connection.execute(text("SELECT version_num FROM alembic_version"))
            return _is_newest(found.scalars().all())
    except (OSError, SQLAlchemyError):
        return False
    finally:
        await engine.dispose()


def _is_newest(found: Sequence[str]) -> bool:
    for revision in found:
        if revision not in revisions():
            raise NewerSchema(
                f"it is at revision {revision}, this version knows {newest_revision()} at most; "
                "start the version that brought it there, or restore an earlier backup"
            )
    return list(found) == [newest_revision()]


def _migrate(url: str) -> None:
    from alembic import command  # noqa: PLC0415 - slow import

    is_file = url.startswith("sqlite")
    database = async_url(url).database or ""
    with _alone(database, is_file=is_file):
        command.upgrade(alembic_config(url), "head")
        if is_file:
            _keep_a_log(database)


def _keep_a_log(database: str) -> None:
    """Turn on write-ahead logging while nobody else is there: two who do it at once lock up."""
    with closing(sqlite3.connect(database, timeout=BUSY_TIMEOUT)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")


@contextmanager
def _alone(database: str, *, is_file: bool) -> Iterator[None]:
    if not is_file or database in ("", ":memory:"):
        yield
        return
    with Path(f"{database}.migrating").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
