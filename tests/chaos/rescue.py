"""How long anything waits that nobody finishes: looked at from outside, all the time."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import DateTime, bindparam, text
from sqlalchemy.exc import DBAPIError

from actions.adapters.database.engine import Database
from actions.domain.errors import StoreAway

#: Only a guard against a storm that never settles.
PATIENCE = 120.0
#: Seconds between two looks.
EVERY = 0.7
#: What is put off for longer than this is put off on purpose: the quiet hours.
SOON = timedelta(seconds=60)

UNFINISHED = text("""
SELECT 'inbox' AS kind, id FROM inbox WHERE state NOT IN ('done', 'quarantined')
UNION ALL
SELECT 'outbox', id FROM outbox
WHERE state NOT IN ('sent', 'superseded', 'dead') AND not_before < :soon
UNION ALL
SELECT 'received', id FROM received WHERE state = 'pending'
""").bindparams(bindparam("soon", type_=DateTime(timezone=True)))


class Rescue:
    """`worst` is the longest anything was seen unfinished while nothing was done to us, in seconds.

    Each blow begins the time anew: what was interrupted before may be interrupted again.
    """

    def __init__(self, url: str, blows: Sequence[float], *, watches: bool = True) -> None:
        self._url = url
        self._blows = blows
        self._watches = watches
        self._since: dict[tuple[str, int], float] = {}
        self.worst = 0.0

    @asynccontextmanager
    async def watching(self) -> AsyncIterator["Rescue"]:
        self._database = Database(self._url)
        watching = asyncio.create_task(self._watch())
        try:
            yield self
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
            await self._database.close()

    async def settled(self, also: Callable[[], bool]) -> None:
        """Until nothing is left to do."""
        async with asyncio.timeout(PATIENCE):
            while not also() or await self._look():  # noqa: ASYNC110  other processes
                await asyncio.sleep(EVERY)

    @property
    def unfinished(self) -> list[tuple[str, int]]:
        return sorted(self._since)

    async def _watch(self) -> None:
        while self._watches:
            await self._look()
            await asyncio.sleep(EVERY)

    async def _look(self) -> int:
        """How much is unfinished; 1 as well when the database cannot be asked."""
        soon = datetime.now(UTC) + SOON
        try:
            async with self._database.read() as conn:
                when = soon.replace(tzinfo=None) if self._database.is_sqlite else soon
                found = (await conn.execute(UNFINISHED, {"soon": when})).all()
        except (StoreAway, DBAPIError, OSError, TimeoutError):
            return 1
        now = time.time()
        blow = max(self._blows, default=0.0)
        waiting = {(row.kind, row.id) for row in found}
        for gone in self._since.keys() - waiting:
            del self._since[gone]
        for each in waiting:
            since = max(blow, self._since.setdefault(each, now))
            self.worst = max(self.worst, now - since)
        return len(waiting)
