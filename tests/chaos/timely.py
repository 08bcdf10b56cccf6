"""Makes something due, so that a timer has something to act on."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError

from actions.adapters.database.engine import Database
from actions.adapters.database.schema.matters import drafts, tickets
from actions.domain.errors import StoreAway

LONG_AGO = timedelta(hours=25)


async def bring_due(url: str) -> None:
    """A ticket reaches a rung and a draft has waited long, where there are any."""
    database = Database(url)
    now = datetime.now(UTC)
    try:
        async with database.write() as conn:
            newest = select(func.max(tickets.c.id)).scalar_subquery()
            await conn.execute(
                update(tickets).where(tickets.c.id == newest).values(next_rung_at=now)
            )
            waiting = select(func.max(drafts.c.id)).where(
                drafts.c.state == "open", drafts.c.nudged_at.is_(None)
            )
            await conn.execute(
                update(drafts)
                .where(drafts.c.id == waiting.scalar_subquery())
                .values(updated_at=now - LONG_AGO)
            )
            await conn.commit()
    except (StoreAway, DBAPIError, OSError, TimeoutError):
        return
    finally:
        await database.close()
