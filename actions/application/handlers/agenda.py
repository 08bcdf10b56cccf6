"""The chair's list of what is before the committee; its milestones, and what is taken off it."""

from collections.abc import Mapping
from typing import Any, Final

from actions.application import values
from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.commands.base import Command
from actions.application.commands.deciding import ShowAgenda, TakeFromAgenda, TellMilestone
from actions.application.commands.working import ShowRecord
from actions.application.deeds import act, id_of, require
from actions.application.handlers.dispatch import clocks
from actions.application.handlers.rerouting import reroute
from actions.application.notification import Card
from actions.application.records import Proposal
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.events import TicketChanged
from actions.domain.identifiers import TicketId
from actions.domain.people import Actor, Role
from actions.domain.permissions import handles, is_kept_away
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb

#: Who has a list of what is before the committee.
SITTING: Final = frozenset({Role.CHR, Role.CMT, Role.DSP, Role.PBR, Role.REP})
_LISTED: Final = 12
_OPENED: Final = 6


async def show_agenda(_command: ShowAgenda, uow: UnitOfWork) -> None:
    waiting = await waiting_for(uow.turn.actor, uow)
    if not waiting:
        await uow.reply("agenda_empty")
        return
    buttons = tuple(
        [
            press("button_open_ticket", ShowRecord(ticket_id=each.ticket_id), what=each.title)
            for each in waiting[:_OPENED]
            if each.ticket_id is not None and await _opens(each.ticket_id, uow)
        ]
    )
    count = len(waiting)
    card = Card(
        title=values.text("agenda_title", count=count),
        urgency="D",
        lines=tuple((f"agenda_{each.phase}", _line(each, uow)) for each in waiting),
    )
    await uow.reply("agenda", params={"count": count}, card=card, buttons=buttons)


async def _opens(ticket_id: TicketId, uow: UnitOfWork) -> bool:
    """Representatives and the branch know of the motion, not of the ticket behind it."""
    return handles(uow.turn.actor, await uow.tickets.get(ticket_id))


async def waiting_for(actor: Actor, uow: UnitOfWork) -> list[Proposal]:
    """What is before the committee where the person sits in it or looks after it."""
    areas = sorted({grant.area for grant in actor.grants if grant.role in SITTING})
    before = await uow.proposals.open_in(areas, limit=_LISTED)
    return [each for each in before if not await is_from(actor, each, uow)]


async def is_from(actor: Actor, proposal: Proposal, uow: UnitOfWork) -> bool:
    """Whether it came of a matter that is about this person."""
    if proposal.ticket_id is None:
        return False
    return is_kept_away(actor.person_id, await uow.tickets.get(proposal.ticket_id))


def _line(proposal: Proposal, uow: UnitOfWork) -> dict[str, Any]:
    by = (proposal.begun_at + uow.community.policy.agenda_within).date().isoformat()
    due = values.text("agenda_by", date={"$moment": by})
    return values.joined(values.number(proposal.number), proposal.title, due)


async def tell_milestone(command: TellMilestone, uow: UnitOfWork) -> None:
    await _ask(command.ticket_id, Verb.MILESTONE, "milestone", "milestone_what", uow)


async def take_from_agenda(command: TakeFromAgenda, uow: UnitOfWork) -> None:
    await _ask(command.ticket_id, Verb.TAKE_BACK, "take_from_agenda", "take_from_agenda_why", uow)


async def _ask(ticket_id: int, verb: Verb, what: str, template: str, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(ticket_id))
    await require(uow, ticket, verb)
    await expect(uow, what, ticket_id=id_of(ticket))
    params = {"number": values.number(ticket.number)}
    await uow.reply(template, params=params, ticket_id=ticket.id)


async def take_milestone(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(about["ticket_id"]))
    if not given.text:
        await uow.reply("decide_needs_words", ticket_id=ticket.id)
        return
    await act(uow, ticket, Verb.MILESTONE, reason=given.text)
    await expect_nothing(uow)
    count = len(await uow.tickets.followers(id_of(ticket)))
    params = {"number": values.number(ticket.number), "count": count}
    await uow.reply("milestone_told", params=params, ticket_id=ticket.id)


async def take_reason_back(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    """Whoever had it before goes on with it, if they still work here and are not away."""
    ticket = await uow.tickets.get(TicketId(about["ticket_id"]))
    if not given.text:
        await uow.reply("decide_needs_words", ticket_id=ticket.id)
        return
    candidates = await uow.people.candidates(uow.now)
    is_here = any(each.person_id == ticket.assignee and not each.away for each in candidates)
    gone = {} if is_here else {"assignee": None, "assignee_role": ""}
    await act(uow, ticket, Verb.TAKE_BACK, reason=given.text, **gone, **_dates(ticket, uow))
    await expect_nothing(uow)
    params = {"number": values.number(ticket.number)}
    await uow.reply("taken_from_agenda", params=params, ticket_id=ticket.id)


def _dates(ticket: Ticket, uow: UnitOfWork) -> dict[str, Any]:
    """Nothing was owed by a date while the committee had it: the office's time starts now."""
    rules = uow.rules_of(ticket)
    anew = clocks(rules.category(ticket.category), uow.now, rules)
    return {name: anew[name].isoformat() for name in ("contact_due_at", "settle_due_at")}


async def find_hands(event: TicketChanged, uow: UnitOfWork) -> None:
    """Subscriber: what the committee gave back and nobody has goes to somebody."""
    ticket, entry = event.ticket, event.entry
    came_back = entry.verb is Verb.TAKE_BACK and entry.source is TicketStatus.DELIBERATION
    if came_back and ticket.assignee is None:
        await reroute(ticket, uow, why="from_agenda")


HANDLERS: dict[type[Command], Handler] = {
    ShowAgenda: show_agenda,
    TellMilestone: tell_milestone,
    TakeFromAgenda: take_from_agenda,
}
AWAITED: dict[str, Taker] = {
    "milestone": take_milestone,
    "take_from_agenda": take_reason_back,
}
