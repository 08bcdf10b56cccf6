"""`Turns`: which conversation has work, and whose turn it is: a lease with a fencing token."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select, update

from actions.adapters.database.engine import Database
from actions.adapters.database.people import live_actor
from actions.adapters.database.schema.messaging import conversations, inbox
from actions.adapters.database.schema.people import people
from actions.application.arrivals import Lease, Work
from actions.domain.identifiers import ConversationId, InboxId, PersonId
from actions.domain.people import Actor

#: Seconds a conversation belongs to one process without word from it.
LEASE = 12.0
#: After so many failed tries an arrival is quarantined and a person takes over.
MAX_ATTEMPTS = 5


class Turns:
    def __init__(self, database: Database, owner: str) -> None:
        self._database = database
        self._owner = owner

    async def waiting(self, now: datetime, *, limit: int = 64) -> Sequence[ConversationId]:
        """Conversations with something to handle that nobody holds, the longest wait first."""
        query = (
            select(inbox.c.conversation_id, func.min(inbox.c.id).label("first"))
            .join(conversations, conversations.c.id == inbox.c.conversation_id)
            .where(
                inbox.c.state.in_(["pending", "parked"]),
                inbox.c.not_before <= now,
                conversations.c.lease_until < self._database.now,
            )
            .group_by(inbox.c.conversation_id)
            .order_by("first")
            .limit(limit)
        )
        async with self._database.read() as conn:
            return [ConversationId(row.conversation_id) for row in await conn.execute(query)]

    async def take(self, conversation_id: ConversationId) -> Lease | None:
        """The lease, or None when another process holds it."""
        free = or_(
            conversations.c.lease_until < self._database.now,
            conversations.c.lease_owner == self._owner,
        )
        async with self._database.write() as conn:
            result = await conn.execute(
                update(conversations)
                .where(and_(conversations.c.id == conversation_id, free))
                .values(
                    lease_owner=self._owner,
                    lease_until=self._database.now + LEASE,
                    lease_token=conversations.c.lease_token + 1,
                )
                .returning(conversations.c.lease_token)
            )
            token = result.scalar_one_or_none()
            await conn.commit()
        return None if token is None else Lease(conversation_id=conversation_id, token=token)

    async def release(self, lease: Lease) -> None:
        await self._set_lease(lease, lease_owner=None, lease_until=0.0)

    async def renew(self, lease: Lease) -> None:
        await self._set_lease(lease, lease_until=self._database.now + LEASE)

    async def _set_lease(self, lease: Lease, **values: Any) -> None:
        async with self._database.write() as conn:
            await conn.execute(
                update(conversations)
                .where(
                    conversations.c.id == lease.conversation_id,
                    conversations.c.lease_token == lease.token,
                )
                .values(values)
            )
            await conn.commit()

    async def next(self, conversation_id: ConversationId, now: datetime) -> Work | None:
        """The first arrival in order that may be handled now.

        Parked texts wait for understanding and do not hold up what comes after them.
        """
        query = (
            select(inbox, conversations.c.person_id, conversations.c.sender_key)
            .add_columns(conversations.c.awaiting, people.c.locale)
            .join(conversations, conversations.c.id == inbox.c.conversation_id)
            .join(people, people.c.id == conversations.c.person_id)
            .where(
                inbox.c.conversation_id == conversation_id,
                inbox.c.state.in_(["pending", "parked"]),
                inbox.c.not_before <= now,
            )
            .order_by(inbox.c.seq)
            .limit(1)
        )
        async with self._database.read() as conn:
            row = (await conn.execute(query)).mappings().first()
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
            is_parked=row["state"] == "parked",
        )

    async def actor(self, person_id: PersonId) -> Actor:
        async with self._database.read() as conn:
            return await live_actor(conn, person_id)

    async def is_done(self, inbox_id: InboxId) -> bool:
        query = select(inbox.c.state).where(inbox.c.id == inbox_id)
        async with self._database.read() as conn:
            return bool((await conn.execute(query)).scalar_one() == "done")

    async def park(self, inbox_id: InboxId, now: datetime, wait: timedelta) -> None:
        """Understanding is away: try this text again after `wait`."""
        await self._set_inbox(inbox_id, state="parked", not_before=now + wait)

    async def fail(self, work: Work, now: datetime, wait: timedelta) -> bool:
        """Count a failed try. Returns True when the arrival is quarantined now."""
        attempts = work.attempts + 1
        quarantined = attempts >= MAX_ATTEMPTS
        await self._set_inbox(
            work.inbox_id,
            attempts=attempts,
            not_before=now + wait,
            state="quarantined" if quarantined else "pending",
            outcome="quarantined" if quarantined else "",
        )
        return quarantined

    async def _set_inbox(self, inbox_id: InboxId, **values: Any) -> None:
        async with self._database.write() as conn:
            await conn.execute(
                update(inbox)
                .where(inbox.c.id == inbox_id, inbox.c.state.in_(["pending", "parked"]))
                .values(values)
            )
            await conn.commit()
