"""`SqlEffects`: the memory of what already took effect."""

from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.schema.messaging import effects


class SqlEffects:
    def __init__(self, conn: AsyncConnection, now: datetime, area: str) -> None:
        self._conn = conn
        self._now = now
        self._area = area

    async def claim(self, cause: str, step: str, command: str) -> bool:
        dialect = sqlite if self._conn.dialect.name == "sqlite" else postgresql
        statement = dialect.insert(effects).values(
            cause=cause, step=step, command=command, at=self._now, area=self._area
        )
        once = statement.on_conflict_do_nothing().returning(effects.c.cause)
        return (await self._conn.execute(once)).first() is not None
