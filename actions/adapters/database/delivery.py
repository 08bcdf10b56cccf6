"""`Delivery`: the draining half of the outbox: claim, settle, put off, give up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, insert, or_, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.engine import Database
from actions.adapters.database.schema.messaging import conversations, messages, outbox
from actions.adapters.database.schema.people import people

#: Seconds a claimed row belongs to one process.
LEASE = 60.0


@dataclass(frozen=True)
class Due:
    """One outbox row to send, with what the renderer needs to know of the reader."""

    id: int
    person_id: int
    conversation_id: int
    channel: str
    area: str
    purpose: str
    template: str
    content: dict[str, Any]
    ticket_id: int | None
    version: int
    urgent: bool
    in_reply_to: int | None
    attempts: int
    locale: str
    created_at: datetime


@dataclass(frozen=True)
class Shown:
    """A rendered message as the transcript keeps it."""

    kind: str
    text: str
    content: dict[str, Any]


class Delivery:
    def __init__(self, database: Database, owner: str) -> None:
        self._database = database
        self._owner = owner

    async def claim(
        self, channels: Sequence[str], now: datetime, *, limit: int = 50
    ) -> Sequence[Due]:
        """Take due rows for this process, oldest first, superseded news skipped."""
        async with self._database.write() as conn:
            await self._skip_superseded(conn, now)
            picked = (
                select(outbox.c.id)
                .where(self._is_due(channels, now))
                .order_by(outbox.c.id)
                .limit(limit)
            )
            if not self._database.is_sqlite:
                picked = picked.with_for_update(skip_locked=True)
            ids = list((await conn.execute(picked)).scalars())
            if ids:
                await conn.execute(
                    update(outbox)
                    .where(outbox.c.id.in_(ids))
                    .values(
                        state="claimed",
                        lease_owner=self._owner,
                        lease_until=self._database.now + LEASE,
                    )
                )
            rows = await self._load(conn, ids)
            await conn.commit()
        return rows

    def _is_due(self, channels: Sequence[str], now: datetime) -> ColumnElement[bool]:
        waiting = or_(
            outbox.c.state == "ready",
            and_(outbox.c.state == "claimed", outbox.c.lease_until < self._database.now),
        )
        return and_(waiting, outbox.c.channel.in_(list(channels)), outbox.c.not_before <= now)

    async def _skip_superseded(self, conn: AsyncConnection, now: datetime) -> None:
        """Held-back status news gives way to newer status news of the same ticket."""
        newer = outbox.alias("newer")
        await conn.execute(
            update(outbox)
            .where(
                outbox.c.state == "ready",
                outbox.c.status_news,
                outbox.c.not_before > outbox.c.created_at,
                exists().where(
                    newer.c.ticket_id == outbox.c.ticket_id,
                    newer.c.person_id == outbox.c.person_id,
                    newer.c.channel == outbox.c.channel,
                    newer.c.status_news,
                    newer.c.version > outbox.c.version,
                ),
            )
            .values(state="superseded", settled_at=now)
        )

    async def _load(self, conn: AsyncConnection, ids: Sequence[int]) -> list[Due]:
        query = (
            select(outbox, people.c.locale)
            .join(people, people.c.id == outbox.c.person_id)
            .where(outbox.c.id.in_(ids))
            .order_by(outbox.c.id)
        )
        return [_due(row) for row in (await conn.execute(query)).mappings()]

    async def show(self, shown: Sequence[tuple[Due, Shown]], now: datetime) -> None:
        """Put messages into the transcript and settle their rows, in one commit.

        For web chat this is the sending itself, so it happens exactly once.
        """
        async with self._database.write() as conn:
            for due, message in shown:
                await self._show(conn, due, message, now)
            await conn.commit()

    async def _show(self, conn: AsyncConnection, due: Due, shown: Shown, now: datetime) -> None:
        settled = await conn.execute(
            update(outbox)
            .where(outbox.c.id == due.id, outbox.c.state == "claimed")
            .values(state="sent", settled_at=now, attempts=due.attempts + 1)
        )
        if settled.rowcount != 1:
            return
        taken = await conn.execute(
            update(conversations)
            .where(conversations.c.id == due.conversation_id)
            .values(next_seq=conversations.c.next_seq + 1)
            .returning(conversations.c.next_seq)
        )
        await conn.execute(
            insert(messages).values(
                conversation_id=due.conversation_id,
                seq=int(taken.scalar_one()) - 1,
                area=due.area,
                direction="out",
                kind=shown.kind,
                text=shown.text,
                template=due.template,
                content=shown.content,
                outbox_id=due.id,
                in_reply_to=due.in_reply_to,
                ticket_id=due.ticket_id,
                at=now,
            )
        )

    async def settle(self, outbox_id: int, state: str, now: datetime, error: str = "") -> None:
        """The end of a row: sent, dead or superseded."""
        await self._set(outbox_id, state=state, settled_at=now, last_error=error[:300])

    async def put_off(self, due: Due, until: datetime, error: str = "") -> None:
        await self._set(
            due.id,
            state="ready",
            not_before=until,
            attempts=due.attempts + 1,
            last_error=error[:300],
        )

    async def _set(self, outbox_id: int, **values: Any) -> None:
        async with self._database.write() as conn:
            await conn.execute(update(outbox).where(outbox.c.id == outbox_id).values(values))
            await conn.commit()

    async def alert(self, due: Due, key: str, not_before: datetime, now: datetime) -> None:
        """Owe a Web Push beside a message nobody has seen yet."""
        async with self._database.write() as conn:
            known = await conn.execute(select(outbox.c.id).where(outbox.c.key == key))
            if known.first() is None:
                await conn.execute(
                    insert(outbox).values(
                        key=key,
                        person_id=due.person_id,
                        conversation_id=due.conversation_id,
                        channel="webpush",
                        area=due.area,
                        purpose=due.purpose,
                        template=due.template,
                        content=due.content,
                        ticket_id=due.ticket_id,
                        version=due.version,
                        status_news=True,
                        urgent=due.urgent,
                        state="ready",
                        not_before=not_before,
                        created_at=now,
                    )
                )
                await conn.commit()

    async def backlog(self) -> int:
        query = select(func.count()).select_from(outbox).where(outbox.c.state == "ready")
        async with self._database.read() as conn:
            return int((await conn.execute(query)).scalar_one())


def _due(row: RowMapping) -> Due:
    return Due(**{name: row[name] for name in Due.__dataclass_fields__})
