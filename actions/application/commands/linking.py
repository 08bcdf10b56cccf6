"""Commands about one person on several channels: a code, giving it, going apart again."""

from dataclasses import dataclass

from actions.application.commands.base import Command, Pressable
from actions.application.commands.timed import GatherLeft
from actions.domain.one_time_code import hash_of


@dataclass(frozen=True, kw_only=True)
class AskLinkCode(Pressable):
    """I want to go on elsewhere: a code that I give there."""


@dataclass(frozen=True, kw_only=True)
class UseCode(Command):
    """A one-time code was given: of somebody elsewhere, or an invitation."""

    code: str

    @property
    def code_hash(self) -> str:
        return hash_of(self.code)


@dataclass(frozen=True, kw_only=True)
class ConnectHere(Pressable):
    """Yes, both are me: what is here goes to the person whose code it is."""

    code_hash: str


@dataclass(frozen=True, kw_only=True)
class Disconnect(Pressable):
    """That was not me: what came by the code is let go."""

    code_hash: str


#: What concerns two conversations and holds both before anything else.
Joining = UseCode | ConnectHere | Disconnect | GatherLeft
