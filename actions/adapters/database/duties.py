"""`Duties`: what one process does for all of them, and another takes over when that one is gone."""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import Any, Final

from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from actions.adapters.database.engine import Database
from actions.adapters.database.owners import is_gone
from actions.adapters.database.schema.duties import duties
from actions.domain.errors import StoreAway

log = logging.getLogger(__name__)

#: Seconds a duty belongs to one process without word from it.
LEASE: Final = 9.0
#: Seconds between two words from whoever has it, and between two looks of whoever has not.
EVERY: Final = 3.0

_NEW: Final = {
    name: dialect.insert(duties).on_conflict_do_nothing()
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}

Work = Callable[[], Coroutine[Any, Any, None]]


class Duties:
    def __init__(self, database: Database, owner: str, *, every: float = EVERY) -> None:
        self._database = database
        self._owner = owner
        self._every = every

    async def during(self, name: str, work: Work) -> None:
        """Do the work whenever the duty is ours; until cancelled. Ends when the work ends."""
        try:
            while True:
                if await self._take(name):
                    log.info("a duty is ours", extra={"action": "duty_taken", "duty": name})
                    if await self._serve(name, work):
                        return
                await asyncio.sleep(self._every)
        finally:
            with suppress(Exception):
                await asyncio.shield(self._leave(name))

    async def _serve(self, name: str, work: Work) -> bool:
        """Until the duty is lost. Returns whether the work ended by itself."""
        task = asyncio.create_task(work())
        try:
            renewed = time.monotonic()
            while time.monotonic() - renewed < LEASE - self._every:
                await asyncio.wait({task}, timeout=self._every)
                if task.done():
                    task.result()
                    return True
                is_ours = await self._take(name)
                if is_ours:
                    renewed = time.monotonic()
                elif is_ours is not None:
                    break
            log.warning("a duty was lost", extra={"action": "duty_lost", "duty": name})
            return False
        finally:
            task.cancel()
            await asyncio.wait({task})

    async def _take(self, name: str) -> bool | None:
        """Whether it is ours now; None when the store does not say."""
        try:
            return await self._take_from_store(name)
        except StoreAway as error:
            log.warning("cannot ask for a duty", extra={**error.noted, "duty": name})
            return None
        except Exception:
            log.exception("cannot ask for a duty", extra={"action": "duty_failed", "duty": name})
            return None

    async def _take_from_store(self, name: str) -> bool:
        async with self._database.write() as conn:
            holders = select(duties.c.lease_owner).where(duties.c.name == name)
            row = (await conn.execute(holders)).one_or_none()
            if row is None:
                await conn.execute(_NEW[conn.dialect.name], {"name": name})
            holder = row.lease_owner if row else None
            result = await conn.execute(
                update(duties)
                .where(duties.c.name == name, self._may_have(holder))
                .values(
                    lease_owner=self._owner,
                    lease_until=self._database.now + LEASE,
                    lease_token=duties.c.lease_token + 1,
                )
            )
            await conn.commit()
        return bool(result.rowcount)

    def _may_have(self, holder: str | None) -> ColumnElement[bool]:
        """Ours; nobody's; run out; so far ahead that the clock was set back; or a dead one's."""
        until, now = duties.c.lease_until, self._database.now
        ways = [
            duties.c.lease_owner.is_(None),
            duties.c.lease_owner == self._owner,
            until < now,
            until > now + LEASE * 2,
        ]
        if holder and is_gone(holder, self._owner):
            ways.append(duties.c.lease_owner == holder)
        return or_(*ways)

    async def _leave(self, name: str) -> None:
        async with self._database.write() as conn:
            await conn.execute(
                update(duties)
                .where(duties.c.name == name, duties.c.lease_owner == self._owner)
                .values(lease_owner=None, lease_until=0.0)
            )
            await conn.commit()
