"""`UnderWay`: a message that goes out in several parts, or has to take another way."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.conversations import hold
from actions.adapters.database.engine import Database
from actions.adapters.database.owners import is_gone
from actions.adapters.database.schema.messaging import conversations, outbox
from actions.adapters.database.schema.people import sessions
from actions.adapters.database.showing import LIVE
from actions.application.delivering import BEGUN, Due
from actions.domain.identifiers import ConversationId

#: Where a person is found whom a platform does not reach, and where what is shown late is still
#: worth showing: it is a record to scroll through.
PAGE = "webchat"
PAGE_ACCOUNT = "default"


class UnderWay:
    """The part of the delivery that a channel itself needs."""

    def __init__(self, database: Database, owner: str) -> None:
        self._database = database
        self._owner = owner

    async def free_the_dead(self) -> None:
        """What a process of this machine was sending when it was killed need not wait."""
        claimed = outbox.c.state == "claimed"
        async with self._database.read() as conn:
            held = await conn.execute(select(outbox.c.lease_owner).where(claimed).distinct())
            gone = [owner for owner in held.scalars() if owner and is_gone(owner, self._owner)]
        if not gone:
            return
        async with self._database.write() as conn:
            await conn.execute(
                update(outbox)
                .where(claimed, outbox.c.lease_owner.in_(gone))
                .values(lease_until=0.0)
            )
            await conn.commit()

    async def renew(self, due: Due, lease: float) -> None:
        """Nothing of a row that somebody else has claimed or settled since."""
        async with self._database.write() as conn:
            await conn.execute(
                update(outbox)
                .where(
                    outbox.c.id == due.id,
                    outbox.c.state == "claimed",
                    outbox.c.lease_owner == self._owner,
                    outbox.c.attempts == due.attempts,
                )
                .values(lease_until=self._database.now + lease)
            )
            await conn.commit()

    async def keep_progress(self, due: Due, progress: Mapping[str, Any]) -> bool:
        """Remember how far it is; False when somebody else has taken it over meanwhile."""
        async with self._database.write() as conn:
            kept = await conn.execute(
                update(outbox)
                .where(
                    outbox.c.id == due.id,
                    outbox.c.state == "claimed",
                    outbox.c.lease_owner == self._owner,
                    outbox.c.attempts == due.attempts,
                )
                .values(content={**due.content, BEGUN: dict(progress)})
                .returning(outbox.c.id)
            )
            is_ours = kept.first() is not None
            await conn.commit()
        return is_ours

    async def divert(self, due: Due, now: datetime, reason: str) -> bool:
        """Owe it, and what waits behind it, on the person's page; False when they have none."""
        async with self._database.write() as conn:
            if not await _has_page(conn, due.person_id, now):
                return False
            await hold(conn, {ConversationId(due.conversation_id)})
            await conn.execute(
                update(outbox)
                .where(
                    outbox.c.conversation_id == due.conversation_id,
                    outbox.c.channel == due.channel,
                    or_(
                        and_(
                            outbox.c.id == due.id,
                            outbox.c.state.in_(LIVE),
                            outbox.c.attempts == due.attempts,
                        ),
                        outbox.c.state == "ready",
                    ),
                )
                .values(channel=PAGE, state="ready", attempts=0, last_error=reason[:300])
            )
            await conn.execute(
                update(conversations)
                .where(
                    conversations.c.id == due.conversation_id,
                    conversations.c.channel == due.channel,
                )
                .values(channel=PAGE, account=PAGE_ACCOUNT)
            )
            await conn.commit()
        return True


async def _has_page(conn: AsyncConnection, person_id: int, now: datetime) -> bool:
    living = select(sessions.c.token_hash).where(
        sessions.c.person_id == person_id, sessions.c.expires_at > now
    )
    return (await conn.execute(living.limit(1))).first() is not None
