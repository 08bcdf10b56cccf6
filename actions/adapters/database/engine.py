"""`Database`: where rows live. One writer for SQLite, a pool for PostgreSQL; lazy until used."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Double, cast, event, extract, func, literal_column
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool, PoolProxiedConnection

from actions.adapters.database.away import TROUBLE, as_ours
from actions.adapters.database.kept_connections import KeptConnections
from actions.adapters.database.precedence import Precedence
from actions.adapters.database.sqlite_connection import open_sqlite
from actions.domain.errors import StoreBroken

#: Seconds another process may hold the SQLite write lock before we give up.
BUSY_TIMEOUT = 8.0
#: Seconds one PostgreSQL statement may take.
STATEMENT_TIMEOUT = 5.0
#: Seconds PostgreSQL keeps the locks of a process that stopped in the middle of a transaction.
IDLE_TIMEOUT = 4.0
#: Seconds a connection is waited for while the server starts again, and between two looks.
RESTART, LOOK = 3.0, 0.05
#: Bytes the log beside an SQLite file may keep once what held it up has ended; more is an alarm.
LOG_LIMIT = 64 * 1024 * 1024
#: Of a connection that goes through everything once; sorting 64 MB needs no file.
_THOROUGH = {"default_transaction_read_only": "on", "work_mem": "64MB"}


def async_url(url: str) -> URL:
    """The URL with the asynchronous driver of its dialect."""
    parsed = make_url(url)
    drivers = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg"}
    name = parsed.get_backend_name()
    if name not in drivers:
        raise ValueError(f"DATABASE_URL must be sqlite or postgresql, not {name}")
    return parsed.set(drivername=drivers[name])


class Database:
    """Two doors to one store: `write` is a transaction, `read` a snapshot."""

    def __init__(self, url: str, *, pool_size: int = 8, idle_timeout: float = IDLE_TIMEOUT) -> None:
        parsed = self._url = async_url(url)
        self.is_sqlite = parsed.get_backend_name() == "sqlite"
        self._broken = asyncio.Event()
        self._precedence = Precedence(BUSY_TIMEOUT)
        self._writing: KeptConnections | _Pooled
        self._reading: KeptConnections | _Pooled
        if self.is_sqlite:
            self._writing = _sqlite(parsed, "BEGIN IMMEDIATE", 1)
            self._reading = _sqlite(parsed, "BEGIN", 4)
        else:
            self._writing = self._reading = _Pooled(
                create_async_engine(
                    parsed,
                    pool_size=pool_size,
                    max_overflow=4,
                    pool_timeout=STATEMENT_TIMEOUT,
                    pool_use_lifo=True,  # so that few have to be made anew after a restart
                    pool_pre_ping=True,
                    hide_parameters=True,
                    connect_args={
                        "command_timeout": STATEMENT_TIMEOUT,
                        "timeout": STATEMENT_TIMEOUT,
                        "server_settings": {
                            "idle_in_transaction_session_timeout": f"{idle_timeout * 1000:.0f}"
                        },
                    },
                )
            )

    @property
    def now(self) -> ColumnElement[float]:
        """The database's own clock, in seconds: what leases are measured by."""
        if self.is_sqlite:
            return literal_column("((julianday('now') - 2440587.5) * 86400.0)")
        return cast(extract("epoch", func.clock_timestamp()), Double)

    @asynccontextmanager
    async def write(self, *, first: bool = False) -> AsyncIterator[AsyncConnection]:
        """A transaction, rolled back unless the caller commits.

        Args:
            first: before all others who wait for the one writer of SQLite.

        Raises:
            StoreAway: it takes nothing for now.
            StoreBroken: nor will it, before a new start.
            RaceLost: the store gave this one of two up; it is to be repeated.
        """
        if self._broken.is_set():
            raise StoreBroken
        try:
            async with (
                self._queue(first=first),
                self._writing.lend() as conn,
                conn.begin() as transaction,
            ):
                yield conn
                if transaction.is_active:
                    await transaction.rollback()
        except TROUBLE as error:
            ours = as_ours(error)
            if ours is None:
                raise
            if isinstance(ours, StoreBroken):
                self._broken.set()
            raise ours from error

    async def until_broken(self) -> None:
        """Raises StoreBroken once it is: nothing is written any more, the process has to end."""
        await self._broken.wait()
        raise StoreBroken

    def _queue(self, *, first: bool) -> AbstractAsyncContextManager[None]:
        return self._precedence.hold(first=first) if self.is_sqlite else nullcontext()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Raises StoreAway as `write` does."""
        try:
            async with self._reading.lend() as conn:
                yield conn
        except TROUBLE as error:
            ours = as_ours(error)
            if ours is None:
                raise
            raise ours from error

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncConnection]:
        """One moment of the whole store, for a thorough look of any length that changes nothing."""
        if self.is_sqlite:
            async with self.read() as conn:
                yield conn
            return
        engine = create_async_engine(
            self._url,
            poolclass=NullPool,
            hide_parameters=True,
            isolation_level="REPEATABLE READ",
            connect_args={"server_settings": _THOROUGH},
        )
        try:
            async with engine.connect() as conn:
                yield conn
        finally:
            await engine.dispose()

    def log_bytes(self) -> int:
        """How large the log beside an SQLite file is; a reader that does not end lets it grow."""
        log = Path(f"{self._url.database}-wal")
        return log.stat().st_size if self.is_sqlite and log.exists() else 0

    async def scrub(self) -> None:
        """Leave no copy of what was deleted: empty the log that SQLite keeps beside its file."""
        if not self.is_sqlite:
            return
        async with self._writing.lend() as conn:
            await conn.run_sync(_empty_log)

    async def close(self) -> None:
        await self._writing.close()
        await self._reading.close()


class _Pooled:
    """Connections of a server, which may be away for a moment."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    @asynccontextmanager
    async def lend(self) -> AsyncIterator[AsyncConnection]:
        async with AsyncExitStack() as stack:
            async with asyncio.timeout(RESTART):
                while (conn := await _entered(stack, self._engine)) is None:  # noqa: ASYNC110  a server
                    await asyncio.sleep(LOOK)
            yield conn

    async def close(self) -> None:
        await self._engine.dispose()


async def _entered(stack: AsyncExitStack, engine: AsyncEngine) -> AsyncConnection | None:
    try:
        return await stack.enter_async_context(engine.connect())
    except (OSError, DBAPIError) as error:
        if not _is_starting(error):
            raise
        return None


def _is_starting(error: Exception) -> bool:
    """Nobody listens, or the server says that it starts or stops."""
    state = getattr(getattr(error, "orig", error), "sqlstate", None) or ""
    return isinstance(error, ConnectionError) or state in ("57P03", "57P01", "57P02")


def _empty_log(conn: Connection) -> None:
    """Outside any transaction, where SQLite allows it."""
    cursor = conn.connection.cursor()
    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    cursor.close()


def _sqlite(url: URL, begin: str, pool_size: int) -> KeptConnections:
    engine = create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=0,
        hide_parameters=True,  # they are what people wrote, and errors are logged
        async_creator=lambda: open_sqlite(url.database or ":memory:", BUSY_TIMEOUT),
    )

    def prepare(connection: Any, _record: Any) -> None:
        # The driver's own BEGIN is deferred and comes too late for a writer.
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",  # NORMAL loses acknowledged rows in a power cut (reliability 0.1)
            "foreign_keys=ON",
            "secure_delete=ON",  # what is erased is overwritten, not only unlinked
            "cache_size=-32000",
            f"journal_size_limit={LOG_LIMIT}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    def start(connection: PoolProxiedConnection) -> None:
        driver: Any = connection.driver_connection
        driver.begin_with(begin)

    event.listen(engine.sync_engine, "connect", prepare)
    # Not as a listener: with one, every statement looks for listeners of everything.
    engine.dialect.do_begin = start  # type: ignore[method-assign, assignment]
    return KeptConnections(engine, pool_size)
