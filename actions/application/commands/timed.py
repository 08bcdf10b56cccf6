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
class TellOverdue(Command):
    """A promised date has passed: the lead is told."""

    ticket_id: int
    clock: str


@dataclass(frozen=True, kw_only=True)
class TellUndecided(Command):
    """A lead has not said in time who gets the ticket: the level above is told."""

    ticket_id: int


@dataclass(frozen=True, kw_only=True)
class TellCallbackLate(Command):
    """Nobody has taken a call that was promised: the next level is told."""

    callback_id: int


@dataclass(frozen=True, kw_only=True)
class TellStillWorking(Command):
    """Nothing was heard of an open ticket for a week: those who raised it hear that it goes on."""

    ticket_id: int
