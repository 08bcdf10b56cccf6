"""Commands about matters with another side: the visit, its promise, the captain, recusal."""

from dataclasses import dataclass

from actions.application.commands.base import Pressable
from actions.application.commands.drafting import OnDraft
from actions.application.commands.following import OnTicket


@dataclass(frozen=True, kw_only=True)
class ShowTalkingPoints(OnTicket):
    """What to say at the other side's door, and what not."""


@dataclass(frozen=True, kw_only=True)
class ShowEvidence(OnTicket):
    """The reporter's photos, for the one who handles it only."""


@dataclass(frozen=True, kw_only=True)
class RecordPromise(OnTicket):
    """The other side promised something; `days` until the reporter is asked, 0 for the usual."""

    days: int = 0


@dataclass(frozen=True, kw_only=True)
class AnswerRecheck(OnTicket):
    """Was the promise kept? `answer` is kept, broken or unsure; `asked` the entry that asked."""

    answer: str
    asked: int


@dataclass(frozen=True, kw_only=True)
class AskCaptain(OnTicket):
    """Ask the building's captain to look; `look` is still, where or done, empty asks for words."""

    look: str = ""


@dataclass(frozen=True, kw_only=True)
class AnswerCaptain(Pressable):
    """The captain has looked; `asked` is the entry that asked them to."""

    ticket_id: int
    asked: int
    seen: bool


@dataclass(frozen=True, kw_only=True)
class StepAside(OnTicket):
    """It concerns me: somebody else is to have it; `confirmed` after being asked whether really."""

    confirmed: bool = False


@dataclass(frozen=True, kw_only=True)
class NameSubject(OnDraft):
    """Whom of the staff the complaint is about, by person ids; none: not said."""

    people: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ReleaseContact(OnTicket):
    """Let whoever handles it have my phone number."""


@dataclass(frozen=True, kw_only=True)
class TakeReleaseBack(OnTicket):
    """They are not to have it any more."""
