"""A returned matter: who rules on it, what is done meanwhile, and that nobody waits unheard."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from actions.application import values
from actions.application.awaited import Given, Taker, expect, expect_nothing
from actions.application.commands.base import Command
from actions.application.commands.timed import TellStillDisputed
from actions.application.commands.waiting import RuleItStays, TemporaryDone
from actions.application.deeds import act, id_of, require
from actions.application.handlers.dispatch import clocks
from actions.application.handlers.following import STOP
from actions.application.handlers.naming_day import Why
from actions.application.pushes import push_raisers
from actions.application.routing import Handler
from actions.application.rulings import is_anothers_ruling
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import press
from actions.domain.category import Urgency
from actions.domain.errors import OutOfDate
from actions.domain.identifiers import TicketId
from actions.domain.terms import terms_of
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb

STAY_REASONS: Final = ("your_area", "your_duty", "you_know_it")
#: Danger does not wait for a ruling.
_NOT_WAITING: Final = frozenset({Urgency.E, Urgency.U})


async def rule_it_stays(command: RuleItStays, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    if not await _may_rule(ticket, uow):
        return
    if command.reason in STAY_REASONS:
        await _rule_it_stays(ticket, Why(command.reason), uow)
        return
    number = id_of(ticket)
    await expect(uow, "stay_why", ticket_id=number)
    chips = tuple(
        press(f"reason_{key}", RuleItStays(ticket_id=number, reason=key), "chip")
        for key in STAY_REASONS
    )
    params = {"number": values.number(ticket.number)}
    await uow.reply("stay_why", params=params, buttons=(*chips, *STOP), ticket_id=number)


async def take_stay_why(about: Mapping[str, Any], given: Given, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(about["ticket_id"]))
    if not await _may_rule(ticket, uow):
        await expect_nothing(uow)
        return
    if not given.text:
        await uow.reply("waiting_needs_words", ticket_id=ticket.id)
        return
    await expect_nothing(uow)
    await _rule_it_stays(ticket, Why(words=given.text), uow)


async def _may_rule(ticket: Ticket, uow: UnitOfWork) -> bool:
    await require(uow, ticket, Verb.RULE)
    return not await is_anothers_ruling(ticket, uow)


async def _rule_it_stays(ticket: Ticket, why: Why, uow: UnitOfWork) -> None:
    """Whoever returned it has it again, with the time to accept it and the reason."""
    keeper = ticket.assignee
    if keeper is None or not (await uow.people.actor(keeper)).is_worker:
        raise OutOfDate
    rules = uow.rules_of(ticket)
    accept_by = clocks(terms_of(ticket, rules), uow.now, rules)["accept_due_at"]
    await act(
        uow,
        ticket,
        Verb.RULE,
        assignee=keeper,
        assignee_role=ticket.assignee_role,
        accept_due_at=accept_by.isoformat(),
        was={"assignee": keeper, "role": ticket.assignee_role},
        stays=True,
        **why.data,
    )
    params = {
        "number": values.number(ticket.number),
        "role": values.role(ticket.assignee_role),
        "by": values.moment(accept_by),
    }
    await uow.reply("ruled_it_stays", params=params, ticket_id=ticket.id)


async def ask_for_first_step(ticket: Ticket, uow: UnitOfWork) -> None:
    """What presses is made safe first, whoever will have it in the end (先办后议)."""
    category = uow.rules_of(ticket).category(ticket.category)
    if category.urgency not in _NOT_WAITING:
        return
    named = bool(category.temporary_step)
    step = values.first_step(ticket.category) if named else values.text("first_step_any")
    await uow.reply(
        "returned_meanwhile",
        params={"number": values.number(ticket.number), "step": step},
        buttons=(press("button_temporary", TemporaryDone(ticket_id=id_of(ticket)), "primary"),),
        ticket_id=ticket.id,
    )


async def tell_still_disputed(command: TellStillDisputed, uow: UnitOfWork) -> None:
    """Nothing unless it lasts: after a day those who raised it hear, and when they hear next."""
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    if ticket.status is not TicketStatus.RETURNED or (ticket.review_at or uow.now) > uow.now:
        return
    by = uow.now + uow.rules_of(ticket).policy.dispute_told_after
    hours = uow.rules_of(ticket).policy.dispute_told_after // timedelta(hours=1)
    await push_raisers(uow, ticket, "push_still_disputed", by=values.moment(by), hours=hours)


HANDLERS: dict[type[Command], Handler] = {
    RuleItStays: rule_it_stays,
    TellStillDisputed: tell_still_disputed,
}
AWAITED: dict[str, Taker] = {"stay_why": take_stay_why}
