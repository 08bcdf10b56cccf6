"""`SqlHolds`: whose words have to be kept for now, because a legal matter depends on them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Column, ColumnElement, exists, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database import audit
from actions.adapters.database.conversations import hold
from actions.adapters.database.engine import Database
from actions.adapters.database.schema.messaging import conversations
from actions.adapters.database.schema.people import people
from actions.adapters.database.schema.records import legal_holds
from actions.application.examined import Hold
from actions.application.ports import Clock
from actions.domain.community import Community
from actions.domain.errors import NotFound, OnHold
from actions.domain.identifiers import ConversationId, PersonId

_AT_THE_TERMINAL = PersonId(0)


def is_held(person: Column[int]) -> ColumnElement[bool]:
    return exists().where(legal_holds.c.person_id == person, legal_holds.c.lifted_at.is_(None))


async def require_unheld(conn: AsyncConnection, person_id: PersonId) -> None:
    """Raises OnHold: neither a purge nor an erasure may take what was said."""
    query = select(people.c.id).where(people.c.id == person_id, is_held(people.c.id))
    if (await conn.execute(query)).first() is not None:
        raise OnHold


class SqlHolds:
    def __init__(self, database: Database, clock: Clock, community: Community) -> None:
        self._database = database
        self._clock = clock
        self._community = community

    async def place(self, person_id: PersonId, reason: str) -> None:
        now = self._clock.now()
        row = {"person_id": person_id, "area": self._community.root, "reason": reason, "at": now}
        talks = select(conversations.c.id).where(conversations.c.person_id == person_id)
        is_there = select(people.c.id).where(people.c.id == person_id, people.c.erased_at.is_(None))
        async with self._database.write() as conn:
            # As an erasure begins: whoever is second sees what the first has done.
            ids = (await conn.execute(talks)).scalars()
            await hold(conn, [ConversationId(each) for each in ids])
            if (await conn.execute(is_there)).first() is None:
                raise NotFound
            await conn.execute(insert(legal_holds).values(row))
            await self._note(conn, "hold", person_id, now, reason)
            await conn.commit()

    async def lift(self, person_id: PersonId, reason: str) -> bool:
        """False when there is none."""
        now = self._clock.now()
        async with self._database.write() as conn:
            lifted = await conn.execute(
                update(legal_holds)
                .where(legal_holds.c.person_id == person_id, legal_holds.c.lifted_at.is_(None))
                .values(lifted_at=now)
            )
            if not lifted.rowcount:
                return False
            await self._note(conn, "lift-hold", person_id, now, reason)
            await conn.commit()
        return True

    async def all(self) -> Sequence[Hold]:
        query = (
            select(people.c.participant_id, legal_holds.c.reason, legal_holds.c.at)
            .join(people, people.c.id == legal_holds.c.person_id)
            .where(legal_holds.c.lifted_at.is_(None))
            .order_by(legal_holds.c.id)
        )
        async with self._database.read() as conn:
            return [Hold(*row) for row in await conn.execute(query)]

    async def _note(
        self, conn: AsyncConnection, action: str, person_id: PersonId, now: datetime, reason: str
    ) -> None:
        await audit.append(
            conn,
            at=now,
            actor=_AT_THE_TERMINAL,
            action=action,
            about=f"person:{person_id}",
            area=self._community.root,
            reason=reason,
        )
