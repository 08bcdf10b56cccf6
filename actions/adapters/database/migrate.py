"""Bring a database to the current schema with Alembic, before anything else touches it."""

import asyncio
import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config

from actions.adapters.database.engine import async_url

HERE = Path(__file__).parent


def alembic_config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(HERE / "migrations"))
    config.attributes["url"] = async_url(url)
    return config


async def migrate(url: str) -> None:
    """Upgrade to the newest revision; nothing happens when it is current.

    Of several processes that start at once one migrates and the others wait: here for SQLite,
    in `migrations/env.py` for PostgreSQL.
    """
    await asyncio.to_thread(_migrate, url)


def _migrate(url: str) -> None:
    with _alone(async_url(url).database or "", is_file=url.startswith("sqlite")):
        command.upgrade(alembic_config(url), "head")


@contextmanager
def _alone(database: str, *, is_file: bool) -> Iterator[None]:
    if not is_file or database in ("", ":memory:"):
        yield
        return
    with Path(f"{database}.migrating").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
