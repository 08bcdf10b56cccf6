"""Words that went further than their own conversation: tickets, timelines, other people's news."""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.belongings import conversations_of, tickets_touched
from actions.adapters.database.schema.matters import (
    callbacks,
    ticket_events,
    ticket_photos,
    tickets,
)
from actions.adapters.database.schema.messaging import (
    attachments,
    messages,
    outbox,
)
from actions.adapters.database.schema.people import people
from actions.adapters.database.ticket_grams import keep_words_of
from actions.domain.identifiers import PersonId
from actions.domain.traces import REMOVED, RUN, Traces

#: What remains of the data of somebody's own entries: what the ticket's course needs.
_KEPT = frozenset(
    {
        "number", "category", "urgency", "tier", "privacy", "area", "grid", "anonymous",
        "assignee", "assignee_role", "accept_due_at", "contact_due_at", "settle_due_at", "seq",
        "share", "shares", "aside", "reason_key", "consent", "safety", "draft", "began",
        "master", "merged", "proposal", "date", "door", "from_leaf", "later", "parent", "former",
        "outcome", "level", "at_once", "origin", "agreed", "agreed_at", "found_by", "relayed",
        "recused", "recheck_at", "answer", "asked", "answers", "asks", "look", "review_at",
        "body", "receipt", "was", "parts", "part_roles",
    }
)  # fmt: skip
#: What the duty desk reads of somebody who wants a person quotes their last words.
_OF_A_CALL = "callback"
#: News that quote what somebody added to a ticket that another person filed.
_QUOTING = (
    "work_added", "work_added_praise", "work_joined", "work_urged", "work_reopened",
    "push_reopened", "push_reopened_answered", "push_reopened_need",
)  # fmt: skip
_BATCH = 500


async def forget_words(
    conn: AsyncConnection, person_id: PersonId, common: Collection[str] = ()
) -> None:
    """Redact the person's words wherever their matters carried them.

    `common` are the names of places and categories: the community's words, not the person's.
    """
    own = await _reported(conn, person_id)
    others = sorted({*await tickets_touched(conn, person_id)} - {*own})
    traces = await _traces(conn, person_id, own, common)
    quoted = Traces((), await _written_on(conn, person_id, others))
    await _empty_own_entries(conn, person_id, own)
    await _redact_entries(conn, own, traces)
    await _empty_tickets(conn, own)
    await keep_words_of(conn, own)
    await _redact_news(conn, person_id, own, traces)
    await _redact_quotes(conn, person_id, others, quoted)
    mine = select(attachments.c.id).where(attachments.c.person_id == person_id)
    await conn.execute(delete(ticket_photos).where(ticket_photos.c.attachment_id.in_(mine)))


async def _reported(conn: AsyncConnection, person_id: PersonId) -> Sequence[int]:
    query = select(tickets.c.id).where(tickets.c.reporter_id == person_id)
    return list((await conn.execute(query)).scalars())


async def _traces(
    conn: AsyncConnection, person_id: PersonId, own: Sequence[int], common: Collection[str]
) -> Traces:
    """Everything the person said, and the name by which others would know them."""
    said = select(messages.c.text).where(
        messages.c.conversation_id.in_(conversations_of(person_id)), messages.c.direction == "in"
    )
    texts = list((await conn.execute(said)).scalars())
    entries = select(ticket_events.c.reason, ticket_events.c.data).where(
        ticket_events.c.actor_id == person_id
    )
    for row in await conn.execute(entries):
        texts += [row.reason, *_strings(row.data)]
    matters = select(tickets.c.summary, tickets.c.location).where(tickets.c.id.in_(own))
    for row in await conn.execute(matters):
        texts += [row.summary, *_place_words(row.location or {})]
    names = (await conn.execute(_names(person_id))).one()
    return Traces(texts, list(names), common)


async def _written_on(
    conn: AsyncConnection, person_id: PersonId, ticket_ids: Sequence[int]
) -> list[str]:
    """Whole phrases the person left on the tickets of others."""
    query = select(ticket_events.c.reason, ticket_events.c.data).where(
        ticket_events.c.actor_id == person_id, ticket_events.c.ticket_id.in_(list(ticket_ids))
    )
    rows = (await conn.execute(query)).all()
    phrases = [phrase for row in rows for phrase in (row.reason, *_strings(row.data))]
    return [phrase for phrase in phrases if len(phrase) >= RUN]


def _names(person_id: PersonId) -> Any:
    """By which others would know them: their own, and that of their firm."""
    return select(people.c.display_name, people.c.organisation).where(people.c.id == person_id)


def _strings(data: dict[str, Any]) -> list[str]:
    """What was written into an entry; codes and dates are no words."""
    return [value for key, value in data.items() if isinstance(value, str) and key not in _KEPT]


def _place_words(location: dict[str, Any]) -> list[str]:
    """Words for a place that tell something: 楼上 or 3楼 stand on anybody's ticket."""
    label = "" if location.get("area") else str(location.get("label") or "")
    return [words for words in (label, str(location.get("detail") or "")) if len(words) >= RUN]


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


async def _empty_own_entries(
    conn: AsyncConnection, person_id: PersonId, own: Collection[int]
) -> None:
    """Where a worker has put the ticket of somebody else is no word about the worker."""

    def emptied(row: Any) -> dict[str, Any]:
        data = {key: value for key, value in row.data.items() if key in _KEPT}
        if "summary" in row.data:
            data |= {"summary": REMOVED}
        if "location" in row.data:
            place = row.data["location"] or {}
            data |= {"location": _bare(place) if row.ticket_id in own else place}
        if "reporter" in row.data:
            data |= {"reporter": None}
        return {"reason": REMOVED if row.reason else "", "data": data}

    await _rewrite_entries(conn, ticket_events.c.actor_id == person_id, emptied)


async def _redact_entries(conn: AsyncConnection, own: Sequence[int], traces: Traces) -> None:
    def redacted(row: Any) -> dict[str, Any]:
        data = traces.removed_from(dict(row.data))
        if "location" in data:
            data["location"] = _bare(row.data["location"] or {})
        return {"reason": traces.removed_from(row.reason), "data": data}

    await _rewrite_entries(conn, ticket_events.c.ticket_id.in_(list(own)), redacted)


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
                gist={},
            )
        )


async def _redact_news(
    conn: AsyncConnection, person_id: PersonId, own: Sequence[int], traces: Traces
) -> None:
    """What others were told about the person's own tickets and calls."""
    if not traces:
        return
    of_calls = select(callbacks.c.id).where(callbacks.c.person_id == person_id)
    calls = frozenset((await conn.execute(of_calls)).scalars())

    def is_of_the_person(row: Any) -> bool:
        return row["ticket_id"] in own or not calls.isdisjoint(_calls_in(row["content"]))

    for table in (messages, outbox):
        about = table.c.ticket_id.in_(own) | table.c.template.startswith(_OF_A_CALL)
        condition = about & _told_to_others(table, person_id)
        await _redact(conn, table, condition, traces, is_of_the_person)


async def _redact_quotes(
    conn: AsyncConnection, person_id: PersonId, others: Sequence[int], quoted: Traces
) -> None:
    """News of other people's tickets, where they quote the person."""
    if not quoted:
        return
    for table in (messages, outbox):
        about = table.c.ticket_id.in_(others) & or_(
            table.c.template.in_(_QUOTING), table.c.template.startswith("relay_")
        )
        await _redact(conn, table, about & _told_to_others(table, person_id), quoted)


def _told_to_others(table: Table, person_id: PersonId) -> ColumnElement[bool]:
    if table is outbox:
        return outbox.c.person_id != person_id
    foreign = messages.c.conversation_id.not_in(conversations_of(person_id))
    return foreign & (messages.c.direction == "out")


def _calls_in(value: Any) -> Iterator[int]:
    """The calls that the buttons of a message are for."""
    if isinstance(value, dict):
        if isinstance(value.get("callback_id"), int):
            yield value["callback_id"]
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _calls_in(each)


async def _redact(
    conn: AsyncConnection,
    table: Table,
    condition: ColumnElement[bool],
    traces: Traces,
    is_meant: Callable[[Any], bool] = lambda _: True,
) -> None:
    names = [name for name in ("text", "content") if name in table.c]
    last = 0
    while True:
        query = (
            select(table.c.id, table.c.ticket_id, *(table.c[name] for name in names))
            .where(condition, table.c.id > last)
            .order_by(table.c.id)
            .limit(_BATCH)
        )
        rows = (await conn.execute(query)).mappings().all()
        for row in filter(is_meant, rows):
            before = {name: row[name] for name in names}
            after = {name: traces.removed_from(value) for name, value in before.items()}
            if after != before:
                await conn.execute(update(table).where(table.c.id == row["id"]).values(after))
        if len(rows) < _BATCH:
            return
        last = rows[-1]["id"]
