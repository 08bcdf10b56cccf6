"""Commands of intake beyond the resident's own: rounds, on behalf of somebody, paper, firms."""

from dataclasses import dataclass

from actions.application.commands.base import Pressable
from actions.application.commands.drafting import OnDraft
from actions.application.commands.following import OnTicket


@dataclass(frozen=True, kw_only=True)
class BeginRound(Pressable):
    """I am going round; `kind` is patrol or visit."""

    kind: str = "patrol"


@dataclass(frozen=True, kw_only=True)
class EndRound(Pressable):
    """I am back: sum it up."""


@dataclass(frozen=True, kw_only=True)
class OnFinding(Pressable):
    round_id: int
    seq: int


@dataclass(frozen=True, kw_only=True)
class SettleFinding(OnFinding):
    """Settled on the spot; no ticket is needed."""


@dataclass(frozen=True, kw_only=True)
class FileFinding(OnFinding):
    """Make a ticket of it."""


@dataclass(frozen=True, kw_only=True)
class NoteFinding(OnFinding):
    """Keep it for the talk at the end of the round."""


@dataclass(frozen=True, kw_only=True)
class DropFinding(OnFinding):
    """It was nothing."""


@dataclass(frozen=True, kw_only=True)
class ForAnother(OnDraft):
    """It is not about myself; `who` is person, firm or myself, empty asks."""

    who: str = ""


@dataclass(frozen=True, kw_only=True)
class SayAgreed(OnDraft):
    """Whether the person concerned agrees: yes, unasked or cannot."""

    agreed: str


@dataclass(frozen=True, kw_only=True)
class LeaveNoContact(OnDraft):
    """There is no number or flat to leave, or none is wanted."""


@dataclass(frozen=True, kw_only=True)
class ShowContact(OnTicket):
    """How do I reach the person it is about? Every look is on record."""


@dataclass(frozen=True, kw_only=True)
class LetFollow(OnTicket):
    """Whoever filed it says whether `person_id` is the person it is about."""

    person_id: int
    is_known: bool


@dataclass(frozen=True, kw_only=True)
class TypeLetter(Pressable):
    """Type in a letter that came on paper."""


@dataclass(frozen=True, kw_only=True)
class NameFirm(Pressable):
    """Ask which firm or shop the person speaks for; `draft_id` is gone on with afterwards."""

    draft_id: int = 0


@dataclass(frozen=True, kw_only=True)
class ForgetFirm(Pressable):
    """Not for a firm any more."""

    draft_id: int = 0


@dataclass(frozen=True, kw_only=True)
class CountOrigins(Pressable):
    """How did matters come in lately?"""
