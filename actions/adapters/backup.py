"""A backup is one tar file: what it is, a consistent copy of the database, and the photos."""

import hashlib
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

MANIFEST: Final = "manifest.json"
ROWS: Final = "rows"
MEDIA: Final = "media"
#: Its own date tells when the last backup was made, wherever that was put.
_NOTED: Final = "last-backup"


class BackupError(Exception):
    """The backup cannot be made, read or put back."""


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What is in a backup; `tables` are in an order in which they can be filled."""

    store: str  #: sqlite or postgresql
    revision: str  #: of the schema
    made_at: str
    columns: Mapping[str, list[str]] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)  #: of each file under `rows`

    @property
    def made(self) -> datetime:
        return datetime.fromisoformat(self.made_at)


def note_backup(data: Path) -> None:
    (data / _NOTED).touch()


def last_backup(data: Path) -> datetime | None:
    """When one was made last; None when none is known."""
    try:
        made = (data / _NOTED).stat().st_mtime
    except OSError:
        return None
    return datetime.fromtimestamp(made, UTC)


@contextmanager
def workplace(beside: Path) -> Iterator[Path]:
    """A folder for what is copied out or unpacked, on the disk where it is wanted."""
    beside.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=beside, prefix=".backup-") as folder:
        (Path(folder) / ROWS).mkdir()
        yield Path(folder)


def pack(folder: Path, manifest: Manifest, media: Path, target: Path) -> int:
    """The size of the file in bytes. An older file is replaced whole, when the new one is."""
    (folder / MANIFEST).write_text(json.dumps(asdict(manifest)), encoding="utf-8")
    draft = target.with_name(f".{target.name}.part")
    draft.unlink(missing_ok=True)
    try:
        with _for_ourselves(draft) as file:
            with tarfile.open(fileobj=file, mode="w:gz") as tar:
                tar.add(folder / MANIFEST, MANIFEST)
                tar.add(folder / ROWS, ROWS)
                if media.is_dir():
                    tar.add(media, MEDIA)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return target.stat().st_size


def _for_ourselves(path: Path) -> BinaryIO:
    """A new file that nobody else on the machine can read, from its first byte on."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def unpack(source: Path, folder: Path) -> Manifest:
    """What the file holds, unpacked and compared with what it says of itself.

    Raises:
        BackupError: it is no backup, or not whole.
    """
    try:
        with tarfile.open(source, "r:*") as tar:
            tar.extractall(folder, filter="data")
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
        for name, expected in manifest.digests.items():
            if digest(folder / ROWS / name) != expected:
                raise BackupError(f"{source} is damaged: {name} is not what was copied")
    except (OSError, EOFError, tarfile.TarError, ValueError, TypeError) as error:
        raise BackupError(f"{source} is no backup: {error}") from error
    return manifest


def put_media(folder: Path, media: Path) -> None:
    """The photos of the backup in place of those that are there."""
    if (folder / MEDIA).is_dir():
        shutil.rmtree(media, ignore_errors=True)
        (folder / MEDIA).replace(media)


def digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def now() -> str:
    return datetime.now(UTC).isoformat()
