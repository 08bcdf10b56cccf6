"""Commands about what the community has written down for those who ask."""

from dataclasses import dataclass

from actions.application.commands.base import Pressable


@dataclass(frozen=True, kw_only=True)
class ShowAnswer(Pressable):
    """That is what I meant: the answer named `entry`, to the message `inbox_id`."""

    entry: str
    inbox_id: int
    leaves: str = ""


@dataclass(frozen=True, kw_only=True)
class AnswerHelped(Pressable):
    """The answer was what I needed."""

    entry: str


@dataclass(frozen=True, kw_only=True)
class NoneOfTheAnswers(Pressable):
    """None of what was offered, or given, is what I asked in the message `inbox_id`."""

    inbox_id: int
    entry: str = ""


@dataclass(frozen=True, kw_only=True)
class TellInstead(Pressable):
    """It is no question: something has to be done. `leaves` are likely kinds, a blank between."""

    inbox_id: int
    leaves: str = ""


@dataclass(frozen=True, kw_only=True)
class ShowUnanswered(Pressable):
    """What people asked lately and nothing written down answers."""
