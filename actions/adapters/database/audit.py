"""The audit trail: rows are only ever added, and each one's hash covers the one before it."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.engine import Database
from actions.adapters.database.schema.people import people
from actions.adapters.database.schema.records import audit, audit_head
from actions.application.ports import Clock
from actions.application.ports_console import TrailRow
from actions.domain.community import Community
from actions.domain.identifiers import PersonId

#: What the first row follows.
BEGINNING = "0" * 64
_HEAD = audit_head.c.id == 1


async def append(
    conn: AsyncConnection,
    *,
    at: datetime,
    actor: PersonId,
    action: str,
    about: str,
    area: str,
    reason: str = "",
) -> None:
    """Add one row in the caller's transaction, which keeps the trail to itself until its end.

    So nothing that another transaction may hold is to be asked for after it.
    """
    length, previous = await _take_head(conn)
    digest = row_hash(previous, at, actor, action, about, reason, area)
    await conn.execute(
        insert(audit).values(
            at=at,
            actor_id=actor,
            action=action,
            object=about,
            reason=reason,
            area=area,
            previous=previous,
            hash=digest,
        )
    )
    await conn.execute(update(audit_head).where(_HEAD).values(length=length + 1, hash=digest))


async def _take_head(conn: AsyncConnection) -> tuple[int, str]:
    """Locked until the commit: one writer at a time, so that the trail never forks."""
    query = select(audit_head.c.length, audit_head.c.hash).where(_HEAD).with_for_update()
    head = (await conn.execute(query)).first()
    if head is None:
        dialect = sqlite if conn.dialect.name == "sqlite" else postgresql
        begun = dialect.insert(audit_head).values(id=1, length=0, hash=BEGINNING)
        await conn.execute(begun.on_conflict_do_nothing())
        head = (await conn.execute(query)).one()
    return head.length, head.hash


def row_hash(previous: str, at: datetime, *facts: int | str) -> str:
    """What a row's hash has to be; `facts` are its columns from `actor_id` to `area`, in order."""
    covered = json.dumps([previous, at.isoformat(), *facts])
    return hashlib.sha256(covered.encode()).hexdigest()


class SqlAudit:
    """The trail within one transaction."""

    def __init__(self, conn: AsyncConnection, now: datetime) -> None:
        self._conn = conn
        self._now = now

    async def append(
        self, action: str, about: str, *, by: PersonId, area: str, reason: str = ""
    ) -> None:
        await append(
            self._conn,
            at=self._now,
            actor=by,
            action=action,
            about=about,
            area=area,
            reason=reason,
        )


class LastAudit:
    """The trail of a unit of work: written when all else is, so that it is locked last."""

    def __init__(self, conn: AsyncConnection, now: datetime) -> None:
        self._audit = SqlAudit(conn, now)
        self._rows: list[tuple[str, str, PersonId, str, str]] = []

    async def append(
        self, action: str, about: str, *, by: PersonId, area: str, reason: str = ""
    ) -> None:
        self._rows.append((action, about, by, area, reason))

    async def write(self) -> None:
        rows, self._rows = self._rows, []
        for action, about, by, area, reason in rows:
            await self._audit.append(action, about, by=by, area=area, reason=reason)


class SqlTrail:
    """Each row in a commit of its own: it stands before what it is about leaves the house."""

    def __init__(self, database: Database, clock: Clock, community: Community) -> None:
        self._database = database
        self._clock = clock
        self._community = community

    async def note(self, action: str, about: str, *, by: PersonId, reason: str = "") -> None:
        async with self._database.write() as conn:
            await append(
                conn,
                at=self._clock.now(),
                actor=by,
                action=action,
                about=about,
                area=self._community.root,
                reason=reason,
            )
            await conn.commit()

    async def rows(
        self, *, before: int, limit: int, action: str = "", about: str = ""
    ) -> Sequence[TrailRow]:
        query = (
            select(audit, people.c.display_name)
            .outerjoin(people, people.c.id == audit.c.actor_id)
            .order_by(audit.c.id.desc())
            .limit(limit)
        )
        if before:
            query = query.where(audit.c.id < before)
        if action:
            query = query.where(audit.c.action == action)
        if about:
            query = query.where(audit.c.object == about)
        async with self._database.read() as conn:
            return [_row(row) for row in (await conn.execute(query)).mappings()]


def _row(row: RowMapping) -> TrailRow:
    return TrailRow(
        id=row["id"],
        at=row["at"],
        actor_id=PersonId(row["actor_id"]),
        actor=row["display_name"] or "",
        action=row["action"],
        about=row["object"],
        area=row["area"],
        reason=row["reason"],
    )
