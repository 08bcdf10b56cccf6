"""Show messages: rows settle, the transcript grows and alerts are owed, in one transaction."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Select, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningUpdate

from actions.adapters.database.conversations import hold
from actions.adapters.database.schema.messaging import conversations, messages, outbox
from actions.adapters.database.schema.people import push_subscriptions
from actions.application.delivering import Due, Showing
from actions.domain.identifiers import ConversationId

#: States of a row whose end is still open.
LIVE = ("ready", "faulty", "claimed")


async def show(conn: AsyncConnection, showings: Sequence[Showing], now: datetime) -> None:
    """What another process has shown before is left out."""
    await hold(conn, {ConversationId(showing.due.conversation_id) for showing in showings})
    whose = await _settle(conn, showings, now)
    ours = sorted(
        (_of(showing, whose[showing.due.id]) for showing in showings if showing.due.id in whose),
        key=lambda showing: (showing.due.conversation_id, showing.due.id),
    )
    rows: list[dict[str, Any]] = []
    for conversation_id, group in groupby(ours, key=lambda each: each.due.conversation_id):
        together = list(group)
        seq = await _take_seqs(conn, conversation_id, len(together))
        rows += [_message(each, seq + index, now) for index, each in enumerate(together)]
    if rows:
        await conn.execute(_MESSAGE, rows)
    await _owe_alerts(conn, [each for each in ours if each.alert_at], now)


def _of(showing: Showing, reader: tuple[int, int]) -> Showing:
    """The person may have become part of another, with the conversation, since it was due."""
    person, talk = reader
    return replace(showing, due=replace(showing.due, person_id=person, conversation_id=talk))


async def _settle(
    conn: AsyncConnection, showings: Sequence[Showing], now: datetime
) -> dict[int, tuple[int, int]]:
    """Person and conversation of those nobody had settled before and nobody is settling now."""
    ids = [showing.due.id for showing in showings]
    settled = await conn.execute(_SETTLE[conn.dialect.name], {"shown": ids, "moment": now})
    return {row.id: (row.person_id, row.conversation_id) for row in settled}


def _settle_statement(live: Select[int]) -> ReturningUpdate[Any]:
    return (
        update(outbox)
        .where(outbox.c.id.in_(live.scalar_subquery()))
        .values(
            state="sent",
            settled_at=bindparam("moment"),
            attempts=outbox.c.attempts + 1,
            last_error="",
        )
        .returning(outbox.c.id, outbox.c.person_id, outbox.c.conversation_id)
    )


_live = select(outbox.c.id).where(
    outbox.c.id.in_(bindparam("shown", expanding=True)), outbox.c.state.in_(LIVE)
)
#: Built once: every answer is shown by them.
_SETTLE = {
    "sqlite": _settle_statement(_live),
    "postgresql": _settle_statement(_live.order_by(outbox.c.id).with_for_update(skip_locked=True)),
}
_TAKE_SEQS = (
    update(conversations)
    .where(conversations.c.id == bindparam("talk"))
    .values(next_seq=conversations.c.next_seq + bindparam("count"))
    .returning(conversations.c.next_seq)
)
_MESSAGE = insert(messages)


async def _take_seqs(conn: AsyncConnection, conversation_id: int, count: int) -> int:
    """The first of `count` numbers; the conversation's row stays locked until the commit."""
    taken = await conn.execute(_TAKE_SEQS, {"talk": conversation_id, "count": count})
    return int(taken.scalar_one()) - count


def _message(showing: Showing, seq: int, now: datetime) -> dict[str, Any]:
    due, shown = showing.due, showing.shown
    return {
        "conversation_id": due.conversation_id,
        "seq": seq,
        "area": due.area,
        "direction": "out",
        "kind": shown.kind,
        "text": shown.text,
        "template": due.template,
        "content": dict(shown.content),
        "outbox_id": due.id,
        "in_reply_to": due.in_reply_to,
        "ticket_id": due.ticket_id,
        "at": now,
    }


async def _owe_alerts(conn: AsyncConnection, showings: Sequence[Showing], now: datetime) -> None:
    """One row for every browser that asked to be rung."""
    people = {showing.due.person_id for showing in showings}
    if not people:
        return
    found = await conn.execute(
        select(push_subscriptions.c.person_id, push_subscriptions.c.id).where(
            push_subscriptions.c.person_id.in_(people)
        )
    )
    browsers = [(row.person_id, row.id) for row in found]
    alerts = [
        _alert(showing.due, browser, showing.alert_at, now)
        for showing in showings
        for person_id, browser in browsers
        if person_id == showing.due.person_id
    ]
    if alerts:
        await conn.execute(insert(outbox), alerts)


def _alert(due: Due, browser: int, not_before: datetime | None, now: datetime) -> dict[str, Any]:
    return {
        "key": f"alert:{due.id}:{browser}",
        "person_id": due.person_id,
        "conversation_id": due.conversation_id,
        "channel": "webpush",
        "area": due.area,
        "purpose": due.purpose,
        "template": due.template,
        "content": {**due.content, "alert": {"of": due.id, "browser": browser}},
        "ticket_id": due.ticket_id,
        "version": due.version,
        "status_news": due.status_news,
        "urgent": due.urgent,
        "state": "ready",
        "not_before": not_before or now,
        "created_at": now,
    }
