"""`Keys`: the secrets a house makes for itself, once, and keeps readable by its owner only."""

import base64
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

_OWNER_ONLY = 0o600


@dataclass(frozen=True)
class Keys:
    signing: bytes = field(repr=False)  #: buttons and the tickets of turns
    identity: bytes = field(repr=False)  #: encrypts sealed identities
    actions_token: str = field(repr=False)  #: what Rasa shows when it calls an action


class KeyFolderError(Exception):
    """The keys cannot be read or kept."""


def open_keys(folder: Path, actions_token: str | None = None) -> Keys:
    """The keys in the folder; those that are missing are made.

    Raises:
        KeyFolderError: a key can neither be read nor written.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        keys = Keys(
            signing=_raw(_once(folder / "signing.key", _random)),
            identity=_raw(_once(folder / "identity.key", _random)),
            actions_token=actions_token or _once(folder / "actions.token", _random),
        )
        _keep_names(folder)
    except (OSError, ValueError) as error:
        raise KeyFolderError(f"{folder}: {error}") from error
    return keys


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
