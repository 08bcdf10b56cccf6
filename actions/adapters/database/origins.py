"""`SqlOrigins`: how matters came in lately."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.schema.matters import tickets


class SqlOrigins:
    def __init__(self, conn: AsyncConnection) -> None:
        self._conn = conn

    async def count(self, areas: Sequence[str], since: datetime) -> Mapping[str, int]:
        inside = [
            or_(column == area, column.startswith(area + "/", autoescape=True))
            for column in (tickets.c.area, tickets.c.grid)
            for area in areas
        ]
        query = (
            select(tickets.c.origin, func.count())
            .where(tickets.c.filed_at >= since, or_(*inside))
            .group_by(tickets.c.origin)
        )
        return {str(origin): int(many) for origin, many in await self._conn.execute(query)}
