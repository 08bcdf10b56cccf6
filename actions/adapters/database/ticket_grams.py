"""The index of what tickets tell: written with them, and made anew for those from before it."""

import asyncio
from collections.abc import Sequence
from typing import Final

from sqlalchemy import delete, exists, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.engine import Database
from actions.adapters.database.rows import ticket_from_row
from actions.adapters.database.schema.console import ticket_grams
from actions.adapters.database.schema.matters import tickets
from actions.adapters.database.search_words import fields_of, pieces_of
from actions.domain.ticket import Ticket
from actions.domain.timeline import TimelineEntry

#: What an entry changes of what a ticket tells, or of what may be read of it.
_TELLING: Final = frozenset({"summary", "location", "category", "privacy", "urgency"})
#: Tickets in one transaction: others write in between.
_BATCH: Final = 50
_PAUSE: Final = 0.05


def changes_words(entries: Sequence[TimelineEntry]) -> bool:
    return any(not _TELLING.isdisjoint(entry.data) for entry in entries)


async def keep_words(conn: AsyncConnection, ticket: Ticket, *, is_new: bool = False) -> None:
    """Write what can be found of the ticket, in the caller's transaction."""
    if ticket.id is None:
        return
    if not is_new:
        await conn.execute(delete(ticket_grams).where(ticket_grams.c.ticket_id == ticket.id))
    pieces = sorted(pieces_of(fields_of(ticket)))
    rows = [{"gram": each, "ticket_id": ticket.id, "area": ticket.area} for each in pieces]
    if rows:
        await conn.execute(insert(ticket_grams), rows)


async def keep_words_of(
    conn: AsyncConnection, ticket_ids: Sequence[int], *, in_passing: bool = False
) -> None:
    """As `keep_words`, of tickets as they are kept now; `in_passing` waits for nobody."""
    query = select(tickets).where(tickets.c.id.in_(ticket_ids)).order_by(tickets.c.id)
    query = query.with_for_update(skip_locked=in_passing)
    for row in (await conn.execute(query)).mappings().all():
        await keep_words(conn, ticket_from_row(row))


class SqlTicketWords:
    """Makes the index for tickets that have none: older than the index, or restored without it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def run(self) -> None:
        """Beside everything else, until all have it; then there is nothing left to do."""
        await self.fill(pause=_PAUSE)
        await asyncio.Event().wait()

    async def fill(self, *, pause: float = 0.0, anew: bool = False) -> int:
        """How many were written. Stopped at any point, it goes on where it was."""
        written, last = 0, 0
        while batch := await self._without(last, anew=anew):
            async with self._database.write() as conn:
                await keep_words_of(conn, batch, in_passing=True)
                await conn.commit()
            written, last = written + len(batch), batch[-1]
            await asyncio.sleep(pause)
        return written

    async def _without(self, after: int, *, anew: bool) -> Sequence[int]:
        query = select(tickets.c.id).where(tickets.c.id > after)
        if not anew:
            query = query.where(~exists().where(ticket_grams.c.ticket_id == tickets.c.id))
        async with self._database.read() as conn:
            rows = await conn.execute(query.order_by(tickets.c.id).limit(_BATCH))
            return list(rows.scalars())
