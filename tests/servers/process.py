"""Start and stop one server process, with a log to show when it fails."""

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

TETHER = Path(__file__).with_name("tether.py")
START_LIMIT = 30.0
STOP_LIMIT = 10.0


class ServerError(Exception):
    """A server for the tests did not start."""


def free_port() -> int:
    """A port nobody listens on now; another process may take it, so the start is retried."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


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
