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
        """Until the next beat, or the poll.

        Not `wait_for`: in Python 3.11 it swallows a cancellation that comes with the beat.
        """
        with suppress(TimeoutError):
            async with asyncio.timeout(self._poll):
                await self._event.wait()
        self._event.clear()
