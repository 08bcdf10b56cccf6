"""`Watch`: owns the background tasks; one that ends by itself is a failure of the process."""

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

log = logging.getLogger(__name__)


class Watch:
    def __init__(self) -> None:
        self._died = asyncio.Event()
        self.dead: tuple[str, ...] = ()

    async def wait_for_death(self) -> None:
        """Returns when a task has ended that should not."""
        await self._died.wait()

    @asynccontextmanager
    async def over(
        self, name: str, work: Coroutine[Any, Any, None], *, limit: float
    ) -> AsyncIterator[None]:
        """Run `work` beside the body; at the end stop it, within `limit` seconds."""
        task = asyncio.create_task(work, name=name)
        task.add_done_callback(self._ended)
        try:
            yield
        finally:
            task.remove_done_callback(self._ended)
            await _stop(task, limit)

    def _ended(self, task: asyncio.Task[None]) -> None:
        error = None if task.cancelled() else task.exception()
        log.critical(
            "a background task ended",
            exc_info=error,
            extra={"action": "task_died", "task": task.get_name()},
        )
        self.dead = (*self.dead, task.get_name())
        self._died.set()


async def _stop(task: asyncio.Task[None], limit: float) -> None:
    task.cancel()
    _, late = await asyncio.wait({task}, timeout=limit)
    if late:
        log.warning("a task took too long to stop", extra={"task": task.get_name()})
        task.cancel()
        await asyncio.wait({task}, timeout=1.0)
