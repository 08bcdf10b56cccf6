"""`KeptConnections`: of a file, which is always there; to borrow one is nothing but to take it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

#: Seconds to wait for one while all are lent.
PATIENCE = 30.0


class KeptConnections:
    """To fetch one from a pool and to give it back took as long as to ask something."""

    def __init__(self, engine: AsyncEngine, most: int) -> None:
        self._engine = engine
        self._room = asyncio.Semaphore(most)
        self._free: list[AsyncConnection] = []

    @asynccontextmanager
    async def lend(self) -> AsyncIterator[AsyncConnection]:
        """One without a transaction; whatever it was used for is rolled back afterwards.

        Raises:
            TimeoutError: none came back.
        """
        if self._room.locked():
            async with asyncio.timeout(PATIENCE):
                await self._room.acquire()
        else:
            await self._room.acquire()
        try:
            conn = self._free.pop() if self._free else await self._engine.connect()
            is_well = False
            try:
                yield conn
                await conn.rollback()
                is_well = not conn.invalidated
            finally:
                if is_well:
                    self._free.append(conn)
                else:
                    await conn.close()
        finally:
            self._room.release()

    async def close(self) -> None:
        while self._free:
            await self._free.pop().close()
        await self._engine.dispose()
