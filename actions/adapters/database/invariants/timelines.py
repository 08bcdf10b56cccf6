"""A ticket is what its record says, and the record a path of the table of changes (I8, I9)."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import fields
from typing import Final

from sqlalchemy import select
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.rows import entry_from_row, ticket_from_row
from actions.adapters.database.schema.matters import ticket_events, tickets
from actions.domain.ticket import Ticket
from actions.domain.ticket_number import parse_ticket_number
from actions.domain.ticket_status import IN_PLACE, TicketStatus, transitions
from actions.domain.timeline import TimelineEntry

WHAT: Final = "a ticket is not what its record says"
_BATCH = 500
#: Not part of what a timeline tells.
_NOT_FOLDED = frozenset({"id", "new_entries", "rules", "next_rung_at"})
_FOLDED = tuple(each.name for each in fields(Ticket) if each.name not in _NOT_FOLDED)


async def walk(conn: AsyncConnection) -> AsyncIterator[str]:
    """What is wrong with each ticket, all of them in the order of their ids."""
    async for row, records in _batches(conn):
        name = row["number"] or f"ticket {row['id']}"
        for problem in _problems(row, records):
            yield f"{name}: {problem}"


async def _batches(
    conn: AsyncConnection,
) -> AsyncIterator[tuple[RowMapping, Sequence[RowMapping]]]:
    last = 0
    columns = [column for column in tickets.c if column.name not in ("vector", "gist")]
    while True:
        query = select(*columns).where(tickets.c.id > last).order_by(tickets.c.id).limit(_BATCH)
        rows = (await conn.execute(query)).mappings().all()
        if rows:
            records = await _records(conn, last, rows[-1]["id"])
            for row in rows:
                yield row, records.get(row["id"], ())
            last = rows[-1]["id"]
        if len(rows) < _BATCH:
            return


async def _records(
    conn: AsyncConnection, after: int, upto: int
) -> Mapping[int, Sequence[RowMapping]]:
    query = (
        select(ticket_events)
        .where(ticket_events.c.ticket_id > after, ticket_events.c.ticket_id <= upto)
        .order_by(ticket_events.c.ticket_id, ticket_events.c.seq)
    )
    found: dict[int, list[RowMapping]] = {}
    for row in (await conn.execute(query)).mappings():
        found.setdefault(row["ticket_id"], []).append(row)
    return found


def _problems(row: RowMapping, records: Sequence[RowMapping]) -> Sequence[str]:
    try:
        entries = [entry_from_row(each) for each in records]
        kept = ticket_from_row(row)
    except ValueError as error:
        return [f"it cannot be read: {error}"]
    if [entry.seq for entry in entries] != list(range(1, len(entries) + 1)):
        return ["its record has a gap"]
    wrong = [f"entry {entry.seq} is no step of its life" for entry in _strays(entries)]
    if row["number"] and parse_ticket_number(row["number"]) != row["number"]:
        wrong.append("its number is none of ours")
    if row["lookers"] != len(row["looking"]):
        wrong.append("those who look at it are not as many as counted")
    folded = Ticket.fold(entries)
    differing = [name for name in _FOLDED if getattr(kept, name) != getattr(folded, name)]
    return [*wrong, f"it differs in {', '.join(differing)}"] if differing else wrong


def _strays(entries: Sequence[TimelineEntry]) -> Sequence[TimelineEntry]:
    """Entries that do not begin where the one before ended, or that no row of the table allows."""
    status: TicketStatus | None = None
    found = []
    for entry in entries:
        starts = entry.source is status or (entry.source is None and status is None)
        if not (starts and _is_allowed(entry)):
            found.append(entry)
        status = entry.target
    return found


def _is_allowed(entry: TimelineEntry) -> bool:
    if entry.verb in IN_PLACE:
        return not entry.moves
    targets = {row.target for row in transitions(entry.source, entry.verb)}
    return entry.target.value in targets or any(not _names_one(target) for target in targets)


def _names_one(target: str) -> bool:
    """Others are wildcards: where it came from, as its master, the same."""
    return not target.startswith("(")
