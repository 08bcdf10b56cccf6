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
        effect = {
            "cause": cause, "step": step, "command": command,
            "at": self._now, "area": self._area,
        }  # fmt: skip
        claimed = await self._conn.execute(_ONCE[self._conn.dialect.name], effect)
        return claimed.first() is not None


#: Built once: every turn asks it.
_ONCE = {
    name: dialect.insert(effects).on_conflict_do_nothing().returning(effects.c.cause)
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}
