"""Commands about what the bot may learn from."""

from dataclasses import dataclass

from actions.application.commands.base import Pressable
from actions.application.commands.drafting import OnDraft


@dataclass(frozen=True, kw_only=True)
class AllowLearning(Pressable):
    """The words I put right may be kept to learn from, or may not, or may not any more."""

    allow: bool


@dataclass(frozen=True, kw_only=True)
class OnlyTalk(OnDraft):
    """The draft that was just dropped was never meant as a matter."""
