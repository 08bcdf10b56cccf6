"""`Precedence`: one at a time, and who must not be kept waiting goes before those who may."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Precedence:
    """A lock with two queues. The first queue has to be a short one, or the other one starves."""

    def __init__(self, patience: float) -> None:
        """`patience` is the seconds anybody waits before a TimeoutError."""
        self._patience = patience
        self._is_held = False
        self._first: deque[asyncio.Future[None]] = deque()
        self._others: deque[asyncio.Future[None]] = deque()

    @asynccontextmanager
    async def hold(self, *, first: bool) -> AsyncIterator[None]:
        await self._enter(self._first if first else self._others)
        try:
            yield
        finally:
            self._leave()

    async def _enter(self, queue: deque[asyncio.Future[None]]) -> None:
        if not self._is_held:
            self._is_held = True
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        queue.append(turn)
        try:
            async with asyncio.timeout(self._patience):
                await turn
        except (asyncio.CancelledError, TimeoutError):
            if not turn.cancelled():
                # It was our turn at the very moment we gave up.
                self._leave()
            raise

    def _leave(self) -> None:
        for queue in (self._first, self._others):
            while queue:
                turn = queue.popleft()
                if not turn.done():
                    turn.set_result(None)
                    return
        self._is_held = False
