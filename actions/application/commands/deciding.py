"""Commands of those who decide about a ticket, and of the resident who objects."""

from dataclasses import dataclass

from actions.application.commands.base import Pressable
from actions.application.commands.following import OnTicket


@dataclass(frozen=True, kw_only=True)
class CorrectCategory(OnTicket):
    """It is of another kind: `leaf` empty asks which.

    `later` lets the dates go back as far as the new kind allows, and says so to the residents.
    """

    leaf: str = ""
    later: bool = False


@dataclass(frozen=True, kw_only=True)
class CorrectPlace(OnTicket):
    """It lies elsewhere: `place` is the code of a place, empty asks for words."""

    place: str = ""


@dataclass(frozen=True, kw_only=True)
class MergeTicket(OnTicket):
    """The same matter as `into`, another ticket's id; 0 asks which.

    The other is shown first; `sure` merges.
    """

    into: int = 0
    sure: bool = False


@dataclass(frozen=True, kw_only=True)
class UnmergeTicket(OnTicket):
    """Not the same matter after all: `reason` is a key of the offered ones, empty asks."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class DeclineTicket(OnTicket):
    """Not the community's to settle: `door` is a key, or words for who settles it.

    Empty asks for it, then for the `reason`, a key of the offered ones or words.
    """

    door: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class AppealTicket(OnTicket):
    """I do not agree that it was declined."""


@dataclass(frozen=True, kw_only=True)
class DeliberateTicket(OnTicket):
    """Put it before the committee; `plain` takes the title that was proposed."""

    plain: bool = False


@dataclass(frozen=True, kw_only=True)
class ShowAgenda(Pressable):
    """What is before the committee where I sit in it?"""


@dataclass(frozen=True, kw_only=True)
class TellMilestone(OnTicket):
    """Ask for what has come of the deliberation so far."""


@dataclass(frozen=True, kw_only=True)
class TakeFromAgenda(OnTicket):
    """The office goes on with it: asks why."""


@dataclass(frozen=True, kw_only=True)
class ExplainTicket(OnTicket):
    """It cannot be settled: asks for the honest reason."""
