"""A ticket together with those merged into it: one matter to everyone who waits for it."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import CompoundSelect, Select, func, literal, select
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.rows import ticket_from_row
from actions.adapters.database.schema.base import BigId
from actions.adapters.database.schema.matters import followers, tickets
from actions.domain.identifiers import TicketId
from actions.domain.ticket import Ticket


def together(ticket_id: TicketId) -> CompoundSelect[Any]:
    """Ids of the ticket and of those merged into it, also once they have closed with it."""
    mine = tickets.alias("mine")
    number = select(mine.c.number).where(mine.c.id == ticket_id).scalar_subquery()
    merged = select(tickets.c.id).where(tickets.c.master != "", tickets.c.master == number)
    return select(literal(ticket_id, BigId).label("id")).union_all(merged)


def who_waits(ticket_id: TicketId) -> Select[Any]:
    """People who have not left, each once, the longest-standing first."""
    return (
        select(followers.c.person_id)
        .where(followers.c.ticket_id.in_(together(ticket_id)), followers.c.left_at.is_(None))
        .group_by(followers.c.person_id)
        .order_by(func.min(followers.c.since), followers.c.person_id)
    )


async def leading_of(conn: AsyncConnection, rows: Iterable[RowMapping]) -> dict[str, Ticket]:
    """The tickets that rows of `tickets` are merged into, by number."""
    numbers = {row["master"] for row in rows} - {""}
    if not numbers:
        return {}
    query = select(tickets).where(tickets.c.number.in_(numbers))
    found = (await conn.execute(query)).mappings()
    return {row["number"]: ticket_from_row(row) for row in found}
