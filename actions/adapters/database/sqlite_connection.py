"""SQLite beside the event loop: one visit to its thread a statement, and none to look at rows.

The driver's own cursor goes there four times: to be made, to execute, to fetch and to be closed.
Statements take microseconds here, visits do not. So a transaction begins with its first statement.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, Self

import aiosqlite


class _Outcome(NamedTuple):
    rows: list[Any]
    description: Any
    rowcount: int
    lastrowid: int | None


class SqliteConnection(aiosqlite.Connection):
    """What SQLAlchemy's adapter asks of a connection, with the shorter way."""

    _to_begin = ""

    def cursor(self) -> "SqliteCursor":  # type: ignore[override]
        return SqliteCursor(self)

    def begin_with(self, sql: str) -> None:
        """Let the next statement open a transaction in this way."""
        self._to_begin = sql

    async def visit(self, work: Callable[[sqlite3.Connection], _Outcome]) -> _Outcome:
        """Run `work` in the thread of this connection, in the transaction asked for."""
        outcome: _Outcome = await self._execute(lambda: work(self._begun()))  # type: ignore[no-untyped-call]
        return outcome

    def _begun(self) -> sqlite3.Connection:
        """Asked for until it succeeded: nothing may run outside a transaction that was meant."""
        if self._to_begin:
            self._conn.execute(self._to_begin).close()
            self._to_begin = ""
        return self._conn

    async def commit(self) -> None:
        """Nothing to do where nothing was asked."""
        self._to_begin = ""
        if self._conn.in_transaction:
            await super().commit()

    async def rollback(self) -> None:
        """Nothing to do after a commit, which is how most transactions end."""
        self._to_begin = ""
        if self._conn.in_transaction:
            await super().rollback()


class SqliteCursor:
    """Executes and fetches in one visit; nothing of it stays open."""

    arraysize = 1

    def __init__(self, connection: SqliteConnection) -> None:
        self._connection = connection
        self._take(_Outcome([], None, -1, None))

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Self:
        return await self._visit(lambda conn: conn.execute(sql, parameters))

    async def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> Self:
        return await self._visit(lambda conn: conn.executemany(sql, parameters))

    async def _visit(self, work: Callable[[sqlite3.Connection], sqlite3.Cursor]) -> Self:
        self._take(await self._connection.visit(lambda conn: _settle(work(conn))))
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
    connection = SqliteConnection(lambda: sqlite3.connect(database, timeout=timeout), 64)
    connection._thread.daemon = True  # noqa: SLF001  as SQLAlchemy does with the driver's own
    return connection
