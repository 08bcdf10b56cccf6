"""What those who handle tickets see of one: a card without the reporter, and the next buttons."""

from collections.abc import Sequence
from typing import Any

from actions.application import values
from actions.application.colleagues import name_of
from actions.application.commands.base import Pressable
from actions.application.commands.following import OnTicket
from actions.application.commands.working import (
    AcceptTicket,
    AskReporter,
    DispatchTicket,
    MessageReporter,
    NoteProgress,
    ResolveTicket,
    ReturnTicket,
    ShowOptions,
    ShowRecord,
    StartTicket,
)
from actions.application.deeds import id_of
from actions.application.notification import Button, Card
from actions.application.pressable import to_json
from actions.application.unit_of_work import UnitOfWork
from actions.domain.dispatch import Candidate
from actions.domain.masking import mask
from actions.domain.parts import is_part
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus
from actions.domain.timeline import TimelineEntry

#: A worker called the grid by its number; others are called by their role alone.
_OF_A_GRID = frozenset({Role.GWF, Role.GWP, Role.GLD})

#: What an assignee can sensibly do next, the likeliest first.
_NEXT: dict[TicketStatus, tuple[tuple[str, type[OnTicket]], ...]] = {
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
    TicketStatus.EXTERNAL: (("button_resolve", ResolveTicket), ("button_more", ShowOptions)),
    TicketStatus.NEEDS_INFO: (("button_note", NoteProgress), ("button_more", ShowOptions)),
    TicketStatus.ON_HOLD: (("button_note", NoteProgress), ("button_more", ShowOptions)),
}


def press(label: str, command: Pressable, style: str = "default", **params: Any) -> Button:
    return Button(label=label, command=to_json(command), style=style, params=params)


def next_buttons(ticket: Ticket, *, but: type[OnTicket] | None = None) -> tuple[Button, ...]:
    """What the assignee can do now; the first one stands out."""
    offered = [each for each in _NEXT.get(TicketStatus(ticket.status or ""), ()) if each[1] != but]
    return tuple(
        press(label, kind(ticket_id=id_of(ticket)), "default" if rank else "primary")
        for rank, (label, kind) in enumerate(offered)
    )


def work_card(ticket: Ticket, followers: int, photos: Sequence[str] = ()) -> Card:
    """Urgency, countdown, place and how many neighbours; nothing of who they are."""
    lines: list[tuple[str, Any]] = [
        ("work_line_summary", mask(ticket.summary)),
        ("work_line_place", place_of(ticket)),
        ("work_line_urgency", values.text(f"urgency_{ticket.urgency}")),
        _raised_by(ticket, followers),
        ("work_line_number", values.number(ticket.number)),
    ]
    clock, due_at = ticket.promise
    if due_at:
        lines.append((f"work_line_{clock}", values.moment(due_at)))
    return Card(
        title=values.category(ticket.category),
        urgency=ticket.urgency,
        lines=tuple((label, value) for label, value in lines if value),
        countdown_to=due_at.isoformat() if due_at else None,
        photos=tuple(photos),
    )


def _raised_by(ticket: Ticket, followers: int) -> tuple[str, Any]:
    """How many raised it; a part was raised by whoever leads the whole."""
    if is_part(ticket):
        return "work_line_part_of", values.number(ticket.parent)
    return "work_line_households", values.text("work_households", count=followers)


async def card_of(uow: UnitOfWork, ticket: Ticket) -> Card:
    """The card with the reporters' photos."""
    number = id_of(ticket)
    followers = await uow.tickets.followers(number)
    return work_card(ticket, len(followers), await uow.tickets.photos(number, "report"))


def place_of(ticket: Ticket) -> Any:
    """In the reader's language where the place is one we know, else in the reporter's words."""
    location = ticket.location
    code = location.get("place") or (not location.get("label") and location.get("area"))
    name = values.place(str(code)) if code else mask(str(location.get("label") or ""))
    return values.joined(name, mask(str(location.get("detail") or "")))


def badge(ticket: Ticket, role: str = "") -> Any:
    """Who handles it, as the resident hears it: a role, with its grid where it has one."""
    code = shown_role(ticket, role)
    if code in _OF_A_GRID and ticket.grid:
        return values.text("badge_grid", grid=values.place(ticket.grid), role=values.role(code))
    return values.role(code)


def shown_role(ticket: Ticket, role: str) -> str:
    """A capacity of the timeline as a role code."""
    named = ticket.assignee_role or Role.GLD.value
    return named if role in ("", "assignee", "system") else role


def reason_of(entry: TimelineEntry) -> Any:
    """Why: one of the offered reasons, or the words of whoever did it, masked."""
    key = entry.data.get("reason_key")
    if key:
        return values.text(f"reason_{key}")
    told = entry.reason or entry.data.get("text") or entry.data.get("words") or ""
    return mask(str(told))


async def hand_to_buttons(
    uow: UnitOfWork, ticket: Ticket, colleagues: Sequence[Candidate], *, more: bool = False
) -> tuple[Button, ...]:
    """One button a colleague, by name and role, for a lead who hands the ticket out."""
    number = id_of(ticket)
    named = [
        press(
            "button_hand_to",
            DispatchTicket(ticket_id=number, to=colleague.person_id),
            name=await name_of(uow, colleague),
            role=values.role(colleague.role),
        )
        for colleague in colleagues
    ]
    if more:
        named.append(press("button_hand_to_other", DispatchTicket(ticket_id=number)))
    return tuple(named)
