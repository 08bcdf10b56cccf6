"""SQLite beside the event loop: what is short is done on the loop, what may wait in a thread.

A statement takes microseconds here. To have a thread do it wakes that thread, and then the loop:
ten times as long. So a thread does what waits for the disk or for another process, which are the
commit and whatever SQLite refuses at once, and what turns out to be long (ADR 0026).
"""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, Self, TypeVar

import aiosqlite

R = TypeVar("R")

#: Seconds one question may keep the loop, and all that is done between two of its rounds.
SHORT, ONE_ROUND = 0.002, 0.005
#: Steps of SQLite between two looks at the time.
_STEPS = 1000
#: Values that are too many to be written in a moment.
_MANY = 150
#: It is locked, or it took too long: nothing happened.
_AGAIN = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_INTERRUPT)
_PRIMARY = 0xFF


class _Outcome(NamedTuple):
    rows: list[Any]
    description: Any
    rowcount: int
    lastrowid: int | None


class SqliteConnection(aiosqlite.Connection):
    """What SQLAlchemy's adapter asks of a connection, with the shorter way."""

    def __init__(self, database: str, timeout: float) -> None:
        super().__init__(lambda: self._opened(database), 64)
        self._wait = f"PRAGMA busy_timeout={round(timeout * 1000)}"
        self._to_begin = ""
        #: What the thread was given, and what it has done; each is counted by one side only.
        self._given = self._done = 0
        self._ends_at = 0.0
        self._round_spent = 0.0

    def _opened(self, database: str) -> sqlite3.Connection:
        """It waits for nobody, unless it is told to; and both threads use it, never at once."""
        connection = sqlite3.connect(database, timeout=0, check_same_thread=False)
        connection.set_progress_handler(self._is_over, _STEPS)
        return connection

    def cursor(self) -> "SqliteCursor":  # type: ignore[override]
        return SqliteCursor(self)

    def begin_with(self, sql: str) -> None:
        """Let the next statement open a transaction in this way."""
        self._to_begin = sql

    async def run(
        self, work: Callable[[sqlite3.Connection], R], *, asks: bool, is_long: bool = False
    ) -> R:
        """In the transaction asked for. What only `asks` may be broken off and done again."""
        if not is_long and self._may_be_here(asks=asks):
            try:
                return self._here(work, asks=asks)
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & _PRIMARY not in _AGAIN:
                    raise
        begin = self._to_begin
        return await self._there(lambda: work(self._begun(begin)))

    def _may_be_here(self, *, asks: bool) -> bool:
        """What changes something, only in a transaction: outside it would wait for the disk."""
        is_idle = self._given == self._done
        in_time = self._round_spent < ONE_ROUND
        return is_idle and in_time and (asks or bool(self._to_begin) or self._conn.in_transaction)

    def _here(self, work: Callable[[sqlite3.Connection], R], *, asks: bool) -> R:
        began = time.perf_counter()
        self._ends_at = began + SHORT if asks else 0.0
        if not self._round_spent:
            asyncio.get_running_loop().call_soon(self._next_round)
        try:
            return work(self._begun(self._to_begin))
        finally:
            self._ends_at = 0.0
            self._round_spent += time.perf_counter() - began

    def _next_round(self) -> None:
        self._round_spent = 0.0

    def _is_over(self) -> bool:
        return 0.0 < self._ends_at < time.perf_counter()

    async def _there(self, work: Callable[[], R]) -> R:
        self._given += 1
        done: R = await self._execute(self._patiently, work)  # type: ignore[no-untyped-call]
        return done

    def _patiently(self, work: Callable[[], R]) -> R:
        """In the thread, which may wait for another process."""
        self._conn.execute(self._wait).close()
        self._conn.set_progress_handler(None, 0)
        try:
            return work()
        finally:
            self._conn.set_progress_handler(self._is_over, _STEPS)
            self._conn.execute("PRAGMA busy_timeout=0").close()
            self._done += 1

    def _begun(self, begin: str) -> sqlite3.Connection:
        """Asked for until it succeeded: nothing may run outside a transaction that was meant.

        Also what is given up meanwhile: the rollback comes after it.
        """
        if begin:
            self._conn.execute(begin).close()
            self._to_begin = ""
        return self._conn

    async def commit(self) -> None:
        """Nothing to do where nothing was asked."""
        self._to_begin = ""
        if self._conn.in_transaction:
            await self._there(self._conn.commit)

    async def rollback(self) -> None:
        """Nothing to do after a commit, which is how most transactions end."""
        self._to_begin = ""
        if self._given != self._done:
            await self._there(self._conn.rollback)
        elif self._conn.in_transaction:
            self._conn.rollback()


class SqliteCursor:
    """Executes and fetches at once; nothing of it stays open."""

    arraysize = 1

    def __init__(self, connection: SqliteConnection) -> None:
        self._connection = connection
        self._take(_Outcome([], None, -1, None))

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Self:
        is_long = len(parameters) > _MANY
        return await self._run(lambda conn: conn.execute(sql, parameters), sql, is_long=is_long)

    async def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> Self:
        rows = list(parameters)
        is_long = sum(map(len, rows)) > _MANY
        return await self._run(lambda conn: conn.executemany(sql, rows), sql, is_long=is_long)

    async def _run(
        self, work: Callable[[sqlite3.Connection], sqlite3.Cursor], sql: str, *, is_long: bool
    ) -> Self:
        asks = sql.startswith("SELECT")
        outcome = await self._connection.run(
            lambda conn: _settle(work(conn)), asks=asks, is_long=is_long
        )
        self._take(outcome)
        return self

    async def fetchall(self) -> list[Any]:
        return self._rows

    async def close(self) -> None:
        """It is closed already."""

    def _take(self, outcome: _Outcome) -> None:
        self._rows, self.description, self.rowcount, self.lastrowid = outcome


def _settle(cursor: sqlite3.Cursor) -> _Outcome:
    rows = cursor.fetchall() if cursor.description else []
    outcome = _Outcome(rows, cursor.description, cursor.rowcount, cursor.lastrowid)
    cursor.close()
    return outcome


def open_sqlite(database: str, timeout: float) -> SqliteConnection:
    """To be awaited; it ends with the process, whatever is under way in its thread."""
    connection = SqliteConnection(database, timeout)
    connection._thread.daemon = True  # noqa: SLF001  as SQLAlchemy does with the driver's own
    return connection
