"""`Stop`: Ctrl-C and SIGTERM as one event; a second one does not wait."""

import asyncio
import os
import signal

_IMPATIENT = 130


class Stop:
    def __init__(self) -> None:
        self._event = asyncio.Event()

    def listen(self) -> None:
        """From now on the signals of this process come here."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, self._hear)

    def _hear(self) -> None:
        if self._event.is_set():
            os._exit(_IMPATIENT)
        self._event.set()

    async def wait(self) -> None:
        await self._event.wait()

    @property
    def is_wanted(self) -> bool:
        return self._event.is_set()
