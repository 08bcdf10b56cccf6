"""Which errors of a driver mean that the store is away, and which that a race was lost."""

import sqlite3

from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from actions.domain.errors import RaceLost, StoreAway, StoreBroken

#: Held by others, unreadable, full, read-only or damaged: nothing the statement can help.
_SQLITE = frozenset({
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_NOMEM,
})  # fmt: skip
#: The disk did not take what was to be durable. The system forgets such a failure and may call the
#: next try a success, so there is none (PostgreSQL ends itself for the same reason).
_UNSYNCED = frozenset({sqlite3.SQLITE_IOERR_FSYNC, sqlite3.SQLITE_IOERR_DIR_FSYNC})
#: Connections, resources, an operator's hand, the server's own system; a standby; a lock's limit.
_POSTGRESQL = ("08", "53", "57", "58", "XX", "25006", "55P03")
#: What a driver or the pool raises when something is wrong.
TROUBLE = (DBAPIError, PoolTimeoutError, TimeoutError, ConnectionError)
#: PostgreSQL gave up one of two: serialization failure, deadlock.
_RACES = ("40001", "40P01")
#: An extended code of SQLite holds the plain one in its lowest byte.
_PLAIN = 0xFF


def as_ours(error: Exception) -> Exception | None:
    """`StoreAway`, `StoreBroken` or `RaceLost`; None for whatever is a mistake of the statement."""
    if isinstance(error, PoolTimeoutError | TimeoutError | ConnectionError | InterfaceError):
        return StoreAway(type(error).__name__)
    if not isinstance(error, DBAPIError):
        return None
    state = getattr(error.orig, "sqlstate", None) or ""
    if state in _RACES:
        return RaceLost()
    code = getattr(error.orig, "sqlite_errorcode", None)
    if code in _UNSYNCED:
        return StoreBroken(str(error.orig))
    is_away = (
        error.connection_invalidated
        or (code is not None and code & _PLAIN in _SQLITE)
        or state.startswith(_POSTGRESQL)
    )
    return StoreAway(f"{type(error).__name__} {state or code or ''}".strip()) if is_away else None
