"""`Keys`: the secrets a house makes for itself, once, and keeps readable by its owner only."""

import base64
import os
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Final

from actions.application.signing import SigningKey

SIGNING: Final = "signing.key"
ACTIONS_TOKEN: Final = "actions.token"  # noqa: S105 - the name of a file
#: A key that is coming counts already and is not used yet; one that is going still counts.
NEXT: Final = "next"
OLD: Final = "old"
_OWNER_ONLY = 0o600


class Stage(Enum):
    """How far the change of a key has come."""

    KNOWN = 1
    IN_USE = 2
    DONE = 3


@dataclass(frozen=True)
class Keys:
    signing: bytes = field(repr=False)  #: buttons and the tickets of turns
    identity: bytes = field(repr=False)  #: encrypts sealed identities
    actions_token: str = field(repr=False)  #: what Rasa shows when it calls an action
    actions_tokens: tuple[str, ...] = field(default=(), repr=False)  #: that count as well


class KeyFolderError(Exception):
    """The keys cannot be read or kept."""


def open_keys(folder: Path, actions_token: str | None = None, old_token: str | None = None) -> Keys:
    """The keys in the folder; those that are missing are made.

    The tokens are those that were given, which the folder then does not keep.

    Raises:
        KeyFolderError: a key can neither be read nor written.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        signing, token = folder / SIGNING, folder / ACTIONS_TOKEN
        besides = (old_token,) if old_token else tuple(_besides(token))
        keys = Keys(
            signing=SigningKey.of(_raw(_once(signing, _random)), *map(_raw, _besides(signing))),
            identity=_raw(_once(folder / "identity.key", _random)),
            actions_token=actions_token or _once(token, _random),
            actions_tokens=besides,
        )
        _keep_names(folder)
    except (OSError, ValueError) as error:
        raise KeyFolderError(f"{folder}: {error}") from error
    return keys


def change(folder: Path, name: str) -> Stage:
    """Take the next of three steps; after each, every process is to be started anew.

    Raises:
        KeyFolderError: there is no such key, or it cannot be written.
    """
    try:
        stage = _step(folder / name)
        _keep_names(folder)
    except OSError as error:
        raise KeyFolderError(f"{folder}: {error}") from error
    return stage


def _step(current: Path) -> Stage:
    coming, gone = _beside(current, NEXT), _beside(current, OLD)
    if coming.exists():
        current.replace(gone)
        coming.replace(current)
        return Stage.IN_USE
    if gone.exists():
        gone.unlink()
        return Stage.DONE
    if not current.exists():
        raise KeyFolderError(f"there is no {current}")
    _once(coming, _random)
    return Stage.KNOWN


def _besides(path: Path) -> Iterator[str]:
    for which in (NEXT, OLD):
        other = _beside(path, which)
        if other.exists():
            yield other.read_text(encoding="ascii")


def _beside(path: Path, which: str) -> Path:
    return path.with_name(f"{path.name}.{which}")


def _once(path: Path, make: Callable[[], str]) -> str:
    """What the file holds. Of several processes that find none, one makes it for all."""
    if not path.exists():
        mine = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(make())
            file.flush()
            os.fsync(descriptor)
        try:
            os.link(mine, path)
        except FileExistsError:
            return path.read_text(encoding="ascii")
        finally:
            mine.unlink()
    return path.read_text(encoding="ascii")


def _keep_names(folder: Path) -> None:
    """A file that was synced is found again after a power cut once its folder was as well."""
    for each in (folder, folder.parent):
        descriptor = os.open(each, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _random() -> str:
    return secrets.token_urlsafe(32)


def _raw(text: str) -> bytes:
    raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if len(raw) < 32:  # noqa: PLR2004
        raise ValueError("a key is too short")
    return raw
