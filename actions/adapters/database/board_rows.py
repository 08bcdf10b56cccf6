"""Tickets as the lines of a list, for those who work on them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.rows import ticket_from_row
from actions.adapters.database.schema.matters import tickets
from actions.adapters.database.schema.people import people
from actions.adapters.database.summaries import counted
from actions.application.board import BoardRow
from actions.domain.identifiers import TicketId
from actions.domain.parts import is_part
from actions.domain.people import Actor
from actions.domain.permissions import handles
from actions.domain.placing import code_of
from actions.domain.sealing import (
    detail_for_workers,
    hides_reporter,
    spot_for_workers,
    words_for_workers,
)
from actions.domain.ticket import Ticket

#: So little is left of a promise that somebody should look.
_SOON: Final = timedelta(hours=2)
#: Street and community stand around everything.
_OUTER: Final = 2


async def board_rows(
    conn: AsyncConnection, actor: Actor, ids: Sequence[int], now: datetime
) -> list[BoardRow]:
    """Those of them the person handles, the newest first."""
    query = counted().where(tickets.c.id.in_(ids)).order_by(tickets.c.id.desc())
    rows = (await conn.execute(query)).mappings().all()
    pairs = [(row, ticket_from_row(row)) for row in rows]
    seen = [(row, ticket) for row, ticket in pairs if handles(actor, ticket)]
    names = await names_of(conn, {ticket.assignee for _, ticket in seen if ticket.assignee})
    return [_line(row, ticket, names, now) for row, ticket in seen]


async def names_of(conn: AsyncConnection, ids: Iterable[int]) -> Mapping[int, str]:
    """What colleagues are called."""
    query = select(people.c.id, people.c.display_name).where(people.c.id.in_(sorted(ids)))
    return {row.id: row.display_name for row in await conn.execute(query)}


def _around(path: str) -> str:
    """The estate of a building, so that its number tells something."""
    outer, _, _ = path.rpartition("/")
    return outer if outer.count("/") >= _OUTER else ""


def _line(row: RowMapping, ticket: Ticket, names: Mapping[int, str], now: datetime) -> BoardRow:
    clock, due_at = ticket.promise
    is_counted = not is_part(ticket) and not hides_reporter(ticket)
    return BoardRow(
        id=TicketId(row["id"]),
        number=ticket.number,
        category=ticket.category,
        words=words_for_workers(ticket, ticket.summary),
        within=_around(ticket.area),
        place=code_of(ticket.location),
        spot=spot_for_workers(ticket),
        detail=detail_for_workers(ticket),
        status=ticket.status or "",
        urgency=ticket.urgency,
        role=ticket.assignee_role,
        assignee=names.get(ticket.assignee or 0, ""),
        clock=clock,
        due_at=due_at,
        is_late=ticket.is_late(now),
        is_soon=due_at is not None and now < due_at <= now + _SOON,
        filed_at=ticket.filed_at,
        raisers=row["follower_count"] if is_counted else None,
    )
