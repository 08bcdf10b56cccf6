"""`Pulse`: a wake-up that may be lost, because there is a poll behind it."""

import asyncio
from contextlib import suppress

#: Seconds between looks for rows nobody woke us for.
POLL = 1.0


class Pulse:
    """Several beats before the sleeper wakes are one."""

    def __init__(self, poll: float = POLL) -> None:
        self._event = asyncio.Event()
        self._poll = poll

    def beat(self) -> None:
        self._event.set()

    async def sleep(self) -> None:
        """Until the next beat, or the poll."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._event.wait(), self._poll)
        self._event.clear()
