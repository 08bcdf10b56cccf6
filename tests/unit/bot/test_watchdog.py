"""A9: a loop that stands still ends the process; one that moves, or was suspended, does not."""

import asyncio
import subprocess
import sys
import threading

from bot.launcher.watchdog import watched

STANDS_STILL = """
import asyncio, threading
from bot.launcher.watchdog import watched

async def main():
    with watched(every=0.01, tolerated=5):
        threading.Event().wait(120)

asyncio.run(main())
"""


async def test_a_loop_that_stands_still_is_noticed() -> None:
    noticed = threading.Event()

    with watched(noticed.set, every=0.01, tolerated=5):
        assert noticed.wait(60)


async def test_a_loop_that_moves_is_left_alone() -> None:
    accused = threading.Event()

    with watched(accused.set, every=0.01, tolerated=50):
        for _ in range(100):
            await asyncio.sleep(0.002)

    assert not accused.is_set()


async def test_a_loop_that_ended_is_left_alone() -> None:
    accused = threading.Event()
    with watched(accused.set, every=0.01, tolerated=2):
        pass

    assert not accused.wait(0.1)


def test_the_process_ends_and_says_where_it_stood() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", STANDS_STILL], capture_output=True, timeout=120, check=False
    )

    assert ended.returncode == 1
    assert b"threading.py" in ended.stderr
