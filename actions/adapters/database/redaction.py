"""Words that went further than their own conversation: tickets, timelines, other people's news."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.belongings import conversations_of, tickets_touched
from actions.adapters.database.schema.matters import (
    followers,
    ticket_events,
    ticket_photos,
    tickets,
)
from actions.adapters.database.schema.messaging import (
    attachments,
    conversations,
    messages,
    outbox,
)
from actions.adapters.database.schema.people import people
from actions.domain.identifiers import PersonId
from actions.domain.traces import REMOVED, Traces

#: What remains of the data of somebody's own entries: what the ticket's course needs.
_KEPT = frozenset(
    {
        "number", "category", "urgency", "tier", "privacy", "area", "grid", "anonymous",
        "assignee", "assignee_role", "accept_due_at", "contact_due_at", "settle_due_at", "seq",
        "share", "shares", "aside", "reason_key", "consent", "safety", "draft", "began",
    }
)  # fmt: skip
#: What the duty desk reads of somebody who wants a person quotes their last words.
_OF_A_CALL = "callback"
_BATCH = 500


async def forget_words(conn: AsyncConnection, person_id: PersonId) -> None:
    """Redact the person's words wherever their matters carried them."""
    touched = await tickets_touched(conn, person_id)
    own = await _reported(conn, person_id)
    traces = await _traces(conn, person_id, own)
    await _empty_own_entries(conn, person_id)
    await _redact_entries(conn, touched, own, traces)
    await _empty_tickets(conn, own)
    await _redact_news(conn, person_id, touched, traces)
    mine = select(attachments.c.id).where(attachments.c.person_id == person_id)
    await conn.execute(delete(ticket_photos).where(ticket_photos.c.attachment_id.in_(mine)))


async def _reported(conn: AsyncConnection, person_id: PersonId) -> Sequence[int]:
    query = select(tickets.c.id).where(tickets.c.reporter_id == person_id)
    return list((await conn.execute(query)).scalars())


async def _traces(conn: AsyncConnection, person_id: PersonId, own: Sequence[int]) -> Traces:
    """Everything the person said, and the short marks by which others would know them."""
    said = select(messages.c.text).where(
        messages.c.conversation_id.in_(conversations_of(person_id)), messages.c.direction == "in"
    )
    texts = list((await conn.execute(said)).scalars())
    marks = [(await conn.execute(_name(person_id))).scalar_one()]
    entries = select(ticket_events.c.reason, ticket_events.c.data).where(
        ticket_events.c.actor_id == person_id
    )
    for row in await conn.execute(entries):
        texts += [row.reason, *_strings(row.data)]
    matters = select(tickets.c.summary, tickets.c.location).where(tickets.c.id.in_(own))
    for row in await conn.execute(matters):
        texts.append(row.summary)
        marks += _marks(row.location or {})
    return Traces(texts, marks)


def _name(person_id: PersonId) -> Any:
    return select(people.c.display_name).where(people.c.id == person_id)


def _strings(data: dict[str, Any]) -> list[str]:
    """What was written into an entry; codes and dates are no words."""
    return [value for key, value in data.items() if isinstance(value, str) and key not in _KEPT]


def _marks(location: dict[str, Any]) -> list[str]:
    """Words for a place; the name of a place on the community's own list tells nothing."""
    label = "" if location.get("area") else str(location.get("label") or "")
    return [label, str(location.get("detail") or "")]


def _bare(location: dict[str, Any]) -> dict[str, Any]:
    """The part of a place that is the community's, not the person's."""
    known = bool(location.get("area"))
    return {
        "label": location.get("label", "") if known else "",
        "detail": "",
        "area": location.get("area"),
        "grid": location.get("grid"),
        "lat": None,
        "lon": None,
    }


async def _empty_own_entries(conn: AsyncConnection, person_id: PersonId) -> None:
    def emptied(row: Any) -> dict[str, Any]:
        data = {key: value for key, value in row.data.items() if key in _KEPT}
        if "summary" in row.data:
            data |= {"summary": REMOVED}
        if "location" in row.data:
            data |= {"location": _bare(row.data["location"] or {})}
        if "reporter" in row.data:
            data |= {"reporter": None}
        return {"reason": REMOVED if row.reason else "", "data": data}

    await _rewrite_entries(conn, ticket_events.c.actor_id == person_id, emptied)


async def _redact_entries(
    conn: AsyncConnection, touched: Sequence[int], own: Sequence[int], traces: Traces
) -> None:
    def redacted(row: Any) -> dict[str, Any]:
        data = traces.removed_from(dict(row.data))
        if row.ticket_id in own and "location" in data:
            data["location"] = _bare(row.data["location"] or {})
        return {"reason": traces.removed_from(row.reason), "data": data}

    await _rewrite_entries(conn, ticket_events.c.ticket_id.in_(list(touched)), redacted)


async def _rewrite_entries(
    conn: AsyncConnection,
    condition: ColumnElement[bool],
    new: Callable[[Any], dict[str, Any]],
) -> None:
    """The one allowed edit of a timeline: words go, the course of events stays."""
    for row in (await conn.execute(select(ticket_events).where(condition))).all():
        values = new(row)
        if values["data"] == row.data and values["reason"] == row.reason:
            continue
        await conn.execute(
            update(ticket_events)
            .where(ticket_events.c.ticket_id == row.ticket_id, ticket_events.c.seq == row.seq)
            .values(values)
        )


async def _empty_tickets(conn: AsyncConnection, own: Sequence[int]) -> None:
    query = select(tickets.c.id, tickets.c.location).where(tickets.c.id.in_(own))
    for row in (await conn.execute(query)).all():
        place = _bare(row.location or {})
        await conn.execute(
            update(tickets)
            .where(tickets.c.id == row.id)
            .values(
                summary=REMOVED,
                location=place,
                label=str(place["label"])[:200],
                reporter_id=None,
                vector=None,
            )
        )


async def _redact_news(
    conn: AsyncConnection, person_id: PersonId, touched: Sequence[int], traces: Traces
) -> None:
    """What others were told about the person's matters and calls, and what was listed to them."""
    if not traces:
        return
    concerned = await _concerned(conn, person_id, touched)
    talks = select(conversations.c.id).where(conversations.c.person_id.in_(concerned))
    told = or_(
        messages.c.ticket_id.in_(touched),
        messages.c.conversation_id.in_(talks),
        messages.c.template.startswith(_OF_A_CALL),
    )
    foreign = messages.c.conversation_id.not_in(conversations_of(person_id))
    await _redact(conn, messages, told & foreign & (messages.c.direction == "out"), traces)
    owed = or_(
        outbox.c.ticket_id.in_(touched),
        outbox.c.person_id.in_(concerned),
        outbox.c.template.startswith(_OF_A_CALL),
    )
    await _redact(conn, outbox, owed & (outbox.c.person_id != person_id), traces)


async def _concerned(
    conn: AsyncConnection, person_id: PersonId, touched: Sequence[int]
) -> Sequence[int]:
    acted = select(ticket_events.c.actor_id).where(ticket_events.c.ticket_id.in_(touched))
    joined = select(followers.c.person_id).where(followers.c.ticket_id.in_(touched))
    has = select(tickets.c.assignee_id).where(tickets.c.id.in_(touched))
    found = {
        each for query in (acted, joined, has) for each in (await conn.execute(query)).scalars()
    }
    return sorted(found - {None, 0, person_id})


async def _redact(
    conn: AsyncConnection, table: Table, condition: ColumnElement[bool], traces: Traces
) -> None:
    names = [name for name in ("text", "content") if name in table.c]
    last = 0
    while True:
        query = (
            select(table.c.id, *(table.c[name] for name in names))
            .where(condition, table.c.id > last)
            .order_by(table.c.id)
            .limit(_BATCH)
        )
        rows = (await conn.execute(query)).mappings().all()
        for row in rows:
            before = {name: row[name] for name in names}
            after = {name: traces.removed_from(value) for name, value in before.items()}
            if after != before:
                await conn.execute(update(table).where(table.c.id == row["id"]).values(after))
        if len(rows) < _BATCH:
            return
        last = rows[-1]["id"]
