"""A house of many years: so many people, messages and matters, nearly all of them settled."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, Table, case, cast, insert, literal, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.schema.base import Json, UtcDateTime
from actions.adapters.database.schema.channels import received
from actions.adapters.database.schema.learning import corrections
from actions.adapters.database.schema.matters import (
    callbacks,
    drafts,
    followers,
    ticket_events,
    tickets,
)
from actions.adapters.database.schema.messaging import (
    conversations,
    effects,
    inbox,
    messages,
    outbox,
    understood,
)
from actions.adapters.database.schema.people import consents, people, sessions
from tests.builders import World

#: Of how many rows one is not settled yet.
ONE_OPEN_OF = 2000
#: Rows of other tables for each person.
A_PERSON = 10


async def fill(world: World, rows: int) -> None:
    """So many rows in every table that grows, ids 1 to `rows`."""
    async with world.database.write() as conn:
        for table, columns in _tables(world, rows):
            await _fill(conn, table, columns, rows // (A_PERSON if table in _FEWER else 1))
        if conn.dialect.name != "sqlite":
            await conn.execute(text("ANALYZE"))
        await conn.commit()


_FEWER = (people, conversations, sessions)


async def _fill(conn: AsyncConnection, table: Table, columns: dict[str, Any], rows: int) -> None:
    numbers = select(literal(1).label("i")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.i + 1).where(numbers.c.i < rows))
    made = [made(numbers.c.i) if callable(made) else made for made in columns.values()]
    await conn.execute(insert(table).from_select(list(columns), select(*made)))


def _tables(world: World, rows: int) -> list[tuple[Table, dict[str, Any]]]:
    past = literal(world.clock.now() - timedelta(days=2), UtcDateTime)
    area = literal(world.community.root)
    home = literal(str(world.community.path("BL-45")))  # type: ignore[arg-type]
    nothing = literal({}, Json)
    person = lambda i: i % (rows // A_PERSON) + 1  # noqa: E731  it stands in a table of them
    web = literal("webchat")
    return [
        (people, {"id": _same, "participant_id": _named("p"), "locale": literal("zh-CN"),
                  "area": area, "created_at": past}),
        (conversations, {"id": _same, "person_id": _same, "channel": web, "area": area,
                         "account": literal("default"), "sender_key": _named("c"),
                         "created_at": past, "last_in_at": past}),
        (sessions, {"token_hash": _named("t"), "person_id": _same, "area": area,
                    "created_at": past, "last_seen_at": past, "expires_at": past}),
        (inbox, {"id": _same, "channel": web, "account": literal("default"),
                 "external_id": _named("x"), "conversation_id": person, "seq": _same,
                 "kind": literal("text"), "payload": nothing, "state": _mostly("done", "pending"),
                 "not_before": past, "received_at": past}),
        (messages, {"id": _same, "conversation_id": person, "seq": _same,
                    "direction": literal("out"), "kind": literal("text"), "text": _named("m"),
                    "inbox_id": _same, "outbox_id": _same, "in_reply_to": _same, "at": past}),
        (understood, {"inbox_id": _same, "language": literal("zh"), "intent": literal("report"),
                      "confidence": literal(0.9), "parse": nothing, "model": literal("m"),
                      "at": past}),
        (effects, {"cause": _named("inbox:"), "step": literal("turn"), "command": literal("c"),
                   "at": past}),
        (outbox, {"id": _same, "key": _named("k"), "person_id": person,
                  "conversation_id": person, "channel": web, "purpose": literal("push"),
                  "template": literal("news"), "content": nothing, "ticket_id": _same,
                  "status_news": literal(True), "urgent": literal(False),
                  "state": _mostly("sent", "ready"), "not_before": past, "created_at": past}),
        (received, {"id": _same, "channel": literal("telegram"), "account": literal("7"),
                    "external_id": _named("u"), "queue": _chat(rows),
                    "body": literal(""), "state": _mostly("done", "pending"),
                    "not_before": past, "received_at": past}),
        (drafts, {"id": _same, "conversation_id": person, "person_id": person,
                  "state": _mostly("submitted", "open"), "body": nothing, "begun_at": past,
                  "updated_at": past}),
        (tickets, {"id": _same, "number": _named("LJ"), "area": home, "grid": home,
                   "status": _mostly("closed_fixed", "dispatched"), "category": literal("BLD01"),
                   "urgency": literal("U"), "tier": literal("急事"), "privacy": literal("public"),
                   "summary": _named("s"), "location": nothing, "reporter_id": person,
                   "anonymous": literal(False), "assignee_id": person, "accept_due_at": past,
                   "contact_due_at": past, "settle_due_at": past, "reopenings": literal(0),
                   "chases": literal(0), "version": literal(3), "filed_at": past,
                   "updated_at": past, "next_rung_at": _while_open(past),
                   "closed_at": _unless_open(past)}),
        (ticket_events, {"ticket_id": _same, "seq": literal(1), "verb": literal("submit"),
                         "target": literal("submitted"), "actor_id": person,
                         "role": literal("RES"), "at": past, "data": nothing,
                         "cause": _named("inbox:")}),
        (followers, {"ticket_id": _same, "person_id": person, "kind": literal("reporter"),
                     "since": past}),
        (callbacks, {"id": _same, "person_id": person, "conversation_id": person,
                     "reason": literal("asked"), "due_at": past, "created_at": past,
                     "closed_at": _unless_open(past)}),
        (corrections, {"id": _same, "person_id": person, "draft_id": _same,
                       "side": literal("resident"), "kind": literal("category"), "parse": nothing,
                       "consent": literal("unasked"), "state": _mostly("accepted", "open"),
                       "at": past}),
        (consents, {"id": _same, "person_id": person, "kind": literal("notice"),
                    "version": literal("1"), "given_at": past}),
    ]  # fmt: skip


def _same(number: ColumnElement[int]) -> ColumnElement[int]:
    return number


def _named(prefix: str) -> Any:
    return lambda number: literal(prefix) + cast(number, String)


def _chat(rows: int) -> Any:
    return lambda number: cast(number % (rows // A_PERSON), String)


def _mostly(settled: str, waiting: str) -> Any:
    return lambda number: case((number % ONE_OPEN_OF == 0, waiting), else_=settled)


def _while_open(value: Any) -> Any:
    return lambda number: case((number % ONE_OPEN_OF == 0, value), else_=None)


def _unless_open(value: Any) -> Any:
    return lambda number: case((number % ONE_OPEN_OF != 0, value), else_=None)
