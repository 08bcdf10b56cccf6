"""An assignee asks a lead's word, to pause or to take longer; the lead says yes or no."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from actions.application import values
from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.colleagues import leaders_of, leads
from actions.application.commands.base import Command
from actions.application.commands.timed import TellProposalWaits
from actions.application.commands.waiting import (
    ApproveProposal,
    RefuseProposal,
    ShowProposal,
)
from actions.application.commands.working import ShowRecord
from actions.application.deeds import act, id_of, keep, require
from actions.application.handlers.following import STOP
from actions.application.handlers.naming_day import Why
from actions.application.notification import Button
from actions.application.pushes import push_work
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import card_of, next_buttons, press, reason_of
from actions.domain.approval import Asks, Rule, pending, rule_for
from actions.domain.day_named import DayNamed, day_from
from actions.domain.dispatch import Candidate
from actions.domain.errors import NotAllowed, OutOfDate
from actions.domain.identifiers import TicketId
from actions.domain.permissions import capacity
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from actions.domain.timeline import TimelineEntry

REFUSE_REASONS: Final = ("carry_on", "date_too_late", "say_more")


async def propose(ticket: Ticket, asks: Asks, day: DayNamed, why: Why, uow: UnitOfWork) -> None:
    """Put it to the nearest lead who may answer; asked once, however often the chip is pressed."""
    told = await _approvers(ticket, uow)
    if not told:
        await uow.reply(
            "proposal_nobody",
            params={"number": values.number(ticket.number)},
            buttons=next_buttons(ticket),
            ticket_id=ticket.id,
        )
        return
    date = day.stored(uow.community.timezone)
    waiting = pending(await uow.tickets.timeline(id_of(ticket)), ticket)
    by = uow.now + uow.rules_of(ticket).policy.dispute_ruling_within
    if waiting is None or not _is_the_same(waiting, asks, date, why):
        # What is scheduled keeps the day it is looked at again.
        is_free = ticket.status is not TicketStatus.SCHEDULED
        review = {"review_at": by.isoformat()} if is_free else {}
        entry = await act(
            uow, ticket, Verb.PROPOSE, asks=asks.value, date=date, **why.data, **review
        )
        for lead in told:
            await _put_to(lead, ticket, entry, uow)
    params = {
        "number": values.number(ticket.number),
        "role": values.role(told[0].role.value),
        "by": values.moment(by),
    }
    await uow.reply("proposed", params=params, buttons=next_buttons(ticket), ticket_id=ticket.id)


def _is_the_same(waiting: TimelineEntry, asks: Asks, date: str, why: Why) -> bool:
    asked = waiting.data.get("asks"), waiting.data.get("date")
    words = waiting.data.get("reason_key") or waiting.reason
    return asked == (asks.value, date) and words == (why.key or why.words)


async def _approvers(ticket: Ticket, uow: UnitOfWork, *, skip: int = 0) -> list[Candidate]:
    """The people of the nearest level above who may answer; `skip` passes levels over."""
    if ticket.assignee is None:
        return []
    levels = (await _rule(ticket, uow)).levels[skip:]
    return await leads(uow, ticket, levels, excluding=(ticket.assignee,)) if levels else []


async def _rule(ticket: Ticket, uow: UnitOfWork) -> Rule:
    proposer = await uow.people.actor(ticket.assignee or uow.turn.actor.person_id)
    return rule_for(proposer, ticket, leaders_of(ticket, uow.rules_of(ticket)))


async def _put_to(
    lead: Candidate, ticket: Ticket, entry: TimelineEntry, uow: UnitOfWork, late: str = ""
) -> None:
    await push_work(
        uow,
        ticket,
        lead.person_id,
        f"lead_asked_{entry.data['asks']}{late}",
        *_answers(ticket, entry),
        **_said(ticket, entry),
    )


def _answers(ticket: Ticket, entry: TimelineEntry) -> tuple[Button, ...]:
    number = id_of(ticket)
    return (
        press("button_approve", ApproveProposal(ticket_id=number, seq=entry.seq), "primary"),
        press("button_refuse", RefuseProposal(ticket_id=number, seq=entry.seq)),
        press("button_record", ShowRecord(ticket_id=number)),
    )


def _said(ticket: Ticket, entry: TimelineEntry) -> dict[str, Any]:
    return {
        "number": values.number(ticket.number),
        "date": values.day(str(entry.data["date"])),
        "settle": values.moment(ticket.settle_due_at),
        "reason": reason_of(entry, ticket),
    }


async def show_proposal(command: ShowProposal, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    await require(uow, ticket, Verb.REFUSE)
    entry = pending(await uow.tickets.timeline(id_of(ticket)), ticket)
    if entry is None:
        raise OutOfDate
    await uow.reply(
        f"lead_asked_{entry.data['asks']}",
        params=_said(ticket, entry),
        buttons=_answers(ticket, entry),
        card=await card_of(uow, ticket),
        ticket_id=ticket.id,
    )


async def approve_proposal(command: ApproveProposal, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    role = await require(uow, ticket, Verb.EXTEND)
    asked = await _standing(ticket, command.seq, uow)
    day = day_from(str(asked.data["date"]), uow.community.timezone)
    if day.is_past(uow.now, uow.community.timezone):
        await uow.reply("proposal_over", params=_said(ticket, asked), ticket_id=ticket.id)
        return
    if asked.data["asks"] == Asks.HOLD:
        await _hold(ticket, asked, day, role, uow)
    else:
        await _extend(ticket, asked, day, uow)
    await uow.reply("approved", params=_said(ticket, asked), ticket_id=ticket.id)


async def _standing(ticket: Ticket, seq: int, uow: UnitOfWork) -> TimelineEntry:
    """The proposal the button is about, if it still waits and this person may answer it.

    Raises:
        OutOfDate: it was answered, replaced, or the matter has moved on.
        NotAllowed: it takes somebody above whoever asked.
    """
    asked = pending(await uow.tickets.timeline(id_of(ticket)), ticket)
    if asked is None or asked.seq != seq:
        raise OutOfDate
    if not (await _rule(ticket, uow)).allows(uow.turn.actor, asked, ticket):
        raise NotAllowed(number=values.number(ticket.number))
    return asked


async def _hold(
    ticket: Ticket, asked: TimelineEntry, day: DayNamed, role: str, uow: UnitOfWork
) -> None:
    """Paused from now on, in the name of whoever asked; the lead's yes stands beside it."""
    proposer = await uow.people.actor(asked.actor)
    if capacity(proposer, Verb.HOLD, ticket) != "assignee":
        raise OutOfDate
    ticket.record(
        Verb.HOLD,
        uow.deed("assignee", asked.actor),
        reason=asked.reason,
        **_kept(asked),
        review_at=day.begins(uow.community.timezone).isoformat(),
        approved_by=uow.turn.actor.person_id,
        approved_role=role,
    )
    await keep(uow, ticket)
    buttons = next_buttons(ticket)
    await push_work(
        uow, ticket, asked.actor, "work_hold_approved", *buttons, date=values.day(_date(asked))
    )


async def _extend(ticket: Ticket, asked: TimelineEntry, day: DayNamed, uow: UnitOfWork) -> None:
    review: dict[str, Any] = {}
    if ticket.status is not TicketStatus.SCHEDULED:
        review = {"review_at": None}
    await act(
        uow,
        ticket,
        Verb.EXTEND,
        reason=asked.reason,
        **_kept(asked),
        settle_due_at=settles_at(day, uow).isoformat(),
        **review,
    )


def _kept(asked: TimelineEntry) -> dict[str, Any]:
    """What the answer takes over from what was asked."""
    return {name: asked.data[name] for name in ("date", "reason_key") if name in asked.data} | {
        "of": asked.seq
    }


def _date(asked: TimelineEntry) -> str:
    return str(asked.data["date"])


def settles_at(day: DayNamed, uow: UnitOfWork) -> datetime:
    """A day without an hour ends with the afternoon."""
    is_whole = not day.part and day.at is None
    exact = DayNamed(day.day, "afternoon") if is_whole else day
    return exact.ends(uow.community.timezone)


async def refuse_proposal(command: RefuseProposal, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    await require(uow, ticket, Verb.REFUSE)
    await _standing(ticket, command.seq, uow)
    if command.reason in REFUSE_REASONS:
        await _refuse(ticket, command.seq, Why(command.reason), uow)
        return
    number = id_of(ticket)
    await expect(uow, "refuse_why", ticket_id=number, seq=command.seq)
    buttons = tuple(
        press(
            f"reason_{key}",
            RefuseProposal(ticket_id=number, seq=command.seq, reason=key),
            "chip",
        )
        for key in REFUSE_REASONS
    )
    params = {"number": values.number(ticket.number)}
    await uow.reply("refuse_why", params=params, buttons=(*buttons, *STOP), ticket_id=number)


async def take_refuse_why(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(about["ticket_id"]))
    await require(uow, ticket, Verb.REFUSE)
    await _standing(ticket, about["seq"], uow)
    if not given.text:
        await uow.reply("waiting_needs_words", ticket_id=ticket.id)
        return
    await expect_nothing(uow)
    await _refuse(ticket, about["seq"], Why(words=given.text), uow)


async def _refuse(ticket: Ticket, seq: int, why: Why, uow: UnitOfWork) -> None:
    review: dict[str, Any] = {}
    if ticket.status is not TicketStatus.SCHEDULED:
        review = {"review_at": None}
    await act(uow, ticket, Verb.REFUSE, of=seq, **why.data, **review)
    params = {"number": values.number(ticket.number)}
    await uow.reply("refused", params=params, ticket_id=ticket.id)


async def tell_proposal_waits(command: TellProposalWaits, uow: UnitOfWork) -> None:
    """The lead has not answered: the next level is asked as well."""
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    entry = pending(await uow.tickets.timeline(id_of(ticket)), ticket)
    if entry is None or ticket.review_at is None or ticket.review_at > uow.now:
        return
    first = await _approvers(ticket, uow)
    levels = (await _rule(ticket, uow)).levels
    reached = levels.index(first[0].role) + 1 if first else 0
    for lead in await _approvers(ticket, uow, skip=reached) or first:
        await _put_to(lead, ticket, entry, uow, "_late")


HANDLERS: dict[type[Command], Handler] = {
    ShowProposal: show_proposal,
    ApproveProposal: approve_proposal,
    RefuseProposal: refuse_proposal,
    TellProposalWaits: tell_proposal_waits,
}
AWAITED: dict[str, Taker] = {"refuse_why": take_refuse_why}
