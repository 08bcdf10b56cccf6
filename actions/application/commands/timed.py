"""Commands raised by timers only."""

from dataclasses import dataclass

from actions.application.commands.base import Command


@dataclass(frozen=True, kw_only=True)
class LapseResolved(Command):
    """Seven days of silence: close as unrated, never as satisfied."""

    ticket_id: int


@dataclass(frozen=True, kw_only=True)
class GiveUpWaiting(Command):
    """A question to the reporter went unanswered for seven days."""

    ticket_id: int


@dataclass(frozen=True, kw_only=True)
class ArchiveTicket(Command):
    """Closed for so long that it is kept for the record only."""

    ticket_id: int


@dataclass(frozen=True, kw_only=True)
class AskRecheck(Command):
    """The other side promised something: the reporter is asked whether it was kept."""

    ticket_id: int


@dataclass(frozen=True, kw_only=True)
class NudgeDraft(Command):
    draft_id: int


@dataclass(frozen=True, kw_only=True)
class ExpireDraft(Command):
    draft_id: int


@dataclass(frozen=True, kw_only=True)
class TellUnread(Command):
    """A question to the reporter has not been read for a day: the worker is to call."""

    ticket_id: int


@dataclass(frozen=True, kw_only=True)
class ClimbLadder(Command):
    """A share of a clock has run down: whoever has the ticket, or the next level, hears of it."""

    ticket_id: int


@dataclass(frozen=True, kw_only=True)
class TellCallbackLate(Command):
    """Nobody has taken a call that was promised: the next level is told."""

    callback_id: int


@dataclass(frozen=True, kw_only=True)
class TellStillWorking(Command):
    """Nothing was heard of an open ticket for a week: those who raised it hear that it goes on."""

    ticket_id: int


@dataclass(frozen=True, kw_only=True)
class RemindPlanned(Command):
    """The planned day has come: the assignee is reminded."""

    ticket_id: int


@dataclass(frozen=True, kw_only=True)
class TellMissed(Command):
    """The planned day has gone by without a word: the assignee and the lead are told."""

    ticket_id: int


@dataclass(frozen=True, kw_only=True)
class ResumeHeld(Command):
    """The day to look again at what was paused has come: it goes on."""

    ticket_id: int


@dataclass(frozen=True, kw_only=True)
class TellProposalWaits(Command):
    """A lead has not answered what the assignee asked: the next level is asked as well."""

    ticket_id: int


@dataclass(frozen=True, kw_only=True)
class AskOutside(Command):
    """Nothing was heard from an outside body: whoever handed it out is to ask; `times` before."""

    ticket_id: int
    times: int = 0


@dataclass(frozen=True, kw_only=True)
class TellStillDisputed(Command):
    """A returned ticket is not ruled on after a day: those who raised it hear so."""

    ticket_id: int


@dataclass(frozen=True, kw_only=True)
class CloseRound(Command):
    """A round nobody ended."""

    round_id: int


@dataclass(frozen=True, kw_only=True)
class CoverContact(Command):
    """A sealed contact was shown long enough."""

    ticket_id: int


@dataclass(frozen=True, kw_only=True)
class RerouteLeft(Command):
    """Whoever has the ticket has lost their seat some other way: somebody else takes over."""

    ticket_id: int


@dataclass(frozen=True, kw_only=True)
class GatherLeft(Command):
    """What was on its way to somebody while they became one with somebody else."""

    code_hash: str
