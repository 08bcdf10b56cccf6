"""The store itself: whole, every reference leads somewhere, and the schema is the code's (I26)."""

from collections.abc import AsyncIterator
from typing import Final

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.migrate import newest_revision

WHAT: Final = "the store is not sound"
_LOOSE: Final = (
    "SELECT conrelid::regclass || ' ' || conname FROM pg_constraint WHERE NOT convalidated"
)
_UNFIT: Final = "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid"


async def walk(conn: AsyncConnection) -> AsyncIterator[str]:
    found = (await conn.execute(text("SELECT version_num FROM alembic_version"))).scalars().all()
    if found != [newest_revision()]:
        yield f"the schema is {', '.join(found)} and should be {newest_revision()}"
    checks = _file(conn) if conn.dialect.name == "sqlite" else _server(conn)
    async for problem in checks:
        yield problem


async def _file(conn: AsyncConnection) -> AsyncIterator[str]:
    for verdict in (await conn.execute(text("PRAGMA quick_check"))).scalars().all():
        if verdict != "ok":
            yield f"the file is damaged: {verdict}"
    for row in (await conn.execute(text("PRAGMA foreign_key_check"))).all():
        yield f"a reference to nothing: {row[0]} row {row[1]} to {row[2]}"


async def _server(conn: AsyncConnection) -> AsyncIterator[str]:
    """The server keeps references itself, as long as nobody told it not to."""
    for what, query in (("a rule was never checked", _LOOSE), ("an index is unfit", _UNFIT)):
        for name in (await conn.execute(text(query))).scalars().all():
            yield f"{what}: {name}"
