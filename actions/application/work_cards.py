"""What those who handle tickets see of one: a card without the reporter, and the next buttons."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from actions.application import values
from actions.application.colleagues import name_of
from actions.application.commands.base import Pressable
from actions.application.commands.following import OnTicket
from actions.application.commands.mediating import RecordPromise, ShowTalkingPoints, StepAside
from actions.application.commands.working import (
    DispatchTicket,
)
from actions.application.deeds import id_of
from actions.application.next_steps import ways_on
from actions.application.notification import Button, Card
from actions.application.part_words import said_of
from actions.application.pressable import to_json
from actions.application.tier_words import tier_params
from actions.application.unit_of_work import UnitOfWork
from actions.domain.category import FOR_FEW, Privacy, Tier
from actions.domain.decision import ABOUT_STAFF
from actions.domain.dispatch import Candidate
from actions.domain.identifiers import PersonId
from actions.domain.masking import mask
from actions.domain.origin import Origin
from actions.domain.parts import is_part
from actions.domain.people import Role
from actions.domain.sealing import (
    detail_for_workers,
    has_other_side,
    hides_reporter,
    part_of_day,
    spot_for_workers,
    words_for_workers,
)
from actions.domain.talking_points import MEDIATED
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import OFFERED, PAUSED, TicketStatus, Verb
from actions.domain.timeline import TimelineEntry

#: A worker called the grid by its number; others are called by their role alone.
_OF_A_GRID = frozenset({Role.GWF, Role.GWP, Role.GLD})

#: Capacities in which somebody raised it.
RAISERS = frozenset({"RES", "ANO", "follower", "anyone"})


def press(label: str, command: Pressable, style: str = "default", **params: Any) -> Button:
    return Button(label=label, command=to_json(command), style=style, params=params)


def next_buttons(ticket: Ticket, *, but: type[OnTicket] | None = None) -> tuple[Button, ...]:
    """What the assignee can do now; the first one stands out."""
    ways = ways_on(ticket)
    ways = (*ways[:-1], *_between_people(ticket), *ways[-1:]) if ways else ()
    offered = [(said_of(ticket, label), kind) for label, kind in ways if kind != but]
    return tuple(
        press(label, kind(ticket_id=id_of(ticket)), "default" if rank else "primary")
        for rank, (label, kind) in enumerate(offered)
    )


def _between_people(ticket: Ticket) -> tuple[tuple[str, type[OnTicket]], ...]:
    """Before it is taken: it may concern whoever is to take it. Then: how to speak of it."""
    if ticket.status in OFFERED:
        aside = has_other_side(ticket)
        return (("button_step_aside", StepAside),) if aside else ()
    if ticket.category not in MEDIATED or ticket.status in PAUSED:
        return ()
    points = ("button_talking_points", ShowTalkingPoints)
    if ticket.status is TicketStatus.ACCEPTED:
        return (points,)
    return (points, ("button_promised", RecordPromise))


def work_card(
    ticket: Ticket, followers: int, photos: Sequence[str] = (), *, part: str = ""
) -> Card:
    """Urgency, countdown, place and how many neighbours; nothing of who they are.

    Where there is another side: when of the day it happens rather than how many have spoken, and
    no photo, for from where it was taken tells who took it.
    """
    hidden = hides_reporter(ticket)
    lines: list[tuple[str, Any]] = [
        ("work_line_summary", words_for_workers(ticket, ticket.summary)),
        ("work_line_place", place_of(ticket)),
        ("work_line_part", values.text(f"part_{part}") if part and hidden else ""),
        ("work_line_urgency", values.text(f"urgency_{ticket.urgency}")),
        ("work_line_tier", _decided(ticket)),
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
        photos=() if hidden else tuple(photos),
    )


def _raised_by(ticket: Ticket, followers: int) -> tuple[str, Any]:
    """How many raised it; a part was raised by whoever leads the whole."""
    if is_part(ticket):
        return "work_line_part_of", values.number(ticket.parent)
    if hides_reporter(ticket) or not followers:
        return "", ""
    return "work_line_households", values.text("work_households", count=followers)


def is_for_few(ticket: Ticket) -> bool:
    """Too private to be deliberated, however hard: nobody else decides on it."""
    return ticket.tier == Tier.HARD and ticket.privacy in FOR_FEW


def _decided(ticket: Ticket) -> Any:
    """Who decides, where it is not simply whoever does it."""
    if ticket.tier in ("", Tier.SMALL) or is_for_few(ticket):
        return ""
    return values.text("tier_decided", **tier_params(ticket.tier))


async def card_of(uow: UnitOfWork, ticket: Ticket) -> Card:
    """The card with the reporters' photos."""
    number = id_of(ticket)
    followers = await uow.tickets.followers(number)
    photos = await uow.tickets.photos(number, "report")
    card = work_card(ticket, len(followers), photos, part=part_of(uow, ticket))
    more = (
        *await _subjects(uow, ticket),
        *await origin_lines(uow, ticket),
        *await _contact_left(uow, ticket),
    )
    return replace(card, lines=(*card.lines, *more))


async def _subjects(uow: UnitOfWork, ticket: Ticket) -> list[tuple[str, Any]]:
    """Whom of the staff it is about, for those who may look into it."""
    if ticket.category != ABOUT_STAFF or not ticket.recused:
        return []
    names = [(await uow.people.get(PersonId(each))).display_name for each in ticket.recused]
    return [("work_line_about", "、".join(filter(None, names)))]


async def origin_lines(uow: UnitOfWork, ticket: Ticket) -> list[tuple[str, Any]]:
    """How it came in, as far as whoever handles it may know and has to mind."""
    if not ticket.origin or (ticket.origin == Origin.ENTERPRISE and has_other_side(ticket)):
        return []  # where few firms are near, to say it was a firm says which
    filed = await filed_with(uow, ticket)
    agreed = filed.get("agreed")
    key = f"origin_{ticket.origin}_{agreed}" if agreed else f"origin_{ticket.origin}"
    named = [await _firm(uow, ticket)] if ticket.origin == Origin.ENTERPRISE else []
    found_by = filed.get("found_by")
    who = [values.role(str(found_by))] if found_by else named
    return [("line_origin", values.joined(values.text(key), *who))]


async def _contact_left(uow: UnitOfWork, ticket: Ticket) -> list[tuple[str, Any]]:
    """That somebody may be reached, for whoever has it now; how, only on request."""
    if not await uow.sealed_contacts.has(id_of(ticket)):
        return []
    return [("line_contact_left", values.text("contact_sealed"))]


async def filed_with(uow: UnitOfWork, ticket: Ticket) -> Mapping[str, Any]:
    """What the entry of its filing holds."""
    timeline = await uow.tickets.timeline(id_of(ticket))
    return next((entry.data for entry in timeline if entry.verb is Verb.SUBMIT), {})


async def _firm(uow: UnitOfWork, ticket: Ticket) -> str:
    """A name only where nothing about the matter is sealed."""
    if ticket.reporter is None or ticket.anonymous or ticket.privacy != Privacy.PUBLIC:
        return ""
    return mask((await uow.people.get(ticket.reporter)).organisation)


def part_of(uow: UnitOfWork, ticket: Ticket) -> str:
    """When of the day it happens, as far as it was told and anybody at the door may hear."""
    told_at = (ticket.filed_at or uow.now).astimezone(uow.community.timezone)
    return part_of_day(ticket.summary, told_at)


def place_of(ticket: Ticket) -> Any:
    """In the reader's language where the place is one we know, else in the reporter's words."""
    location = ticket.location
    code = location.get("place") or (not location.get("label") and location.get("area"))
    spot = values.place(str(code)) if code else spot_for_workers(ticket)
    told = (spot, detail_for_workers(ticket))
    return values.joined(*told) if any(told) else ""


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


def reason_of(entry: TimelineEntry, ticket: Ticket | None = None) -> Any:
    """Why: one of the offered reasons, or the words of whoever did it, masked.

    With the ticket given, a resident's words are made fit for those who handle it.
    """
    if entry.verb is Verb.RECATEGORISE and entry.data.get("category"):
        kind = values.category(str(entry.data["category"]))
        why = entry.data.get("reason_key")
        return values.joined(kind, values.text(f"reason_{why}")) if why else kind
    key = entry.data.get("reason_key")
    if key:
        return values.text(f"reason_{key}")
    told = entry.reason or entry.data.get("text") or entry.data.get("words") or ""
    is_raisers = ticket is not None and entry.role in RAISERS
    words = words_for_workers(ticket, str(told)) if ticket and is_raisers else mask(str(told))
    if entry.data.get("relayed"):
        return values.joined(values.text("reason_relayed"), words)
    return words


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
