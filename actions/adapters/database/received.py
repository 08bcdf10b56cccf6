"""`SqlReceived`: what platforms delivered, kept before they are answered, read in order later."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, exists, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.due_now import is_due
from actions.adapters.database.engine import Database
from actions.adapters.database.owners import is_gone
from actions.adapters.database.schema.channels import received
from actions.application.ports_channels import Delivered
from actions.failpoints import failpoint

_PENDING = "pending"
#: What is kept because somebody has to look at it.
_FAULTY = "faulty"
_ENDED = ("done", "refused")
_ASIDE = ".aside"

_earlier = received.alias("earlier")


class SqlReceived:
    """`attempts` counts at the claim and fences: a reader taken for dead changes nothing later."""

    def __init__(self, database: Database, owner: str) -> None:
        self._database = database
        self._owner = owner

    async def keep(
        self, channel: str, account: str, found: Sequence[tuple[str, str, str]], now: datetime
    ) -> int:
        dialect = sqlite if self._database.is_sqlite else postgresql
        rows = [
            {"channel": channel, "account": account, "external_id": external_id, "queue": queue,
             "body": body, "state": _PENDING, "not_before": now, "received_at": now}
            for external_id, queue, body in found
        ]  # fmt: skip
        if not rows:
            return 0
        # By name: any other conflict is a fault of ours, and must not look like a repeat.
        once = (
            dialect.insert(received)
            .values(rows)
            .on_conflict_do_nothing(index_elements=["channel", "account", "external_id"])
        )
        async with self._database.write(first=True) as conn:
            new = (await conn.execute(once.returning(received.c.id))).all()
            failpoint("received.inserted")
            await conn.commit()
        failpoint("received.committed")
        return len(new)

    async def claim(
        self, channel: str, now: datetime, *, limit: int, lease: float
    ) -> Sequence[Delivered]:
        picked = self._first_of_each_queue(channel, now, limit)
        async with self._database.read() as conn:
            # Looking first spares a write transaction at every poll.
            if (await conn.execute(picked.limit(1))).first() is None:
                return []
        if not self._database.is_sqlite:
            picked = picked.with_for_update(skip_locked=True)
        async with self._database.write() as conn:
            ids = list((await conn.execute(picked)).scalars())
            await conn.execute(
                update(received)
                .where(received.c.id.in_(ids))
                .values(
                    attempts=received.c.attempts + 1,
                    lease_owner=self._owner,
                    lease_until=self._database.now + lease,
                )
            )
            rows = await _load(conn, received.c.id.in_(ids))
            await conn.commit()
        failpoint("received.claimed")
        return rows

    def _first_of_each_queue(self, channel: str, now: datetime, limit: int) -> Select[int]:
        behind_another = exists().where(
            _earlier.c.channel == received.c.channel,
            _earlier.c.account == received.c.account,
            _earlier.c.queue == received.c.queue,
            _earlier.c.state == _PENDING,
            _earlier.c.id < received.c.id,
        )
        return (
            select(received.c.id)
            .where(
                received.c.channel == channel,
                received.c.state == _PENDING,
                is_due(received.c.not_before, received.c.received_at, now),
                received.c.lease_until < self._database.now,
                ~behind_another,
            )
            .order_by(received.c.id)
            .limit(limit)
        )

    async def renew(self, delivered: Delivered, lease: float) -> None:
        await self._set(delivered, lease_until=self._database.now + lease)

    async def settle(
        self, delivered: Delivered, state: str, now: datetime, error: str = ""
    ) -> None:
        kept = {} if state == _FAULTY else {"body": ""}
        await self._set(delivered, state=state, settled_at=now, last_error=error[:300], **kept)
        failpoint("received.settled")

    async def put_off(
        self, delivered: Delivered, until: datetime, error: str, *, aside: bool = False
    ) -> None:
        queue = _aside(delivered.queue) if aside else delivered.queue
        await self._set(
            delivered, not_before=until, last_error=error[:300], lease_until=0.0, queue=queue
        )

    async def _set(self, delivered: Delivered, **values: Any) -> None:
        async with self._database.write() as conn:
            await conn.execute(update(received).where(_is_still(delivered)).values(values))
            await conn.commit()

    async def behind(self, delivered: Delivered, *, limit: int) -> Sequence[Delivered]:
        async with self._database.read() as conn:
            return await _load(
                conn,
                received.c.channel == delivered.channel,
                received.c.account == delivered.account,
                received.c.queue == delivered.queue,
                received.c.state == _PENDING,
                received.c.id > delivered.id,
                limit=limit,
            )

    async def join(
        self, delivered: Delivered, others: Sequence[Delivered], body: str, now: datetime
    ) -> bool:
        ids = [other.id for other in others]
        async with self._database.write() as conn:
            result = await conn.execute(
                update(received).where(_is_still(delivered)).values(body=body)
            )
            if result.rowcount != 1:
                return False
            await conn.execute(
                update(received)
                .where(received.c.id.in_(ids), received.c.state == _PENDING)
                .values(state="done", body="", settled_at=now)
            )
            await conn.commit()
        return True

    async def free_the_dead(self) -> None:
        """What a process of this machine held when it was killed need not run out."""
        held = select(received.c.lease_owner).where(
            received.c.state == _PENDING, received.c.lease_until > 0
        )
        async with self._database.read() as conn:
            owners = (await conn.execute(held.distinct())).scalars().all()
        gone = [owner for owner in owners if owner and is_gone(owner, self._owner)]
        if not gone:
            return
        async with self._database.write() as conn:
            await conn.execute(
                update(received)
                .where(received.c.state == _PENDING, received.c.lease_owner.in_(gone))
                .values(lease_until=0.0)
            )
            await conn.commit()

    async def prune(self, channel: str, before: datetime, *, limit: int) -> int:
        """What is faulty stays: somebody has to look at it."""
        async with self._database.read() as conn:
            ids = [
                id_ for state in _ENDED for id_ in await _old(conn, channel, state, before, limit)
            ]
        ids = ids[:limit]
        if ids:
            async with self._database.write() as conn:
                await conn.execute(delete(received).where(received.c.id.in_(ids)))
                await conn.commit()
        return len(ids)


async def _old(
    conn: AsyncConnection, channel: str, state: str, before: datetime, limit: int
) -> Sequence[int]:
    """One state at a time, oldest first: what the index holds together."""
    query = (
        select(received.c.id)
        .where(
            received.c.channel == channel,
            received.c.state == state,
            received.c.not_before < before,
        )
        .order_by(received.c.not_before)
        .limit(limit)
    )
    return (await conn.execute(query)).scalars().all()


async def forget_received(
    conn: AsyncConnection, addresses: Sequence[tuple[str, str, str]], now: datetime
) -> None:
    """Nothing of what came from these chats (channel, account, queue) can be read any more."""
    if not addresses:
        return
    theirs = or_(
        *(
            and_(
                received.c.channel == channel,
                received.c.account == account,
                received.c.queue.in_([queue, _aside(queue)]),
            )
            for channel, account, queue in addresses
        )
    )
    await conn.execute(
        update(received)
        .where(theirs, received.c.state.in_([_PENDING, _FAULTY]))
        .values(state="refused", settled_at=now)
    )
    await conn.execute(
        update(received).where(theirs).values(body="", queue="erased", last_error="")
    )


def _aside(queue: str) -> str:
    """Where what takes long waits, and holds up only what takes long as well."""
    return queue if queue.endswith(_ASIDE) else queue + _ASIDE


def _is_still(delivered: Delivered) -> ColumnElement[bool]:
    """Nobody has settled it or taken it over since."""
    return and_(
        received.c.id == delivered.id,
        received.c.state == _PENDING,
        received.c.attempts == delivered.attempts,
    )


async def _load(
    conn: AsyncConnection, *where: ColumnElement[bool], limit: int | None = None
) -> list[Delivered]:
    query = select(received).where(*where).order_by(received.c.id).limit(limit)
    return [_delivered(row) for row in (await conn.execute(query)).mappings()]


def _delivered(row: RowMapping) -> Delivered:
    return Delivered(
        id=row["id"],
        channel=row["channel"],
        account=row["account"],
        external_id=row["external_id"],
        queue=row["queue"],
        body=row["body"],
        attempts=row["attempts"],
        received_at=row["received_at"],
    )
