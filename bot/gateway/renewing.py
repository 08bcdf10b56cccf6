"""`renewing`: whoever holds something for long says so again and again, so a lease can be short."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Final

log = logging.getLogger(__name__)

#: Seconds a claim lasts without word from its holder, and seconds between two words. A holder that
#: was killed is followed by another within LEASE and one look round: fifteen seconds are promised.
LEASE: Final = 9.0
EVERY: Final = 3.0


@asynccontextmanager
async def renewing(
    renew: Callable[[], Awaitable[None]], every: float = EVERY
) -> AsyncIterator[None]:
    """Renew while the body runs; what it claims in the end is fenced all the same."""
    task = asyncio.create_task(_again_and_again(renew, every))
    try:
        yield
    finally:
        task.cancel()


async def _again_and_again(renew: Callable[[], Awaitable[None]], every: float) -> None:
    while True:
        await asyncio.sleep(every)
        try:
            await renew()
        except Exception:
            # The store is away; when it is back the next word counts, if nobody was faster.
            log.warning("a claim was not renewed", exc_info=True, extra={"action": "renew_failed"})
