"""What somebody types on a page of the console where the chat would have asked for words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions.application.commands.base import Command


@dataclass(frozen=True, kw_only=True)
class WriteAtDesk(Command):
    """The words that were asked for; `about` is what the question kept (see `awaited`)."""

    about: Mapping[str, Any]
    words: str
