"""A filled house on either store, made once for each version of the schema and of this generator."""

import asyncio
import hashlib
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

from actions.adapters.database.migrate import migrate, newest_revision
from bot.launcher.welcome import say
from tests.bench import pattern
from tests.bench.copies import Copier
from tests.bench.filling import fill_postgres, fill_sqlite
from tests.bench.installation import ROOT, Installation, installed
from tests.bench.kept_postgres import KeptPostgres
from tests.bench.sizes import Sizes
from tests.bench.small import read_pattern

#: What the rows depend on, besides the schema.
SOURCES = ("pattern.py", "copies.py", "small.py", "filling.py")
STORES = ("sqlite", "postgresql")


@asynccontextmanager
async def filled(store: str, sizes: Sizes) -> AsyncIterator[Installation]:
    """The gateway over a database of that size."""
    folder = _cache(sizes)
    small = await _lived_in(folder)
    if store == "sqlite":
        url = await asyncio.to_thread(_sqlite, folder, small, sizes)
        async with installed(folder, real=False, database_url=url) as installation:
            yield installation
        return
    server = KeptPostgres(folder / "postgres")
    await asyncio.to_thread(server.start)
    try:
        url = await _postgres(server, folder, small, sizes)
        async with installed(folder, real=False, database_url=url) as installation:
            yield installation
    finally:
        await asyncio.to_thread(server.stop)


def _cache(sizes: Sizes) -> Path:
    here = Path(__file__).parent
    source = b"".join((here / name).read_bytes() for name in SOURCES)
    version = f"{newest_revision()}-{hashlib.sha256(source).hexdigest()[:8]}"
    data = Path(os.environ.get("LINLI_DATA", ROOT / "var")).resolve()
    folder = data / "bench" / f"{version}-{sizes.tickets}-{sizes.chat_messages}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


async def _lived_in(folder: Path) -> Path:
    """The small database, in one file."""
    small = folder / "small.db"
    if not small.exists():
        say(f"living a few weeks for {folder.name} …")
        async with installed(folder, real=False) as installation:
            await pattern.live(installation)
        _copy_file(folder / "data" / "linli.db", small)
    return small


def _sqlite(folder: Path, small: Path, sizes: Sizes) -> str:
    file = folder / "sqlite.db"
    if not file.exists():
        say("filling SQLite …")
        begun = folder / "sqlite-begun.db"
        begun.unlink(missing_ok=True)
        _copy_file(small, begun)
        fill_sqlite(begun, _copier(small, sizes))
        begun.rename(file)
    return f"sqlite:///{file}"


async def _postgres(server: KeptPostgres, folder: Path, small: Path, sizes: Sizes) -> str:
    done = folder / "postgres.done"
    if not done.exists():
        say("filling PostgreSQL …")
        url = await asyncio.to_thread(server.create_anew)
        await migrate(url)
        await fill_postgres(url, small, _copier(small, sizes))
        done.touch()
    return server.url(server.NAME)


def _copier(small: Path, sizes: Sizes) -> Copier:
    found = read_pattern(small)
    return Copier(found, found.times(sizes.tickets, sizes.chat_messages))


def _copy_file(source: Path, target: Path) -> None:
    """With what still stands in the log beside it."""
    partial = target.with_suffix(".partial")
    partial.unlink(missing_ok=True)
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(partial)) as new:
        old.backup(new)
    shutil.move(partial, target)
