"""Commands of a resident on a filed ticket, and on the talk itself."""

from dataclasses import dataclass

from actions.application.commands.base import Command, Pressable


@dataclass(frozen=True, kw_only=True)
class LeaveQuestions(Command):
    """Somebody goes for good: what they were asked is put to others, or waits for nobody."""


@dataclass(frozen=True, kw_only=True)
class OnTicket(Pressable):
    ticket_id: int


@dataclass(frozen=True, kw_only=True)
class ShowTicket(OnTicket):
    """Where does it stand?"""


@dataclass(frozen=True, kw_only=True)
class UrgeTicket(OnTicket):
    """Please hurry."""


@dataclass(frozen=True, kw_only=True)
class AddToTicket(OnTicket):
    """Ask for the detail or photo to add."""


@dataclass(frozen=True, kw_only=True)
class WithdrawTicket(OnTicket):
    """Take it back; `confirmed` after the question whether really."""

    confirmed: bool = False


@dataclass(frozen=True, kw_only=True)
class RateTicket(OnTicket):
    """`verdict` is satisfied, partly or dissatisfied."""

    verdict: str


@dataclass(frozen=True, kw_only=True)
class ReopenTicket(OnTicket):
    """Not settled after all."""


@dataclass(frozen=True, kw_only=True)
class AnswerTicket(OnTicket):
    """Ask for the answer to the worker's question."""


@dataclass(frozen=True, kw_only=True)
class AlertDuty(OnTicket):
    """Consent, or not, to alert the duty worker in an emergency."""

    consent: bool


@dataclass(frozen=True, kw_only=True)
class TellSafety(OnTicket):
    """Answer to "are you out?": `where` is out, inside or other."""

    where: str


@dataclass(frozen=True, kw_only=True)
class EndDanger(OnTicket):
    """It is over, or it was nothing."""


@dataclass(frozen=True, kw_only=True)
class ShowMine(Pressable):
    """List my matters."""


@dataclass(frozen=True, kw_only=True)
class SwitchLocale(Pressable):
    locale: str


@dataclass(frozen=True, kw_only=True)
class RequestCallback(Pressable):
    """A person, please."""


@dataclass(frozen=True, kw_only=True)
class ShowHelp(Pressable):
    """What can I do here?"""


@dataclass(frozen=True, kw_only=True)
class StopAwaiting(Pressable):
    """Never mind what was being asked."""


@dataclass(frozen=True, kw_only=True)
class AnswerCaller(Pressable):
    """Ask for the answer to the worker who took the call-back."""

    callback_id: int
