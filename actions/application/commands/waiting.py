"""Commands about a matter that waits: for a day, a lead's word, an outside body, a ruling.

`on` is a day as `DayNamed.stored` writes it; empty asks for it. `reason` is a key of the offered
reasons; empty asks for it.
"""

from dataclasses import dataclass

from actions.application.commands.following import OnTicket


@dataclass(frozen=True, kw_only=True)
class ScheduleTicket(OnTicket):
    """I will do it on this day."""

    on: str = ""


@dataclass(frozen=True, kw_only=True)
class RescheduleTicket(OnTicket):
    """Not on that day but on this one, and why."""

    on: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class AskToHold(OnTicket):
    """Ask a lead to let it rest until this day, and why."""

    on: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class AskToExtend(OnTicket):
    """Ask a lead for the one extension until this day, and why."""

    on: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ShowProposal(OnTicket):
    """What is a lead asked to say yes or no to?"""


@dataclass(frozen=True, kw_only=True)
class ApproveProposal(OnTicket):
    """The lead says yes to what was asked in the entry `seq`."""

    seq: int


@dataclass(frozen=True, kw_only=True)
class RefuseProposal(OnTicket):
    """The lead says no to what was asked in the entry `seq`, and why."""

    seq: int
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ResumeTicket(OnTicket):
    """It goes on before the day somebody was to look again."""


@dataclass(frozen=True, kw_only=True)
class HandOutTicket(OnTicket):
    """To an outside body (`body`, see `outside_bodies`); `receipt` none: it gave no number."""

    body: str = ""
    receipt: str = ""


@dataclass(frozen=True, kw_only=True)
class GiveReceipt(OnTicket):
    """Ask for the number the outside body gave."""


@dataclass(frozen=True, kw_only=True)
class ReportNews(OnTicket):
    """Ask for the news from the outside body."""


@dataclass(frozen=True, kw_only=True)
class TakeBack(OnTicket):
    """It goes on here after all, and why."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class RuleItStays(OnTicket):
    """The ruling: whoever returned it keeps it, and why."""

    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class TemporaryDone(OnTicket):
    """The temporary step is done: ask for a photo or a line as proof."""
