"""What an assignee can sensibly do next with a ticket, by its status and its road. Data."""

from collections.abc import Mapping
from typing import Final

from actions.application.commands.following import OnTicket
from actions.application.commands.roads import ForwardOpinion
from actions.application.commands.waiting import ReportNews
from actions.application.commands.working import (
    AcceptTicket,
    AskReporter,
    MessageReporter,
    NoteProgress,
    ResolveTicket,
    ReturnTicket,
    ShowOptions,
    ShowRecord,
    StartTicket,
)
from actions.domain.road import Road, road_of
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import OFFERED, TicketStatus

Ways = tuple[tuple[str, type[OnTicket]], ...]

#: The likeliest first.
_NEXT: Final[Mapping[TicketStatus, Ways]] = {
    TicketStatus.DISPATCHED: (
        ("button_accept", AcceptTicket),
        ("button_not_mine", ReturnTicket),
        ("button_record", ShowRecord),
    ),
    TicketStatus.TRANSFERRED: (("button_accept", AcceptTicket), ("button_record", ShowRecord)),
    TicketStatus.ACCEPTED: (
        ("button_message_reporter", MessageReporter),
        ("button_go_there", StartTicket),
        ("button_ask_reporter", AskReporter),
        ("button_resolve", ResolveTicket),
        ("button_more", ShowOptions),
    ),
    TicketStatus.IN_PROGRESS: (
        ("button_resolve", ResolveTicket),
        ("button_note", NoteProgress),
        ("button_ask_reporter", AskReporter),
        ("button_more", ShowOptions),
    ),
    TicketStatus.SCHEDULED: (
        ("button_go_there", StartTicket),
        ("button_resolve", ResolveTicket),
        ("button_message_reporter", MessageReporter),
        ("button_more", ShowOptions),
    ),
    TicketStatus.EXTERNAL: (
        ("button_report_news", ReportNews),
        ("button_outside_done", ResolveTicket),
        ("button_more", ShowOptions),
    ),
    TicketStatus.NEEDS_INFO: (("button_note", NoteProgress), ("button_more", ShowOptions)),
    TicketStatus.ON_HOLD: (("button_note", NoteProgress), ("button_more", ShowOptions)),
}

_AT_WORK = (TicketStatus.ACCEPTED, TicketStatus.IN_PROGRESS)
_ANSWERS: Final[Ways] = (
    ("button_resolve", ResolveTicket),
    ("button_message_reporter", MessageReporter),
    ("button_more", ShowOptions),
)
#: Roads that go straight to their end, in place of the above.
_NEXT_ON: Final[Mapping[Road, Mapping[TicketStatus, Ways]]] = {
    Road.PRAISE: dict.fromkeys(
        (*OFFERED, *_AT_WORK),
        (
            ("button_resolve", ResolveTicket),
            ("button_record", ShowRecord),
            ("button_more", ShowOptions),
        ),
    ),
    Road.QUESTION: {
        TicketStatus.DISPATCHED: (
            ("button_resolve", ResolveTicket),
            ("button_not_mine", ReturnTicket),
            ("button_record", ShowRecord),
        ),
        TicketStatus.TRANSFERRED: (
            ("button_resolve", ResolveTicket),
            ("button_record", ShowRecord),
        ),
        **dict.fromkeys(
            _AT_WORK,
            (
                ("button_resolve", ResolveTicket),
                ("button_ask_reporter", AskReporter),
                ("button_more", ShowOptions),
            ),
        ),
    },
    Road.SUGGESTION: dict.fromkeys(_AT_WORK, _ANSWERS),
    Road.LEGISLATIVE: dict.fromkeys(_AT_WORK, (("button_forward", ForwardOpinion), *_ANSWERS)),
}


def ways_on(ticket: Ticket) -> Ways:
    """Label and command of each, the likeliest first."""
    status = TicketStatus(ticket.status or "")
    return _NEXT_ON.get(road_of(ticket.category), {}).get(status) or _NEXT.get(status, ())
