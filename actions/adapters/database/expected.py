"""Whether the SQLite file is the one that was there last time, ours to write, and whole."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

#: Larger files are not read through at every start; `doctor` does it on demand.
_READ_THROUGH = 256 * 1024 * 1024
#: Seconds to wait for whoever holds it: one of us is starting, and will say what is wrong.
_PATIENCE = 0.5
_NOT_NOW = ("SQLITE_READONLY", "SQLITE_BUSY", "SQLITE_LOCKED")


class UnexpectedDatabase(Exception):
    """The file is missing, torn or not ours to write; nothing was made in its place."""


def require_expected(database: Path, marker: Path) -> None:
    """Refuse to begin anew where a database has been before.

    Raises:
        UnexpectedDatabase: it is gone, damaged, or not to be written.
    """
    if database.exists():
        _require_ours(database)
        _require_whole(database)
    elif marker.exists() and marker.read_text(encoding="utf-8") == str(database):
        raise UnexpectedDatabase(
            f"{database} is missing, though there was one; bring it back (restore FILE), "
            f"or delete {marker} to begin with an empty one"
        )


def note_expected(database: Path, marker: Path) -> None:
    """From now on this file has to be there."""
    marker.write_text(str(database), encoding="utf-8")


def _require_ours(database: Path) -> None:
    """SQLite opens a file it may only read, and then nobody could say anything."""
    for path in (database, database.parent):
        if not os.access(path, os.R_OK | os.W_OK):
            raise UnexpectedDatabase(f"{path} may not be written; look at its owner and its mode")


def _verdict(database: Path, mode: str) -> str | None:
    """None while it cannot be told: an interrupted change has to be undone first, or it is held."""
    try:
        name = f"file:{database}?mode={mode}"
        with closing(sqlite3.connect(name, timeout=_PATIENCE, uri=True)) as conn:
            return str(conn.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.DatabaseError as error:
        return None if error.sqlite_errorname.startswith(_NOT_NOW) else str(error)


def _require_whole(database: Path) -> None:
    if not 0 < database.stat().st_size < _READ_THROUGH:
        return
    verdict = _verdict(database, "ro") or _verdict(database, "rw") or "ok"
    if verdict != "ok":
        found = verdict.splitlines()[-1]
        raise UnexpectedDatabase(f"{database} is damaged ({found}); bring back a backup")
