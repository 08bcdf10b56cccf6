"""A resident and their filed tickets: look, hurry, add, withdraw, join."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from actions.application import values
from actions.application.agenda_day import agenda_by
from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.commands.drafting import DropDraft, ResumeDraft
from actions.application.commands.following import (
    AddToTicket,
    RateTicket,
    ShowMine,
    ShowTicket,
    StopAwaiting,
    UrgeTicket,
    WithdrawTicket,
)
from actions.application.deeds import act, id_of, of_mine, require
from actions.application.handlers.late_news import next_word
from actions.application.handlers.relay import pass_on_answer, pass_question_on
from actions.application.handlers.urging import urge
from actions.application.notification import Button, Card
from actions.application.offers import offers
from actions.application.pressable import to_json
from actions.application.records import TicketSummary
from actions.application.roads import status_of, worded
from actions.application.together import leading
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.category import Urgency
from actions.domain.draft import Draft
from actions.domain.identifiers import DraftId
from actions.domain.masking import mask
from actions.domain.permissions import capacity_among_raisers
from actions.domain.placing import code_of
from actions.domain.sealing import has_other_side, is_among_few
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import UNDECIDED, TicketStatus, Verb


async def show_ticket(command: ShowTicket, uow: UnitOfWork) -> None:
    await tell_standing(await of_mine(command.ticket_id, uow), uow)


async def tell_standing(ticket: Ticket, uow: UnitOfWork) -> None:
    """Where it stands, whose turn it is, and the next date."""
    shown = await leading(ticket, uow)
    due_at = _next_at(shown, uow)
    on_agenda = await agenda_by(shown, uow)
    followers = await uow.tickets.followers(id_of(ticket))
    await uow.reply(
        "ticket_standing_agenda" if on_agenda else _standing(shown, due_at, uow),
        params={
            "number": values.number(ticket.number),
            "what": values.category(ticket.category),
            "status": status_of(shown.category, shown.status or ""),
            "role": values.role(shown.assignee_role or "GWF"),
            "due": values.moment(due_at),
            "by": values.moment(next_word(shown, uow)),
            "agenda": on_agenda,
        },
        buttons=offers(uow.turn.actor, ticket, followers),
        ticket_id=id_of(ticket),
        version=ticket.version,
    )


def _standing(ticket: Ticket, due_at: datetime | None, uow: UnitOfWork) -> str:
    """A date that has passed is no promise, and nobody is named who does not have it."""
    if due_at is None:
        return "ticket_standing_without_date"
    if due_at <= uow.now:
        return "ticket_standing_late"
    has_owner = ticket.assignee_role and ticket.status not in UNDECIDED
    return "ticket_standing" if has_owner else "ticket_standing_undecided"


def _next_at(ticket: Ticket, uow: UnitOfWork) -> datetime | None:
    """The promised date, or of what rests or is outside the day somebody looks again."""
    _, due_at = ticket.promise
    looks_again = ticket.status in (TicketStatus.ON_HOLD, TicketStatus.EXTERNAL)
    if looks_again and ticket.review_at is not None and ticket.review_at > uow.now:
        return ticket.review_at
    return due_at


def rating_buttons(ticket: Ticket) -> tuple[Button, ...]:
    """In the words of its road; a road may have fewer verdicts, or only one to take note."""
    offered = [
        (worded(ticket.category, f"button_{verdict}"), verdict)
        for verdict in ("satisfied", "partly", "dissatisfied")
    ]
    return tuple(
        press(
            label,
            RateTicket(ticket_id=id_of(ticket), verdict=verdict),
            "default" if rank else "primary",
        )
        for rank, (label, verdict) in enumerate(each for each in offered if each[0])
    )


def drop_or_keep(draft: DraftId) -> tuple[Button, ...]:
    return (
        press("button_drop", DropDraft(draft_id=draft), "danger"),
        press("button_go_on", ResumeDraft(draft_id=draft)),
    )


async def show_mine(_command: ShowMine, uow: UnitOfWork) -> None:
    await list_mine(await uow.tickets.of_person(uow.turn.actor.person_id, limit=6), uow)


async def list_mine(tickets: Sequence[TicketSummary], uow: UnitOfWork) -> None:
    """My matters as buttons, or that there are none."""
    if not tickets:
        await uow.reply("no_matters")
        return
    await uow.reply("my_matters", buttons=choices(tickets))


def choices(tickets: Sequence[TicketSummary]) -> tuple[Button, ...]:
    return tuple(_chip(ticket) for ticket in tickets)


def _chip(ticket: TicketSummary) -> Button:
    where = values.place(ticket.place) if ticket.place else ticket.label
    return Button(
        label="ticket_chip" if where else "ticket_chip_placeless",
        params={
            "what": values.category(ticket.category),
            "status": status_of(ticket.category, ticket.status),
            "where": where,
        },
        command=to_json(ShowTicket(ticket_id=ticket.id)),
        style="chip",
    )


async def urge_ticket(command: UrgeTicket, uow: UnitOfWork) -> None:
    ticket = await leading(await of_mine(command.ticket_id, uow), uow)
    if ticket.status is TicketStatus.RESOLVED:
        await require(uow, ticket, Verb.URGE)
        await _ask_verdict(ticket, uow)
        return
    await urge(ticket, uow)


async def _ask_verdict(ticket: Ticket, uow: UnitOfWork) -> None:
    """Nobody is at work on it: what counts now is whether it is settled."""
    if not await _may(Verb.SATISFIED, ticket, uow):
        await tell_standing(ticket, uow)
        return
    await uow.reply(
        worded(ticket.category, "ask_verdict"),
        params={"number": values.number(ticket.number)},
        buttons=rating_buttons(ticket),
        ticket_id=id_of(ticket),
        version=ticket.version,
    )


async def add_to_ticket(command: AddToTicket, uow: UnitOfWork) -> None:
    ticket = await leading(await of_mine(command.ticket_id, uow), uow)
    await require(uow, ticket, Verb.ADD)
    await expect(uow, "ticket_detail", ticket_id=id_of(ticket), soft=True)
    await uow.reply("ask_detail", params={"number": values.number(ticket.number)}, buttons=STOP)


STOP = (press("button_never_mind", StopAwaiting(), "chip"),)


async def take_detail(awaiting: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    await expect_nothing(uow)
    await add_detail(await of_mine(awaiting["ticket_id"], uow), given, uow)


async def add_detail(ticket: Ticket, given: Given, uow: UnitOfWork) -> None:
    """The person's words and photos go on the ticket, and its handler hears of it.

    Where a question is open, they are its answer, and the clock goes on.
    """
    if ticket.status is TicketStatus.NEEDS_INFO and await _may(Verb.ANSWER, ticket, uow):
        await pass_on_answer(ticket, given, uow)
        return
    await act(uow, ticket, Verb.ADD, text=mask(given.text), photos=list(given.photos))
    await uow.tickets.attach(id_of(ticket), given.photos, "report", uow.turn.actor.person_id)
    await uow.reply(
        "detail_added",
        params={"number": values.number(ticket.number)},
        ticket_id=id_of(ticket),
    )


async def _may(verb: Verb, ticket: Ticket, uow: UnitOfWork) -> bool:
    followers = await uow.tickets.followers(id_of(ticket))
    return (
        ticket.allows(verb)
        and capacity_among_raisers(uow.turn.actor, verb, ticket, followers) is not None
    )


async def withdraw_ticket(command: WithdrawTicket, uow: UnitOfWork) -> None:
    """With other followers, or danger left, the person leaves and the ticket stays.

    Whoever leaves last ends it.
    """
    ticket = await of_mine(command.ticket_id, uow)
    verb = await _way_out(ticket, uow)
    await require(uow, ticket, verb)
    if not command.confirmed:
        await _ask_really(ticket, uow)
        return
    await act(uow, ticket, verb)
    if verb is Verb.LEAVE:
        await pass_question_on(ticket, uow)
    await uow.tickets.unfollow(id_of(ticket), uow.turn.actor.person_id)
    said = "left_matter" if verb is Verb.LEAVE else "withdrawn"
    if has_other_side(ticket):
        said = "withdrawn_sealed"  # whether anybody else waits for it is not said
    await uow.reply(said, params={"number": values.number(ticket.number)})


async def _way_out(ticket: Ticket, uow: UnitOfWork) -> Verb:
    me = uow.turn.actor.person_id
    others = [each for each in await uow.tickets.followers(id_of(ticket)) if each != me]
    return Verb.LEAVE if others or ticket.urgency == Urgency.E else Verb.WITHDRAW


async def _ask_really(ticket: Ticket, uow: UnitOfWork) -> None:
    number = id_of(ticket)
    really = WithdrawTicket(ticket_id=number, confirmed=True)
    await uow.reply(
        "ask_withdraw",
        params={
            "number": values.number(ticket.number),
            "what": values.category(ticket.category),
        },
        buttons=(
            press("button_withdraw_really", really, "danger"),
            press("button_keep", ShowTicket(ticket_id=number)),
        ),
    )


async def thanks_for_joining(ticket: Ticket, draft: Draft, uow: UnitOfWork) -> None:
    """Whoever is in it already has said more about it."""
    number = id_of(ticket)
    is_new = await uow.tickets.follow(number, draft.person_id, "me_too")
    verb = Verb.JOIN if is_new else Verb.ADD
    await act(uow, ticket, verb, text=mask(draft.text), photos=list(draft.photos))
    await uow.tickets.attach(number, draft.photos, "report", draft.person_id)
    place = code_of(ticket.location)
    _, due_at = ticket.promise
    said = "joined_sealed" if is_among_few(ticket.category, ticket.privacy) else "joined"
    await uow.reply(
        said if due_at else f"{said}_without_date",
        params={
            "number": values.number(ticket.number),
            "count": len(await uow.tickets.followers(number)),
            "due": values.moment(due_at),
        },
        card=Card(
            title=values.category(ticket.category),
            urgency=ticket.urgency,
            lines=(
                ("line_where", values.place(place) if place else ""),
                ("line_status", values.status(ticket.status or "")),
            ),
        ),
        ticket_id=number,
        version=ticket.version,
    )


HANDLERS = {
    ShowTicket: show_ticket,
    ShowMine: show_mine,
    UrgeTicket: urge_ticket,
    AddToTicket: add_to_ticket,
    WithdrawTicket: withdraw_ticket,
}
AWAITED: dict[str, Taker] = {"ticket_detail": take_detail}
