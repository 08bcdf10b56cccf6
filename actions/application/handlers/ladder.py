"""A late matter climbs: whoever has it is reminded, then the levels above hear, then the street.

What the rungs are and when they are due is `domain/ladder.py`. Whoever comes late to a ticket finds
the highest rung that is due and tells of that one alone.
"""

from collections.abc import Sequence
from typing import Final

from actions.application.colleagues import leaders_of, leads
from actions.application.commands.base import Command
from actions.application.commands.ladder import EscalateTicket
from actions.application.commands.timed import ClimbLadder
from actions.application.deeds import act_by_rule
from actions.application.handlers.dispatch import dispatch_ticket
from actions.application.handlers.escalating import above_the_silent, escalate, escalate_ticket
from actions.application.handlers.late_news import (
    tell_above,
    tell_nobody_took_it,
    tell_raisers,
    tell_worker,
)
from actions.application.routing import Handler
from actions.application.rulings import rulers_now
from actions.application.unit_of_work import UnitOfWork
from actions.domain.category import Urgency
from actions.domain.dispatch import Candidate
from actions.domain.identifiers import TicketId
from actions.domain.ladder import (
    ACCEPT,
    CONTACT,
    DECIDE,
    SETTLE,
    Rung,
    Step,
    climbed,
    heard_by,
    levels_above,
)
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb

_PROMISED: Final = (CONTACT, SETTLE)


async def climb_ladder(command: ClimbLadder, uow: UnitOfWork) -> None:
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    due = climbed(ticket, uow.rules_of(ticket), uow.now)
    if not due:
        await uow.tickets.look_again(ticket)
        return
    before = dict(ticket.rungs)
    top = max(due, key=lambda step: step.rung)
    await act_by_rule(
        uow,
        ticket,
        Verb.CLIMB,
        rung=int(top.rung),
        rung_clock=top.clock,
        share=top.share,
        rungs={step.clock: int(step.rung) for step in due},
    )
    if ticket.status is TicketStatus.SUBMITTED:
        # It waited for a word of its reporter and waits no longer.
        await dispatch_ticket(ticket, uow)
        return
    broken = [step for step in due if step.rung >= Rung.COMMITTEE > before.get(step.clock, 0)]
    is_new = any(step.rung is Rung.WORKER and step.clock == top.clock for step in due)
    was_with = ticket.assignee
    told = await _tell_staff(ticket, top, broken, uow, is_new=is_new)
    if ticket.urgency == Urgency.E and any(step.clock in (ACCEPT, DECIDE) for step in broken):
        await tell_nobody_took_it(ticket, uow, passed_up=ticket.assignee != was_with)
    await _tell_those_who_wait(ticket, due, before, told, uow)


async def _tell_staff(
    ticket: Ticket, top: Step, broken: Sequence[Step], uow: UnitOfWork, *, is_new: bool
) -> list[Candidate]:
    """Whoever has it, and the levels that this rung reaches; `is_new`: it was not reminded yet."""
    if top.clock == DECIDE:
        return await _tell_deciders(ticket, top.rung, uow)
    if any(step.clock == ACCEPT for step in broken) and ticket.status is TicketStatus.DISPATCHED:
        above = await above_the_silent(ticket, uow)
        if above is not None:
            return await _pass_up(ticket, above, uow)
        # There is nobody above: it stays, and the supervisors hear of it at once.
        await _tell_supervisors(ticket, "overdue_accept_lead", uow)
    if top.rung is Rung.WORKER:
        await tell_worker(ticket, f"nudge_{top.clock}", uow)
        return []
    if broken or is_new:
        await tell_worker(ticket, f"{'overdue' if broken else 'nudge'}_{top.clock}", uow)
    told = await _levels(ticket, top.rung, uow)
    # The level that hears in place of a street is not asked for the street's word.
    asks_street = top.rung is Rung.STREET and any(each.role is Role.DSP for each in told)
    heard = "street" if asks_street else _HEARD[top.rung]
    await tell_above(ticket, told, f"{heard}_{top.clock}_lead", uow)
    if top.rung is Rung.STREET:
        await _tell_supervisors(ticket, f"street_{top.clock}_lead", uow)
    return told


_HEARD: Final = {Rung.LEAD: "soon", Rung.COMMITTEE: "overdue", Rung.STREET: "overdue"}


async def _levels(ticket: Ticket, rung: Rung, uow: UnitOfWork) -> list[Candidate]:
    """Where nobody holds the level, the next one up, else the highest there is.

    Nobody is told as the lead of himself.
    """
    heard = heard_by(rung, ticket.assignee_role)
    below = [level for level in levels_above(ticket.assignee_role) if level not in heard]
    roles = (*heard, *reversed(below)) or (Role.DSP,)
    return await leads(uow, ticket, roles, excluding=(ticket.assignee,))


async def _tell_supervisors(ticket: Ticket, template: str, uow: UnitOfWork) -> None:
    supervisors = await leads(uow, ticket, (Role.SUP,), excluding=(ticket.assignee,))
    await tell_above(ticket, supervisors, template, uow)


async def _pass_up(ticket: Ticket, above: Candidate, uow: UnitOfWork) -> list[Candidate]:
    """The silent one has lost it; the committee hears where it is not the new owner itself."""
    await escalate(
        ticket,
        above,
        uow,
        reason_key="not_accepted_in_time",
        told_otherwise=ticket.urgency == Urgency.E,
    )
    roles = tuple(r for r in heard_by(Rung.COMMITTEE, ticket.assignee_role) if r is Role.CMT)
    told = await leads(uow, ticket, roles, excluding=(above.person_id,)) if roles else []
    await tell_above(ticket, told, "escalated_lead", uow)
    return told


async def _tell_deciders(ticket: Ticket, rung: Rung, uow: UnitOfWork) -> list[Candidate]:
    """Nobody has said who gets it: those who can, then the level above them, then the street."""
    rules = uow.rules_of(ticket)
    is_returned = ticket.status is TicketStatus.RETURNED
    roles = await rulers_now(ticket, uow) if is_returned else leaders_of(ticket, rules)
    if rung is Rung.COMMITTEE and roles[0] is not Role.DSP:
        roles = (*roles[1:], *roles[:1])
    if rung is Rung.STREET:
        roles = (Role.DSP, Role.CMT)
    told = await leads(uow, ticket, roles)
    template = {Rung.WORKER: "undecided_soon", Rung.STREET: "undecided_street"}
    key = template.get(rung, "undecided_lead")
    await tell_above(ticket, told, key, uow)
    if rung is Rung.STREET:
        await _tell_supervisors(ticket, key, uow)
    return told


async def _tell_those_who_wait(
    ticket: Ticket,
    due: Sequence[Step],
    before: dict[str, int],
    told: Sequence[Candidate],
    uow: UnitOfWork,
) -> None:
    """A date that was not kept is said once, and once more when it is with the street."""

    def first_at(rung: Rung, clocks: Sequence[str] = _PROMISED) -> list[Step]:
        return [
            step
            for step in due
            if step.clock in clocks and step.rung >= rung > before.get(step.clock, 0)
        ]

    street, missed = first_at(Rung.STREET), first_at(Rung.COMMITTEE)
    undecided = first_at(Rung.COMMITTEE, (DECIDE,)) if _is_promised_a_name(ticket) else []
    at_street = any(each.role is Role.DSP for each in told) or ticket.assignee_role == Role.DSP
    if street and at_street:
        await tell_raisers(ticket, street[-1], f"push_at_street_{street[-1].clock}", told, uow)
    elif missed:
        await tell_raisers(ticket, missed[-1], f"push_missed_{missed[-1].clock}", told, uow)
    elif street:
        # There is no street to hear of it; the word that was promised for now is kept.
        await tell_raisers(ticket, street[-1], "push_still_late", told, uow)
    elif undecided:
        await tell_raisers(ticket, undecided[-1], "push_missed_decide", told, uow)


def _is_promised_a_name(ticket: Ticket) -> bool:
    """They were told by when they hear who has it; of a danger they hear at once and more."""
    return ticket.status is TicketStatus.TRIAGE and ticket.urgency != Urgency.E


HANDLERS: dict[type[Command], Handler] = {
    ClimbLadder: climb_ladder,
    EscalateTicket: escalate_ticket,
}
