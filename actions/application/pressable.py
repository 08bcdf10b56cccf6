"""Buttons hold commands as JSON; this is the one place that writes and reads them."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from typing import Any

from actions.application.commands import (
    deciding,
    drafting,
    following,
    intake,
    knowing,
    ladder,
    learning,
    linking,
    mediating,
    roads,
    seats,
    sharing,
    tiers,
    waiting,
    working,
)  # fmt: skip
from actions.application.commands.base import Pressable
from actions.domain.errors import OutOfDate


def _leaves(kind: type[Pressable]) -> Iterator[type[Pressable]]:
    for child in kind.__subclasses__():
        yield child
        yield from _leaves(child)


#: Imported so that their commands are known here; a button can hold no others.
THEMES = (
    deciding, drafting, following, intake, knowing, ladder, learning, linking, mediating, roads,
    seats, sharing, tiers, waiting, working,
)  # fmt: skip


def to_json(command: Pressable) -> dict[str, Any]:
    """The command as a button row keeps it."""
    return {"do": type(command).__name__, **asdict(command)}


def from_json(stored: Mapping[str, Any]) -> Pressable:
    """The command behind a button.

    Raises:
        OutOfDate: the button was made by a release whose command no longer exists.
    """
    kinds = {kind.__name__: kind for kind in _leaves(Pressable)}
    kind = kinds.get(str(stored.get("do")))
    if kind is None:
        raise OutOfDate(command=str(stored.get("do")))
    known = {f.name for f in fields(kind)}
    try:
        return kind(**{key: value for key, value in stored.items() if key in known})
    except TypeError as error:
        raise OutOfDate(command=kind.__name__) from error
