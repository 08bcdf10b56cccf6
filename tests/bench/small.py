"""What stands in a small database, and which of it belongs to residents."""

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import Table, create_engine, select

from actions.adapters.database.schema.matters import followers, ticket_events, tickets
from actions.adapters.database.schema.messaging import (
    conversations,
    inbox,
    messages,
    outbox,
    understood,
)
from actions.adapters.database.schema.people import people, role_grants
from tests.bench.copies import STRIDE, Pattern, Row


def read_rows(file: Path, table: Table) -> list[Row]:
    engine = create_engine(f"sqlite:///{file}")
    try:
        with engine.connect() as conn:
            return [dict(row) for row in conn.execute(select(table)).mappings()]
    finally:
        engine.dispose()


def read_pattern(file: Path) -> Pattern:
    """The residents, what they said and what came of it; whoever has a role is staff."""
    staff = frozenset(row["person_id"] for row in read_rows(file, role_grants))
    persons = [row for row in read_rows(file, people) if row["id"] not in staff]
    talks = _of(read_rows(file, conversations), "person_id", persons)
    arrived = _of(read_rows(file, inbox), "conversation_id", talks)
    rows = {
        people: persons,
        conversations: talks,
        tickets: read_rows(file, tickets),
        ticket_events: read_rows(file, ticket_events),
        followers: read_rows(file, followers),
        inbox: arrived,
        understood: _of(read_rows(file, understood), "inbox_id", arrived),
        outbox: _of(read_rows(file, outbox), "conversation_id", talks),
        messages: _of(read_rows(file, messages), "conversation_id", talks),
    }
    largest = max(row["id"] for own in rows.values() for row in own if "id" in row)
    if largest >= STRIDE:
        raise ValueError(f"the pattern has an id of {largest}, copies are {STRIDE} apart")
    return Pattern(rows=rows, staff=staff)


def _of(rows: Sequence[Row], name: str, owners: Sequence[Row]) -> list[Row]:
    ids = {owner["id"] for owner in owners}
    return [row for row in rows if row[name] in ids]
