"""Port of what could not be answered, so that a community sees what it has not written down."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from actions.domain.identifiers import InboxId


class WhyUnanswered(StrEnum):
    NOTHING_FITS = "nothing"  #: nothing written down is near enough
    NONE_MEANT = "none_meant"  #: what was offered to choose from was not it
    NO_HELP = "no_help"  #: it was answered, and a person was asked for all the same


@dataclass(frozen=True, kw_only=True)
class OpenQuestion:
    """A question without its personal parts, and what came nearest to an answer."""

    text: str
    why: WhyUnanswered
    entry: str
    at: datetime
    times: int = 1


class Unanswered(Protocol):
    async def note(self, inbox_id: InboxId, why: WhyUnanswered, entry: str = "") -> None:
        """Remember which message it was; what was noted of it before gives way."""
        ...

    async def newest(self, *, limit: int) -> Sequence[OpenQuestion]:
        """The latest first, those in the same words counted together."""
        ...
