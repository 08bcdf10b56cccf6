"""`Turns`: which conversation has work, and whose turn it is: a lease with a fencing token."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Update,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import ReturningUpdate

from actions.adapters.database.conversations import fence, hold
from actions.adapters.database.deaths import suspect
from actions.adapters.database.due_now import is_due
from actions.adapters.database.engine import Database
from actions.adapters.database.owners import is_gone
from actions.adapters.database.people import live_actor
from actions.adapters.database.schema.base import UtcDateTime
from actions.adapters.database.schema.messaging import conversations, inbox
from actions.adapters.database.schema.people import people
from actions.adapters.system_clock import SystemClock
from actions.application.arrivals import Lease, Work
from actions.domain.errors import StaleLease
from actions.domain.identifiers import ConversationId, InboxId, PersonId
from actions.domain.people import Actor
from actions.failpoints import failpoint

#: Seconds a conversation belongs to one process without word from it.
LEASE = 9.0
#: After so many failed tries a person takes over.
MAX_ATTEMPTS = 5
_WAITING = ("pending", "parked")

_earlier = inbox.alias("earlier")


class Turns:
    def __init__(self, database: Database, owner: str) -> None:
        self._database = database
        self._owner = owner
        # Built once: every turn asks them.
        self._taking = self._take_statement()
        self._first = _first_statement()

    async def waiting(self, now: datetime, *, limit: int = 64) -> Sequence[ConversationId]:
        """Conversations with something to handle that nobody holds, the longest wait first."""
        query = (
            select(inbox.c.conversation_id, func.min(inbox.c.id).label("first"))
            .join(conversations, conversations.c.id == inbox.c.conversation_id)
            .where(
                inbox.c.state.in_(_WAITING),
                is_due(inbox.c.not_before, inbox.c.received_at, now),
                self._is_free(),
            )
            .group_by(inbox.c.conversation_id)
            .order_by("first")
            .limit(limit)
        )
        async with self._database.read() as conn:
            return [ConversationId(row.conversation_id) for row in await conn.execute(query)]

    async def take(self, conversation_id: ConversationId) -> Lease | None:
        """The lease, or None when another process holds it."""
        async with self._database.write() as conn:
            result = await conn.execute(self._taking, {"talk": conversation_id})
            token = result.scalar_one_or_none()
            await conn.commit()
        failpoint("turn.leased")
        return None if token is None else Lease(conversation_id=conversation_id, token=token)

    def _take_statement(self) -> ReturningUpdate[int]:
        free = or_(self._is_free(), conversations.c.lease_owner == self._owner)
        return (
            update(conversations)
            .where(and_(conversations.c.id == bindparam("talk"), free))
            .values(
                lease_owner=self._owner,
                lease_until=self._database.now + LEASE,
                lease_token=conversations.c.lease_token + 1,
            )
            .returning(conversations.c.lease_token)
        )

    def _is_free(self) -> ColumnElement[bool]:
        """Run out; or so far ahead that the clock was set back since."""
        until, now = conversations.c.lease_until, self._database.now
        return or_(until < now, until > now + LEASE * 2)

    async def release(self, lease: Lease) -> bool:
        """Of a lease that was lost nothing is left to give back."""
        is_ours = await self._set_lease(lease, _RELEASE)
        failpoint("turn.released")
        return is_ours

    async def renew(self, lease: Lease) -> None:
        longer = _HELD.values(lease_until=self._database.now + LEASE)
        if not await self._set_lease(lease, longer):
            raise StaleLease

    async def free_the_dead(self) -> None:
        """What a process of this machine held when it was killed need not run out.

        What it was handling counts as tried: it may be what the process died of.
        Whoever is taken for dead and is not finds its token outdated, as after any lost lease.
        """
        held = select(conversations.c.lease_owner).where(conversations.c.lease_owner.is_not(None))
        async with self._database.read() as conn:
            owners = (await conn.execute(held.distinct())).scalars().all()
        gone = [owner for owner in owners if is_gone(owner, self._owner)]
        if not gone:
            return
        theirs = select(conversations.c.id).where(conversations.c.lease_owner.in_(gone))
        async with self._database.write() as conn:
            talks = [ConversationId(i) for i in (await conn.execute(theirs)).scalars()]
            await hold(conn, talks)
            await suspect(conn, talks, SystemClock().now())
            await conn.execute(
                update(conversations)
                .where(conversations.c.lease_owner.in_(gone))
                .values(lease_owner=None, lease_until=0.0)
            )
            await conn.commit()

    async def _set_lease(self, lease: Lease, statement: Update) -> bool:
        async with self._database.write() as conn:
            held = {"talk": lease.conversation_id, "token": lease.token}
            result = await conn.execute(statement, held)
            await conn.commit()
        return bool(result.rowcount)

    async def next(self, conversation_id: ConversationId, now: datetime) -> Work | None:
        """The first arrival in order that may be handled now.

        Parked texts wait for understanding and do not hold up what comes after them.
        """
        asked = {"talk": conversation_id, "moment": now}
        async with self._database.read() as conn:
            row = (await conn.execute(self._first, asked)).mappings().first()
            if row is None:
                return None
            actor = await live_actor(conn, PersonId(row["person_id"]))
        return Work(
            inbox_id=InboxId(row["id"]),
            conversation_id=conversation_id,
            person_id=PersonId(row["person_id"]),
            sender_key=row["sender_key"],
            channel=row["channel"],
            kind=row["kind"],
            payload=row["payload"],
            awaiting=row["awaiting"],
            actor=actor,
            locale=row["locale"],
            attempts=row["attempts"],
            received_at=row["received_at"],
            is_parked=row["state"] == "parked",
            follows_parked=row["follows"],
        )

    async def actor(self, person_id: PersonId) -> Actor:
        async with self._database.read() as conn:
            return await live_actor(conn, person_id)

    async def is_done(self, inbox_id: InboxId) -> bool:
        async with self._database.read() as conn:
            return bool((await conn.execute(_STATE, {"arrival": inbox_id})).scalar_one() == "done")

    async def parked_before(self, work: Work) -> Sequence[InboxId]:
        """Earlier texts of the conversation that wait for understanding."""
        own = select(inbox.c.seq).where(inbox.c.id == work.inbox_id).scalar_subquery()
        query = select(_earlier.c.id).where(*_parked_before(work.conversation_id, own))
        async with self._database.read() as conn:
            return [InboxId(number) for number in (await conn.execute(query)).scalars()]

    async def hurry(self, parked: Sequence[InboxId], lease: Lease, now: datetime) -> None:
        """Their time has come, because something after them is about to be understood."""
        async with self._fenced(lease) as conn:
            await conn.execute(
                update(inbox)
                .where(inbox.c.id.in_(parked), inbox.c.state == "parked")
                .values(not_before=now)
            )

    async def park(self, work: Work, lease: Lease, now: datetime, wait: timedelta) -> None:
        """Understanding is away: try this text again after `wait`."""
        await self._put_off(work, lease, state="parked", not_before=now + wait)

    async def fail(self, work: Work, lease: Lease, now: datetime, wait: timedelta) -> bool:
        """Count a failed try. Returns whether a person has to take over now."""
        attempts = work.attempts + 1
        await self._put_off(work, lease, state="pending", attempts=attempts, not_before=now + wait)
        return attempts >= MAX_ATTEMPTS

    async def _put_off(self, work: Work, lease: Lease, **values: Any) -> None:
        async with self._fenced(lease) as conn:
            await conn.execute(
                update(inbox)
                .where(inbox.c.id == work.inbox_id, inbox.c.state.in_(_WAITING))
                .values(values)
            )

    @asynccontextmanager
    async def _fenced(self, lease: Lease) -> AsyncIterator[AsyncConnection]:
        """A transaction of the one who holds the conversation; of nobody else."""
        async with self._database.write() as conn:
            await fence(conn, lease.conversation_id, lease.token)
            yield conn
            await conn.commit()


_MOMENT = bindparam("moment", type_=UtcDateTime)
#: The lease while it is still that one.
_HELD = update(conversations).where(
    conversations.c.id == bindparam("talk"), conversations.c.lease_token == bindparam("token")
)
_RELEASE = _HELD.values(lease_owner=None, lease_until=0.0)
_STATE = select(inbox.c.state).where(inbox.c.id == bindparam("arrival"))


def _first_statement() -> Select[Any]:
    follows = exists().where(*_parked_before(inbox.c.conversation_id, inbox.c.seq))
    return (
        select(inbox, conversations.c.person_id, conversations.c.sender_key)
        .add_columns(conversations.c.awaiting, people.c.locale, follows.label("follows"))
        .join(conversations, conversations.c.id == inbox.c.conversation_id)
        .join(people, people.c.id == conversations.c.person_id)
        .where(
            inbox.c.conversation_id == bindparam("talk"),
            inbox.c.state.in_(_WAITING),
            is_due(inbox.c.not_before, inbox.c.received_at, _MOMENT),
        )
        .order_by(inbox.c.seq)
        .limit(1)
    )


def _parked_before(conversation_id: Any, seq: Any) -> tuple[ColumnElement[bool], ...]:
    return (
        _earlier.c.conversation_id == conversation_id,
        _earlier.c.seq < seq,
        _earlier.c.state == "parked",
    )
