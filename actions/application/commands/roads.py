"""Commands of what is no repair: praise, suggestions, questions, other doors, later changes."""

from dataclasses import dataclass

from actions.application.commands.base import Pressable
from actions.application.commands.following import OnTicket


@dataclass(frozen=True, kw_only=True)
class ChoosePraised(Pressable):
    """Whom the praise is for: a role code, or `all`; it is filed at once."""

    draft_id: int
    who: str


@dataclass(frozen=True, kw_only=True)
class SignPraise(OnTicket):
    """The praised may know who wrote: asks for the name to give."""


@dataclass(frozen=True, kw_only=True)
class PassPraise(OnTicket):
    """Pass it on to `to` (a person id), to `all` who are meant, or note it was said in person."""

    to: int = 0
    how: str = "one"


@dataclass(frozen=True, kw_only=True)
class AnswerSuggestion(OnTicket):
    """`outcome` is adopted, partly_adopted or not_adopted; the reason comes next."""

    outcome: str


@dataclass(frozen=True, kw_only=True)
class ForwardOpinion(OnTicket):
    """Say to which `level` of congress an opinion was passed on; empty asks."""

    level: str = ""


@dataclass(frozen=True, kw_only=True)
class FileQuestion(Pressable):
    """Let a person answer: the question is in the message `inbox_id`."""

    inbox_id: int
    entry: str = ""  #: the answer that did not help


@dataclass(frozen=True, kw_only=True)
class FileAnyway(Pressable):
    """Not ours, it was said; the person would like us to look all the same."""

    draft_id: int


@dataclass(frozen=True, kw_only=True)
class TakeDoor(Pressable):
    """I will go to that door myself; the matter is in the message `inbox_id`."""

    draft_id: int
    inbox_id: int = 0


@dataclass(frozen=True, kw_only=True)
class DisputeDoor(Pressable):
    """That was the wrong door: asks what happened there."""

    inbox_id: int = 0


@dataclass(frozen=True, kw_only=True)
class TellChanged(OnTicket):
    """Ask for what has changed since, to tell everyone who raised it."""
