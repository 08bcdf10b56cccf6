"""A backup is one tar file: a consistent copy of the SQLite database, and the photos."""

import shutil
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

DATABASE = "linli.db"
MEDIA = "media"
#: Its own date tells when the last backup was made, wherever that was put.
_NOTED = "last-backup"
_SIDE_FILES = ("-wal", "-shm")


def note_backup(data: Path) -> None:
    (data / _NOTED).touch()


def last_backup(data: Path) -> datetime | None:
    """When one was made last; None when none is known."""
    try:
        made = (data / _NOTED).stat().st_mtime
    except OSError:
        return None
    return datetime.fromtimestamp(made, UTC)


class BackupError(Exception):
    """The backup cannot be made, read or put back."""


def make_backup(database: Path, media: Path, target: Path) -> int:
    """Copy while others write; the size of the file in bytes. An older file is replaced whole.

    Raises:
        BackupError: there is no database, or the copy is not sound.
    """
    if not database.is_file():
        raise BackupError(f"there is no database at {database}")
    draft = target.with_name(f".{target.name}.part")
    with tempfile.TemporaryDirectory(dir=database.parent, prefix=".backup-") as folder:
        copy = Path(folder) / DATABASE
        with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(copy)) as into:
            source.backup(into)
        _require_sound(copy)
        with tarfile.open(draft, "w:gz") as tar:
            tar.add(copy, DATABASE)
            if media.is_dir():
                tar.add(media, MEDIA)
    draft.chmod(0o600)
    draft.replace(target)
    return target.stat().st_size


def restore_backup(source: Path, database: Path, media: Path) -> None:
    """Put a backup in place; nobody else may have the database open.

    Raises:
        BackupError: the file is no sound backup; what is there stays as it was.
    """
    database.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=database.parent, prefix=".restore-") as folder:
        unpacked = Path(folder)
        try:
            with tarfile.open(source, "r:*") as tar:
                tar.extractall(unpacked, filter="data")
        except (OSError, tarfile.TarError) as error:
            raise BackupError(f"{source} is no backup: {error}") from error
        _require_sound(unpacked / DATABASE)
        for ending in _SIDE_FILES:
            database.with_name(database.name + ending).unlink(missing_ok=True)
        (unpacked / DATABASE).replace(database)
        if (unpacked / MEDIA).is_dir():
            shutil.rmtree(media, ignore_errors=True)
            (unpacked / MEDIA).replace(media)


def _require_sound(database: Path) -> None:
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as conn:
            verdict = conn.execute("PRAGMA quick_check").fetchone()[0]
    except sqlite3.Error as error:
        raise BackupError(f"the copy of the database cannot be read: {error}") from error
    if verdict != "ok":
        raise BackupError(f"the database is damaged: {verdict}")
