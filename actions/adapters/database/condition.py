"""`SqlCondition`: what waits in the store, since when, and which model understood last."""

from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.engine import Database
from actions.adapters.database.schema.messaging import inbox, outbox, understood
from actions.application.delivering import Queued, StoreCondition

#: Counted no further: a page says "500+".
MOST = 500


class SqlCondition:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def now(self) -> StoreCondition:
        newest = select(func.max(understood.c.inbox_id)).scalar_subquery()
        last = select(understood.c.model, understood.c.data, understood.c.at).where(
            understood.c.inbox_id == newest
        )
        async with self._database.read() as conn:
            arrivals = await _queued(conn, _unhandled())
            messages = await _queued(conn, _unsent())
            model = (await conn.execute(last)).first()
            version = await conn.execute(text(self._asking_version()))
            store = str(version.scalar_one())
        return StoreCondition(
            arrivals=arrivals,
            messages=messages,
            model=model.model if model else "",
            data=model.data if model else "",
            understood_at=model.at if model else None,
            store=f"SQLite {store}" if self._database.is_sqlite else f"PostgreSQL {store}",
        )

    def _asking_version(self) -> str:
        return "SELECT sqlite_version()" if self._database.is_sqlite else "SHOW server_version"


def _unhandled() -> Select[Any]:
    return select(inbox.c.received_at.label("since")).where(
        inbox.c.state.in_(["pending", "parked"])
    )


def _unsent() -> Select[Any]:
    """Owed now: what waits for the end of quiet hours is not late."""
    return select(outbox.c.created_at.label("since")).where(
        outbox.c.state.in_(["ready", "faulty", "claimed"])
    )


async def _queued(conn: AsyncConnection, rows: Select[Any]) -> Queued:
    some = rows.limit(MOST).subquery()
    found = (await conn.execute(select(func.count(), func.min(some.c.since)))).one()
    since: datetime | None = found[1]
    return Queued(count=found[0], since=since)
