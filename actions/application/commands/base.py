"""The root of all commands, and the register of those a button may press."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class Command:
    """Something asked for. Fields are plain JSON values, except in commands made from text."""

    pressable: ClassVar[bool] = False


@dataclass(frozen=True, kw_only=True)
class Pressable(Command):
    """A command that may stand behind a button; its fields are str, int, bool or None."""

    pressable: ClassVar[bool] = True
