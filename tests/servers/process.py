"""Start and stop one server process, with a log to show when it fails."""

import itertools
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path

TETHER = Path(__file__).with_name("tether.py")
START_LIMIT = 30.0
STOP_LIMIT = 10.0
#: Below those the system gives to whoever asks for any: Linux begins at 32768, macOS at 49152.
PORTS = range(20_000, 32_000)
#: Each worker of a run looks in a share of its own.
SHARE = 1_000


class ServerError(Exception):
    """A server for the tests did not start."""


def free_port() -> int:
    """A port nobody listens on, and nobody else will be given before its server has started."""
    return next(filter(_is_free, _share(os.environ.get("PYTEST_XDIST_WORKER", "gw0"))))


@cache
def _share(worker: str) -> Iterator[int]:
    """Round and round, from anywhere: another run on this machine has the same share."""
    shares = len(PORTS) // SHARE
    first = int(worker.removeprefix("gw")) % shares * SHARE
    ports = PORTS[first : first + SHARE]
    start = random.randrange(SHARE)
    return itertools.cycle([*ports[start:], *ports[:start]])


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def tethered(command: Sequence[str | Path], *, user: str = "-", end: str = "SIGINT") -> list[str]:
    return [sys.executable, "-S", "-E", str(TETHER), user, end, *map(str, command)]


class ServerProcess:
    """A child in its own session, so that Ctrl-C reaches the tests first and them only."""

    def __init__(self, command: Sequence[str | Path], log: Path, *, user: str = "-") -> None:
        self._log = log
        self._name = Path(command[0]).name
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                tethered(command, user=user),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self._process.pid

    def wait_until(self, is_ready: Callable[[], bool]) -> None:
        deadline = time.monotonic() + START_LIMIT
        while not is_ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                tail = self._log.read_text(errors="replace")[-2000:]
                message = f"{self._name} did not start\n{tail}"
                raise ServerError(message)
            time.sleep(0.02)

    def is_over(self) -> bool:
        return self._process.poll() is not None

    def stop(self) -> None:
        if self._process.poll() is not None:
            return
        self._process.send_signal(2)
        try:
            self._process.wait(STOP_LIMIT)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def accepts_connections(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False
