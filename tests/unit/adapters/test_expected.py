"""Whether a SQLite file is whole: what only has to be undone first is no damage."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from actions.adapters.database.expected import UnexpectedDatabase, require_expected


def cut_off_in_the_middle(folder: Path) -> Path:
    """A copy of a database and its journal, as a power cut leaves them within a change."""
    source, copy = folder / "source.db", folder / "linli.db"
    with closing(sqlite3.connect(source, isolation_level=None)) as conn:
        conn.execute("PRAGMA cache_size=1")
        conn.execute("CREATE TABLE kept (words)")
        conn.executemany("INSERT INTO kept VALUES (?)", [("kept" * 500,)] * 50)
        conn.execute("BEGIN")
        conn.execute("UPDATE kept SET words = 'half' || words")
        for ending in ("", "-journal"):
            shutil.copy(f"{source}{ending}", f"{copy}{ending}")
        conn.execute("ROLLBACK")
    return copy


def test_a_change_that_was_cut_off_is_undone_and_no_damage(tmp_path: Path) -> None:
    database = cut_off_in_the_middle(tmp_path)

    require_expected(database, tmp_path / "marker")

    with closing(sqlite3.connect(database)) as conn:
        assert conn.execute("SELECT count(*) FROM kept WHERE words LIKE 'half%'").fetchone() == (0,)


def test_a_file_somebody_holds_is_not_called_damaged(tmp_path: Path) -> None:
    database = tmp_path / "linli.db"
    with closing(sqlite3.connect(database, isolation_level=None)) as conn:
        conn.execute("CREATE TABLE kept (words)")
        conn.execute("BEGIN EXCLUSIVE")

        require_expected(database, tmp_path / "marker")


def test_a_damaged_file_is(tmp_path: Path) -> None:
    database = tmp_path / "linli.db"
    database.write_bytes(b"no database" * 1000)

    with pytest.raises(UnexpectedDatabase, match="damaged"):
        require_expected(database, tmp_path / "marker")
