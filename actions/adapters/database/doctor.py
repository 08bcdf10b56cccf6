"""`SqlDoctor`: the invariants of the house, checked on the live database; it changes nothing."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import fields

from sqlalchemy import Select, and_, exists, func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.engine import Database
from actions.adapters.database.rows import entry_from_row, ticket_from_row
from actions.adapters.database.schema.matters import ticket_events, tickets
from actions.adapters.database.schema.messaging import (
    conversations,
    effects,
    inbox,
    messages,
    outbox,
    understood,
)
from actions.adapters.database.schema.records import community_versions
from actions.domain.ticket import Ticket

#: Findings shown of each kind; a broken house would show thousands.
SHOWN = 20
_KNOWN = ("ready", "faulty", "claimed", "sent", "superseded", "dead")
_ARRIVED = ("pending", "parked", "done", "quarantined")
#: Not part of what a timeline tells.
_NOT_FOLDED = frozenset({"id", "new_entries", "rules", "next_rung_at"})


class SqlDoctor:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def findings(self) -> AsyncIterator[str]:
        """Every violation in a sentence; none when all is well."""
        async with self._database.read() as conn:
            for what, query in _questions():
                for row in (await conn.execute(query.limit(SHOWN))).all():
                    yield f"{what}: {', '.join(str(value) for value in row)}"
            async for finding in _unfolded(conn):
                yield finding
            if self._database.is_sqlite:
                async for finding in _damage(conn):
                    yield finding


def _questions() -> Iterator[tuple[str, Select[tuple[object, ...]]]]:
    yield "a ticket number was given twice (I8)", _repeated_numbers()
    yield "a conversation's messages are not numbered 1 to n (I3)", _gaps()
    yield "a step on a ticket has no cause (I6)", _without_cause()
    yield "a message was shown and its row not settled, or the other way round (I11)", _unsettled()
    yield "an outbox row is in no known state (I11)", _odd(outbox, _KNOWN)
    yield "an arrival is in no known state (I4)", _odd(inbox, _ARRIVED)
    yield "an arrival is not in the transcript (I1)", _untold()
    yield "a text was understood by a model that is not named", _by_no_model()
    yield "a ticket stands under settings that are not there", _without_rules()


def _by_no_model() -> Select[tuple[object, ...]]:
    return select(understood.c.inbox_id).where(understood.c.model == "")


def _repeated_numbers() -> Select[tuple[object, ...]]:
    return (
        select(tickets.c.number, func.count())
        .where(tickets.c.number != "")
        .group_by(tickets.c.number)
        .having(func.count() > 1)
    )


def _gaps() -> Select[tuple[object, ...]]:
    """The highest number, the count and the next number have to agree."""
    told = func.count(messages.c.id)
    highest = func.coalesce(func.max(messages.c.seq), 0)
    return (
        select(conversations.c.id, told, highest, conversations.c.next_seq)
        .outerjoin(messages, messages.c.conversation_id == conversations.c.id)
        .group_by(conversations.c.id, conversations.c.next_seq)
        .having(or_(told != highest, conversations.c.next_seq != highest + 1))
    )


def _without_cause() -> Select[tuple[object, ...]]:
    known = exists().where(effects.c.cause == ticket_events.c.cause)
    return select(ticket_events.c.ticket_id, ticket_events.c.seq, ticket_events.c.cause).where(
        ~known
    )


def _unsettled() -> Select[tuple[object, ...]]:
    shown = exists().where(messages.c.outbox_id == outbox.c.id)
    return select(outbox.c.id, outbox.c.channel, outbox.c.state).where(
        or_(
            and_(shown, outbox.c.state != "sent"),
            and_(~shown, outbox.c.state == "sent", outbox.c.channel == "webchat"),
        )
    )


def _odd(table: object, known: tuple[str, ...]) -> Select[tuple[object, ...]]:
    columns = table.c  # type: ignore[attr-defined]
    return select(columns.id, columns.state).where(columns.state.not_in(known))


def _untold() -> Select[tuple[object, ...]]:
    told = exists().where(
        messages.c.conversation_id == inbox.c.conversation_id, messages.c.seq == inbox.c.seq
    )
    return select(inbox.c.id, inbox.c.seq).where(~told)


def _without_rules() -> Select[tuple[object, ...]]:
    """Tickets from before there were versions came under the first one when it was imported."""
    known = exists().where(community_versions.c.hash == tickets.c.rules_version)
    return select(tickets.c.number, tickets.c.rules_version).where(
        ~known, tickets.c.rules_version != ""
    )


async def _unfolded(conn: AsyncConnection) -> AsyncIterator[str]:
    """A ticket is what its timeline says (I9)."""
    rows = (await conn.execute(select(tickets).order_by(tickets.c.id))).mappings().all()
    for row in rows:
        query = (
            select(ticket_events)
            .where(ticket_events.c.ticket_id == row["id"])
            .order_by(ticket_events.c.seq)
        )
        entries = [entry_from_row(e) for e in (await conn.execute(query)).mappings()]
        if [entry.seq for entry in entries] != list(range(1, len(entries) + 1)):
            yield f"a ticket's record has a gap (I9): {row['number'] or row['id']}"
            continue
        differing = _differences(ticket_from_row(row), Ticket.fold(entries))
        if differing:
            yield (
                f"a ticket is not what its record says (I9): {row['number'] or row['id']} "
                f"in {', '.join(differing)}"
            )


def _differences(kept: Ticket, told: Ticket) -> list[str]:
    names = [each.name for each in fields(Ticket) if each.name not in _NOT_FOLDED]
    return [name for name in names if getattr(kept, name) != getattr(told, name)]


async def _damage(conn: AsyncConnection) -> AsyncIterator[str]:
    """The file itself, and references to what is not there (I26)."""
    verdicts = (await conn.execute(text("PRAGMA quick_check"))).scalars().all()
    for verdict in verdicts:
        if verdict != "ok":
            yield f"the file is damaged (I26): {verdict}"
    for row in (await conn.execute(text("PRAGMA foreign_key_check"))).all()[:SHOWN]:
        yield f"a reference to nothing (I26): {row[0]} row {row[1]} to {row[2]}"
