"""What turns need and what takes long to read: read beside all that is acknowledged meanwhile."""

import asyncio
from collections.abc import Awaitable, Callable

from actions.domain.emergency_lexicon import lexicon


async def prepared(work: Callable[[], Awaitable[None]]) -> None:
    """Begin once the rules of danger are read; on the loop that is half a second of silence."""
    await asyncio.to_thread(lexicon)
    await work()
