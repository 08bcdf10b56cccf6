"""`examine`: whether the audit trail is as it was written: no row changed, gone, added or moved."""

from collections.abc import AsyncIterator
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.audit import BEGINNING, row_hash
from actions.adapters.database.engine import Database
from actions.adapters.database.schema.records import audit, audit_head
from actions.application.examined import Head

_BATCH = 5000


class SqlAuditCheck:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def head(self) -> Head:
        async with self._database.read() as conn:
            return await _head(conn)

    async def findings(self, *witness: Head) -> list[str]:
        async with self._database.snapshot() as conn:
            return [finding async for finding in examine(conn, *witness)]


async def examine(conn: AsyncConnection, *witness: Head) -> AsyncIterator[str]:
    """Go through all rows in order; `witness` are heads that were noted outside this database."""
    known = {head.length: head for head in witness}
    previous, length = BEGINNING, 0
    async for row in _rows(conn):
        length += 1
        if row.previous != previous:
            yield f"row {row.id} does not follow the one before it"
        facts = (row.actor_id, row.action, row.object, row.reason, row.area)
        if row.hash != row_hash(row.previous, row.at, *facts):
            yield f"row {row.id} is not what was written"
        previous = row.hash
        noted = known.pop(length, None)
        if noted and noted.hash != previous:
            yield f"row {row.id} is not the one that was noted elsewhere as number {length}"
    for noted in known.values():
        if noted.length:
            yield f"there were {noted.length} rows, as was noted elsewhere, and are {length}"
    head = await _head(conn)
    if head != Head(length, previous):
        yield f"the trail ends with row {length}, and {head.length} were written"


async def _rows(conn: AsyncConnection) -> AsyncIterator[Any]:
    last = 0
    while True:
        query = select(audit).where(audit.c.id > last).order_by(audit.c.id).limit(_BATCH)
        rows = (await conn.execute(query)).all()
        for row in rows:
            yield row
        if len(rows) < _BATCH:
            return
        last = rows[-1].id


async def _head(conn: AsyncConnection) -> Head:
    row = (await conn.execute(select(audit_head.c.length, audit_head.c.hash))).first()
    return Head(row.length, row.hash) if row else Head(0, BEGINNING)
