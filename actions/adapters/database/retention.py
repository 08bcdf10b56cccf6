"""`SqlRetention`: lines of a transcript go when they are older than the community keeps them.

A line stays as long as a matter it may belong to is open, or was closed less long ago than that,
and as long as a legal hold lies on its person. What carries no words stays: the arrival, which
keeps a repeat from counting twice, and the ticket with its record.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, exists, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.conversations import hold
from actions.adapters.database.engine import Database
from actions.adapters.database.holds import is_held
from actions.adapters.database.outbox import NOTHING_LEFT
from actions.adapters.database.schema.knowing import unanswered
from actions.adapters.database.schema.matters import drafts, tickets
from actions.adapters.database.schema.messaging import (
    conversations,
    inbox,
    messages,
    outbox,
    understood,
)
from actions.domain.identifiers import ConversationId

#: Rows of one transaction, and of one look for them.
BATCH = 200
_LOOK = 5000
#: Seconds between two transactions: whoever writes in earnest goes first.
_PAUSE = 0.02
_FORGOTTEN = "erased_message"
_SETTLED = ("sent", "superseded", "dead")


def too_old(since: datetime) -> Select[Any]:
    """Lines that have to go, in the order they came."""
    return (
        select(messages.c.id, messages.c.conversation_id, messages.c.seq)
        .join(conversations, conversations.c.id == messages.c.conversation_id)
        .where(
            messages.c.at < since,
            ~_is_of_a_live_matter(since),
            ~is_held(conversations.c.person_id),
        )
        .order_by(messages.c.id)
    )


def _is_live(since: datetime) -> ColumnElement[bool]:
    return or_(tickets.c.closed_at.is_(None), tickets.c.closed_at >= since)


def _is_of_a_live_matter(since: datetime) -> ColumnElement[bool]:
    """It speaks of one, or was said since its reporter began to tell it."""
    begun = (
        select(func.min(drafts.c.begun_at))
        .where(drafts.c.person_id == conversations.c.person_id, drafts.c.ticket_id == tickets.c.id)
        .scalar_subquery()
    )
    own = and_(
        tickets.c.reporter_id == conversations.c.person_id,
        messages.c.at >= func.coalesce(begun, tickets.c.filed_at),
    )
    return or_(
        exists().where(tickets.c.id == messages.c.ticket_id, _is_live(since)),
        exists().where(own, _is_live(since)),
    )


def _owed_too_long_ago(since: datetime) -> Select[Any]:
    """What was sent, word for word; a line of it may be gone already or never have been."""
    live = exists().where(tickets.c.id == outbox.c.ticket_id, _is_live(since))
    return (
        select(outbox.c.id)
        .where(
            outbox.c.settled_at < since,
            outbox.c.state.in_(_SETTLED),
            outbox.c.template != _FORGOTTEN,
            ~exists().where(messages.c.outbox_id == outbox.c.id),
            ~live,
            ~is_held(outbox.c.person_id),
        )
        .order_by(outbox.c.id)
    )


def _drafts_of_old(since: datetime) -> Select[Any]:
    live = exists().where(tickets.c.id == drafts.c.ticket_id, _is_live(since))
    return (
        select(drafts.c.id)
        .where(drafts.c.updated_at < since, ~live, ~is_held(drafts.c.person_id))
        .order_by(drafts.c.id)
    )


class SqlRetention:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def purge(self, since: datetime) -> int:
        """Take away everything older, a little at a time; how many lines that were."""
        gone = 0
        while lines := await self._some(too_old(since)):
            for start in range(0, len(lines), BATCH):
                gone += await self._purge_lines(lines[start : start + BATCH], since)
                await asyncio.sleep(_PAUSE)
        await self._each(_owed_too_long_ago(since), _forget_owed)
        await self._each(_drafts_of_old(since), _drop_drafts)
        return gone

    async def _some(self, query: Select[Any]) -> Sequence[Any]:
        async with self._database.snapshot() as conn:
            rows: Sequence[Any] = (await conn.execute(query.limit(_LOOK))).all()
        return rows

    async def _purge_lines(self, lines: Sequence[Any], since: datetime) -> int:
        """Looked at again while the conversations are ours: a matter may have been reopened."""
        async with self._database.write() as conn:
            await hold(conn, sorted({ConversationId(line.conversation_id) for line in lines}))
            again = too_old(since).where(messages.c.id.in_([line.id for line in lines]))
            rows = (await conn.execute(again)).all()
            await _drop_lines(conn, [row.id for row in rows])
            for talk in sorted({row.conversation_id for row in rows}):
                last = max(row.seq for row in rows if row.conversation_id == talk)
                await conn.execute(
                    update(conversations)
                    .where(conversations.c.id == talk, conversations.c.purged_to < last)
                    .values(purged_to=last)
                )
            await conn.commit()
        return len(rows)

    async def _each(self, query: Select[Any], work: Any) -> None:
        while found := [row.id for row in await self._some(query)]:
            for start in range(0, len(found), BATCH):
                async with self._database.write() as conn:
                    await work(conn, found[start : start + BATCH])
                    await conn.commit()
                await asyncio.sleep(_PAUSE)


async def _drop_lines(conn: AsyncConnection, ids: Sequence[int]) -> None:
    """With the words of the arrival, what was understood of it, and what was owed for the line."""
    line = messages.c.id.in_(ids)
    arrivals = select(messages.c.inbox_id).where(line, messages.c.inbox_id.is_not(None))
    owed = select(messages.c.outbox_id).where(line, messages.c.outbox_id.is_not(None))
    for table in (understood, unanswered):
        await conn.execute(delete(table).where(table.c.inbox_id.in_(arrivals)))
    await conn.execute(update(inbox).where(inbox.c.id.in_(arrivals)).values(payload={}))
    await conn.execute(
        update(outbox)
        .where(outbox.c.id.in_(owed))
        .values(template=_FORGOTTEN, content=NOTHING_LEFT)
    )
    await conn.execute(delete(messages).where(line))


async def _forget_owed(conn: AsyncConnection, ids: Sequence[int]) -> None:
    await conn.execute(
        update(outbox).where(outbox.c.id.in_(ids)).values(template=_FORGOTTEN, content=NOTHING_LEFT)
    )


async def _drop_drafts(conn: AsyncConnection, ids: Sequence[int]) -> None:
    await conn.execute(delete(drafts).where(drafts.c.id.in_(ids)))
