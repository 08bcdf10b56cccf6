"""Several processes that start at once over an empty database."""

import asyncio
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy import make_url, text

from actions.adapters.database.engine import Database
from actions.adapters.database.migrate import alembic_config, newest_revision

MIGRATE = """
import asyncio, sys
from actions.adapters.database.migrate import migrate
from actions.adapters.database.engine import Database
async def main():
    await migrate(sys.argv[1])
    database = Database(sys.argv[1])
    async with database.write() as conn:
        await conn.commit()
    await database.close()
asyncio.run(main())
"""


async def codes(url: str) -> list[int]:
    processes = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", MIGRATE, url) for _ in range(4)
    ]
    return [await process.wait() for process in processes]


async def test_one_migrates_and_the_others_wait(tmp_path: Path) -> None:
    assert await codes(f"sqlite:///{tmp_path / 'linli.db'}") == [0, 0, 0, 0]


async def test_one_migrates_and_the_others_wait_on_postgres(postgres_url: str) -> None:
    database = Database(postgres_url)
    async with database.write() as conn:
        await conn.execute(text("DROP SCHEMA public CASCADE"))
        await conn.execute(text("CREATE SCHEMA public"))
        await conn.commit()
    await database.close()

    assert await codes(postgres_url) == [0, 0, 0, 0]


async def test_a_file_that_comes_from_a_backup_is_opened_by_several_at_once(
    sqlite_url: str,
) -> None:
    file = make_url(sqlite_url).database or ""
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA journal_mode=DELETE").fetchone() == ("delete",)

    assert await codes(sqlite_url) == [0, 0, 0, 0]


def test_the_newest_script_is_where_migrating_ends() -> None:
    scripts = ScriptDirectory.from_config(alembic_config("sqlite://"))

    assert scripts.get_heads() == [newest_revision()]
