"""Buttons about what waits: for a day, a lead's word, an outside body, a ruling."""

from typing import Final

from actions.application.commands.waiting import (
    AskToExtend,
    AskToHold,
    GiveReceipt,
    HandOutTicket,
    ReportNews,
    RescheduleTicket,
    ResumeTicket,
    RuleItStays,
    ScheduleTicket,
    ShowProposal,
    TakeBack,
    TemporaryDone,
)
from actions.application.commands.working import ResolveTicket
from actions.application.offer import Offer
from actions.domain.approval import EXTENDABLE
from actions.domain.category import Tier, Urgency
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import AT_WORK, TicketStatus, Verb

_EXTERNAL: Final = frozenset({TicketStatus.EXTERNAL})
_PRESSES: Final = frozenset({Urgency.E, Urgency.U})


def goes_two_ways(ticket: Ticket) -> bool:
    """Something can be made safe for now while the remedy takes longer."""
    takes_long = ticket.tier == Tier.HARD or ticket.urgency == Urgency.C
    return ticket.urgency in _PRESSES or takes_long


WAITING: Final[tuple[Offer, ...]] = (
    Offer(
        Verb.REFUSE,
        "button_show_proposal",
        ShowProposal,
        but_at=frozenset(TicketStatus) - EXTENDABLE,
        when=lambda ticket: bool(ticket.pending),
    ),
    Offer(Verb.RULE, "button_it_stays", RuleItStays),
    Offer(Verb.RESUME, "button_resume", ResumeTicket),
    Offer(Verb.REPORT, "button_give_receipt", GiveReceipt, when=lambda ticket: not ticket.receipt),
    Offer(Verb.REPORT, "button_report_news", ReportNews),
    Offer(
        Verb.RESOLVE,
        "button_outside_done",
        ResolveTicket,
        but_at=frozenset(TicketStatus) - _EXTERNAL,
    ),
    Offer(Verb.TAKE_BACK, "button_take_back", TakeBack, but_at=frozenset(TicketStatus) - _EXTERNAL),
    Offer(
        Verb.TEMPORARY,
        "button_temporary",
        TemporaryDone,
        but_at=frozenset(TicketStatus) - AT_WORK,
        when=goes_two_ways,
    ),
    Offer(Verb.SCHEDULE, "button_schedule", ScheduleTicket),
    Offer(Verb.RESCHEDULE, "button_reschedule", RescheduleTicket),
    Offer(Verb.HOLD, "button_hold", AskToHold),
    Offer(
        Verb.PROPOSE,
        "button_extend",
        AskToExtend,
        but_at=frozenset(TicketStatus) - EXTENDABLE,
        when=lambda ticket: ticket.settle_due_at is not None,
    ),
    Offer(Verb.HAND_OUT, "button_hand_out", HandOutTicket),
)
