"""`KeptPostgres`: the tests' PostgreSQL over a folder that stays, set up as one would for a house."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

from tests.servers.postgres import LESSER_USER, PostgresServer
from tests.servers.process import ServerError, ServerProcess, free_port, tethered

#: The server's defaults but for its memory, which they leave at a tenth of what is usual today.
SETTINGS: Final = {
    "shared_buffers": "512MB",
    "effective_cache_size": "4GB",
    "random_page_cost": "1.1",
    "max_wal_size": "4GB",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "timezone": "UTC",
}


class KeptPostgres(PostgresServer):
    """Durable, as in production."""

    NAME: Final = "linli_bench"

    def __init__(self, folder: Path) -> None:
        super().__init__()
        shutil.rmtree(self._data, ignore_errors=True)
        self._data = folder

    def start(self) -> None:
        self._thread.start()
        programs = self._programs()
        self._data.mkdir(parents=True, exist_ok=True)
        if not (self._data / "PG_VERSION").exists():
            self._make(programs)
        self.port = free_port()
        settings = [f"--{name}={value}" for name, value in SETTINGS.items()]
        command: list[str | Path] = [programs / "postgres", "-D", self._data]
        command += [f"--port={self.port}", *settings]
        self._process = ServerProcess(command, self._home / "log", user=self._user)
        self._process.wait_until(self._is_ready)

    def _make(self, programs: Path) -> None:
        if self._user != "-":
            shutil.chown(self._data, LESSER_USER)
        initdb: list[str | Path] = [programs / "initdb", "-D", self._data, "-U", "postgres"]
        initdb += ["--auth=trust", "--encoding=UTF8", "--no-locale"]
        made = subprocess.run(
            tethered(initdb, user=self._user),
            cwd=self._home, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if made.returncode != 0:
            raise ServerError(made.stderr or made.stdout)

    def create_anew(self) -> str:
        self._execute(f"DROP DATABASE IF EXISTS {self.NAME}")
        self._execute(f"CREATE DATABASE {self.NAME} TEMPLATE template0")
        return self.url(self.NAME)

    def stop(self) -> None:
        """What is in the folder stays there."""
        kept, self._data = self._data, Path(os.devnull) / "kept"
        super().stop()
        self._data = kept
