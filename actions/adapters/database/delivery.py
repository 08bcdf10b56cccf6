"""`Delivery`: the draining half of the outbox: look, claim, show, put off, give up."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Self

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.due_now import is_due
from actions.adapters.database.engine import Database
from actions.adapters.database.schema.base import UtcDateTime
from actions.adapters.database.schema.messaging import outbox
from actions.adapters.database.schema.people import people
from actions.adapters.database.showing import LIVE, show
from actions.adapters.database.under_way import PAGE, UnderWay
from actions.application.delivering import DeadLetter, Due, Showing
from actions.failpoints import failpoint

#: How long a row for another channel may wait before newer news takes its place.
FRESH = timedelta(seconds=30)
#: Seconds between two sweeps of superseded rows.
SWEEP = 5.0

#: What the reader's own row says; the rest is of the message.
_OF_THE_READER = ("locale", "away_until")
_DUE = [(people if f.name in _OF_THE_READER else outbox).c[f.name] for f in fields(Due)]
_DEAD = [outbox.c[f.name] for f in fields(DeadLetter)]
_MOST = bindparam("most", type_=Integer)
_NOW = bindparam("moment", type_=UtcDateTime)
_FRESH_SINCE = bindparam("fresh_since", type_=UtcDateTime)


class Delivery(UnderWay):
    """`attempts` fences: who counts a try must have seen the last one."""

    def __init__(self, database: Database, owner: str) -> None:
        super().__init__(database, owner)
        self._sweep_at: dict[str, float] = {}
        self._built: dict[tuple[str, bool], _Waiting] = {}

    async def look(self, channel: str, now: datetime, *, limit: int) -> Sequence[Due]:
        """Due rows in order, claimed by nobody: `show` decides who was first."""
        await self._sweep(channel, now)
        query = self._waiting(channel).rows
        async with self._database.read() as conn:
            rows = await _load(conn, query, {**_moment(now), "most": limit})
        if rows:
            failpoint("outbox.looked")
        return rows

    async def claim(
        self, channel: str, now: datetime, *, limit: int, in_order: bool, lease: float
    ) -> Sequence[Due]:
        """Take due rows for `lease` seconds; `in_order` gives one of a conversation at a time."""
        await self._sweep(channel, now)
        waiting = self._waiting(channel, in_order=in_order)
        if not await self._any(waiting.first, now):
            return []
        picked = waiting.ids
        if not self._database.is_sqlite:
            picked = picked.with_for_update(skip_locked=True)
        async with self._database.write() as conn:
            found = await conn.execute(picked, {**_moment(now), "most": limit})
            ids = list(found.scalars())
            await conn.execute(
                update(outbox)
                .where(outbox.c.id.in_(ids))
                .values(
                    state="claimed",
                    lease_owner=self._owner,
                    lease_until=self._database.now + lease,
                )
            )
            rows = await _load(conn, _rows_of(ids))
            await conn.commit()
        failpoint("outbox.claimed")
        return rows

    def _waiting(self, channel: str, *, in_order: bool = False) -> "_Waiting":
        key = channel, in_order
        if key not in self._built:
            query = select(outbox.c.id).where(
                self._is_free(channel),
                is_due(outbox.c.not_before, outbox.c.created_at, _NOW),
                ~_is_superseded(channel),
            )
            if in_order:
                query = query.where(~_follows_another())
            self._built[key] = _Waiting.built(query.order_by(outbox.c.id))
        return self._built[key]

    def _is_free(self, channel: str) -> ColumnElement[bool]:
        """Open, and held by nobody who is alive."""
        held = outbox.c.lease_until > self._database.now
        return and_(
            outbox.c.channel == channel,
            or_(
                outbox.c.state.in_(["ready", "faulty"]),
                and_(outbox.c.state == "claimed", ~held),
            ),
        )

    async def _sweep(self, channel: str, now: datetime) -> None:
        """Write down, from time to time, which rows nobody will look at any more."""
        if time.monotonic() < self._sweep_at.get(channel, 0.0):
            return
        self._sweep_at[channel] = time.monotonic() + SWEEP
        stale = and_(self._is_free(channel), _is_superseded(channel))
        if not await self._any(select(outbox.c.id).where(stale).limit(1), now):
            return
        async with self._database.write() as conn:
            await conn.execute(
                update(outbox).where(stale).values(state="superseded", settled_at=_NOW),
                _moment(now),
            )
            await conn.commit()

    async def _any(self, query: Select[int], now: datetime) -> bool:
        """Looking first spares a write transaction at every poll."""
        async with self._database.read() as conn:
            return (await conn.execute(query, _moment(now))).first() is not None

    async def show(self, showings: Sequence[Showing], now: datetime) -> None:
        """Put messages into the transcript, settle their rows and owe alerts, in one commit.

        For web chat this is the sending itself, so it happens exactly once.
        """
        async with self._database.write() as conn:
            await show(conn, showings, now)
            failpoint("show.written")
            await conn.commit()
        failpoint("show.committed")

    async def settle(self, due: Due, state: str, now: datetime, error: str = "") -> None:
        """The end of a row that is not shown: sent, dead or superseded."""
        await self._set(
            due,
            state=state,
            settled_at=now,
            attempts=due.attempts + 1,
            last_error=error[:300],
        )

    async def put_off(self, due: Due, until: datetime, error: str, *, faulty: bool = False) -> None:
        """A failed try. A `faulty` row cannot be rendered and holds up nobody."""
        await self._set(
            due,
            state="faulty" if faulty else "ready",
            not_before=until,
            attempts=due.attempts + 1,
            last_error=error[:300],
        )

    async def hold(self, due: Due, until: datetime) -> None:
        """Not now, though nothing failed: quiet hours."""
        await self._set(due, state="ready", not_before=until)

    async def _set(self, due: Due, **values: Any) -> None:
        """A process whose claim was taken over meanwhile changes nothing."""
        async with self._database.write() as conn:
            await conn.execute(
                update(outbox)
                .where(
                    outbox.c.id == due.id,
                    outbox.c.state.in_(LIVE),
                    outbox.c.attempts == due.attempts,
                )
                .values(values)
            )
            await conn.commit()

    async def dead_letters(self, *, limit: int = 50) -> Sequence[DeadLetter]:
        """What never arrived, the latest first. An alert is no message: its message is kept."""
        query = (
            select(*_DEAD)
            .where(outbox.c.state == "dead", outbox.c.channel != "webpush")
            .order_by(outbox.c.id.desc())
            .limit(limit)
        )
        async with self._database.read() as conn:
            return [DeadLetter(**row) for row in (await conn.execute(query)).mappings()]

    async def backlog(self) -> int:
        query = select(func.count()).select_from(outbox).where(outbox.c.state.in_(LIVE))
        async with self._database.read() as conn:
            return int((await conn.execute(query)).scalar_one())


class _Waiting(NamedTuple):
    """What a lane asks after every turn: costly to build, and built once."""

    first: Select[int]
    ids: Select[int]
    rows: Select[Any]

    @classmethod
    def built(cls, waiting: Select[int]) -> Self:
        ids = waiting.limit(_MOST)
        return cls(first=waiting.limit(1), ids=ids, rows=_rows_of(ids))


def _moment(now: datetime) -> dict[str, datetime]:
    return {"moment": now, "fresh_since": now - FRESH}


def _is_superseded(channel: str) -> ColumnElement[bool]:
    """Held-back status news gives way to newer status news of the same ticket."""
    was_held_back = outbox.c.not_before > outbox.c.created_at
    if channel != PAGE:
        was_held_back = or_(was_held_back, outbox.c.created_at < _FRESH_SINCE)
    newer = outbox.alias("newer")
    has_newer = exists().where(
        newer.c.ticket_id == outbox.c.ticket_id,
        newer.c.person_id == outbox.c.person_id,
        newer.c.channel == outbox.c.channel,
        newer.c.status_news,
        newer.c.version > outbox.c.version,
        newer.c.state.not_in(["dead", "faulty"]),
    )
    return and_(outbox.c.status_news, was_held_back, has_newer)


def _follows_another() -> ColumnElement[bool]:
    """An earlier row of the conversation is being sent, or was tried and waits.

    One that waits for the end of quiet hours was not tried and lets answers pass.
    """
    earlier = outbox.alias("earlier")
    return exists().where(
        earlier.c.conversation_id == outbox.c.conversation_id,
        earlier.c.channel == outbox.c.channel,
        earlier.c.id < outbox.c.id,
        or_(
            earlier.c.state == "claimed",
            and_(
                earlier.c.state == "ready",
                or_(
                    is_due(earlier.c.not_before, earlier.c.created_at, _NOW), earlier.c.attempts > 0
                ),
            ),
        ),
    )


def _rows_of(ids: Select[int] | Sequence[int]) -> Select[Any]:
    return (
        select(*_DUE)
        .join(people, people.c.id == outbox.c.person_id)
        .where(outbox.c.id.in_(ids))
        .order_by(outbox.c.id)
    )


async def _load(
    conn: AsyncConnection, query: Select[Any], asked: Mapping[str, Any] | None = None
) -> list[Due]:
    return [Due(**row) for row in (await conn.execute(query, asked)).mappings()]
