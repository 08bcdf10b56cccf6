"""The bot as it is, under a clock that a journey can set: `python -m tests.journeys.moved_clock`.

The file named by `MOVED_CLOCK` holds how far this clock runs ahead, in seconds. Nothing else of the
process differs, but that its timers look every moment.
"""

import os
import sys
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from actions import bootstrap
from actions.adapters.system_clock import SystemClock
from actions.periodic import Timers
from bot import lifecycle
from bot.cli.commands import main

#: Seconds between two looks of the timers.
EVERY = 0.5


class MovedClock(SystemClock):
    """Fits the `Clock` port."""

    def __init__(self) -> None:
        self._file = Path(os.environ["MOVED_CLOCK"])

    def now(self) -> datetime:
        ahead = float(self._file.read_text(encoding="ascii"))
        return super().now() + timedelta(seconds=ahead)


if __name__ == "__main__":
    bootstrap.SystemClock = MovedClock  # type: ignore[misc]
    lifecycle.Timers = partial(Timers, every=EVERY)  # type: ignore[misc,assignment]
    sys.exit(main(sys.argv[1:]))
