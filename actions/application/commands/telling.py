"""Commands made from what a person wrote, showed or sent."""

from dataclasses import dataclass

from actions.application.commands.base import Command
from actions.domain.emergency import EmergencyKind
from actions.domain.identifiers import InboxId, TicketId
from actions.domain.place import Location
from actions.domain.understood import Understood


@dataclass(frozen=True, kw_only=True)
class Heard(Command):
    """Free text with what was understood of it."""

    understood: Understood


@dataclass(frozen=True, kw_only=True)
class TellMatter(Heard):
    """A report, request, suggestion, praise or complaint: something to be settled."""


@dataclass(frozen=True, kw_only=True)
class AddDetail(Heard):
    """An answer to a question, or more about a matter already told."""


@dataclass(frozen=True, kw_only=True)
class Affirm(Heard):
    """Yes to whatever was asked last."""


@dataclass(frozen=True, kw_only=True)
class Deny(Heard):
    """No to whatever was asked last."""


@dataclass(frozen=True, kw_only=True)
class AskStatus(Heard):
    """How is my matter getting on?"""


@dataclass(frozen=True, kw_only=True)
class Urge(Heard):
    """Please hurry."""


@dataclass(frozen=True, kw_only=True)
class Withdraw(Heard):
    """Forget it."""


@dataclass(frozen=True, kw_only=True)
class Rate(Heard):
    """Well done, or not."""


@dataclass(frozen=True, kw_only=True)
class Reopen(Heard):
    """It is broken again."""


@dataclass(frozen=True, kw_only=True)
class CallPerson(Heard):
    """I want to talk to a person."""


@dataclass(frozen=True, kw_only=True)
class AskQuestion(Heard):
    """A question for the knowledge base."""


@dataclass(frozen=True, kw_only=True)
class Chat(Heard):
    """Everything people say besides: `understood.intent` tells which kind."""


@dataclass(frozen=True, kw_only=True)
class TakeText(Command):
    """Free text the bot has just asked for: it needs no understanding."""

    text: str


@dataclass(frozen=True, kw_only=True)
class GiveLocation(Command):
    """A pin, or a place picked from the list (`place` is its code)."""

    location: Location
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class GivePhotos(Command):
    attachments: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RaiseEmergency(Command):
    """The rules before any model recognised danger in a message."""

    kind: EmergencyKind
    text: str


@dataclass(frozen=True, kw_only=True)
class ReadAgain(Command):
    """What rules filed as an emergency has been understood: is it of another kind?"""

    inbox_id: InboxId
    ticket_id: TicketId
    understood: Understood


@dataclass(frozen=True, kw_only=True)
class Welcome(Command):
    """First contact, or a code was redeemed: say who we are."""

    roles: tuple[str, ...] = ()
    waiting: int = 0  #: the invitation that somebody has to confirm first


@dataclass(frozen=True, kw_only=True)
class Greet(Command):
    """Start was pressed on a platform: a welcome the first time, help after that."""


@dataclass(frozen=True, kw_only=True)
class Introduce(Command):
    """Somebody new writes without having pressed Start: say who we are, once."""


@dataclass(frozen=True, kw_only=True)
class OfferLanguages(Command):
    """Which language shall it be?"""


@dataclass(frozen=True, kw_only=True)
class SayUnread(Command):
    """Something came that we cannot take: a voice, a sticker, a photo that did not arrive."""

    what: str


@dataclass(frozen=True, kw_only=True)
class AnswerLater(Command):
    """Say that the message is kept: answered when understanding is back, or by a person."""

    given_up: bool = False
