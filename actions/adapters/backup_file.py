"""Copy an SQLite database while others write, and put a copy back."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from actions.adapters.backup import (
    ROWS,
    BackupError,
    Manifest,
    digest,
    now,
    pack,
    put_media,
    unpack,
    workplace,
)
from actions.adapters.database.migrate import newest_revision
from actions.adapters.numbers_after import COUNT, IDS, days_between

DATABASE: Final = "linli.db"
_SIDE_FILES: Final = ("-wal", "-shm")


def make_backup(database: Path, media: Path, target: Path) -> int:
    """The size of the file in bytes.

    Raises:
        BackupError: there is no database, or the copy is not sound.
    """
    if not database.is_file():
        raise BackupError(f"there is no database at {database}")
    with workplace(database.parent) as folder:
        copy = folder / ROWS / DATABASE
        made_at = now()
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as into:
            source.backup(into)
        revision = _revision(copy)
        manifest = Manifest(
            store="sqlite", revision=revision, made_at=made_at, digests={DATABASE: digest(copy)}
        )
        return pack(folder, manifest, media, target)


def restore_backup(source: Path, database: Path, media: Path) -> None:
    """Put a backup in place; nobody else may have the database open.

    Raises:
        BackupError: the file is no sound backup of this store; what is there stays as it was.
    """
    with workplace(database.parent) as folder:
        manifest = unpack(source, folder)
        if manifest.store != "sqlite":
            raise BackupError(f"{source} is of {manifest.store}; set DATABASE_URL to one")
        copy = folder / ROWS / DATABASE
        if (revision := _revision(copy)) > newest_revision():
            raise BackupError(f"{source} is of a later version of Linli (schema {revision})")
        _skip_numbers(copy, manifest)
        for ending in _SIDE_FILES:
            database.with_name(database.name + ending).unlink(missing_ok=True)
        copy.replace(database)
        put_media(folder, media)


def _revision(database: Path) -> str:
    """The schema of a sound copy."""
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as conn:
            verdict = conn.execute("PRAGMA quick_check").fetchone()[0]
            revision = conn.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.Error as error:
        raise BackupError(f"the copy of the database cannot be read: {error}") from error
    if verdict != "ok" or revision is None:
        raise BackupError(f"the database is damaged: {verdict}")
    return str(revision[0])


def _skip_numbers(copy: Path, manifest: Manifest) -> None:
    with closing(sqlite3.connect(copy)) as conn, conn:
        for key in days_between(manifest.made):
            conn.execute(
                "INSERT INTO day_counters (day, area, last) VALUES (?, '', ?) "
                "ON CONFLICT (day) DO UPDATE SET last = last + excluded.last",
                (key, COUNT),
            )
        conn.execute("UPDATE sqlite_sequence SET seq = seq + ?", (IDS,))
