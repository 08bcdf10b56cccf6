"""Ends a process whose event loop stands still, so that its supervisor starts another.

Seconds are counted by waking up and not by a clock: whoever was suspended with everything else did
not stand still.
"""

import asyncio
import faulthandler
import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

#: How often it looks, and how many looks in a row find nothing done: shorter than a lease of turns
#: (actions/adapters/database/turns.py), which nobody renews meanwhile.
EVERY: Final = 1.0
TOLERATED: Final = 8
#: The exit code of a process that wants to be started again.
_STANDS_STILL: Final = 1


def give_up() -> None:
    """Neither a log nor a lock: whatever stands still may hold them."""
    faulthandler.dump_traceback(sys.__stderr__ or 2, all_threads=True)
    os._exit(_STANDS_STILL)


@contextmanager
def watched(
    end: Callable[[], None] = give_up, *, every: float = EVERY, tolerated: int = TOLERATED
) -> Iterator[None]:
    """From now on until the body ends, the running loop has to move."""
    watchdog = _Watchdog(asyncio.get_running_loop(), end, every=every, tolerated=tolerated)
    thread = threading.Thread(target=watchdog.look, name="watchdog", daemon=True)
    thread.start()
    try:
        yield
    finally:
        watchdog.is_over.set()


class _Watchdog:
    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        end: Callable[[], None],
        *,
        every: float,
        tolerated: int,
    ) -> None:
        self._loop = loop
        self._end = end
        self._every = every
        self._tolerated = tolerated
        self._moved = threading.Event()
        self.is_over = threading.Event()

    def look(self) -> None:
        missed = 0
        self._ask()
        while not self.is_over.wait(self._every):
            if sys.gettrace() is not None:
                continue  # somebody looks at it step by step
            missed = 0 if self._moved.is_set() else missed + 1
            if missed >= self._tolerated:
                self._end()
                return
            if missed == 0:
                self._moved.clear()
                self._ask()

    def _ask(self) -> None:
        with suppress(RuntimeError):  # it has just been closed
            self._loop.call_soon_threadsafe(self._moved.set)
