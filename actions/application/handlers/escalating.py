"""A ticket nobody takes goes one level up: by the clock, or by the hand of a lead."""

from collections.abc import Iterable
from typing import Any

from actions.application import values
from actions.application.colleagues import lead_of_whole, leads
from actions.application.commands.ladder import EscalateTicket
from actions.application.commands.working import AcceptTicket
from actions.application.deeds import act, act_by_rule, id_of, require
from actions.application.handlers.dispatch import clocks
from actions.application.handlers.fieldwork import accept_ticket
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import next_buttons
from actions.domain.dispatch import Candidate
from actions.domain.identifiers import TicketId
from actions.domain.ladder import levels_above
from actions.domain.people import Role
from actions.domain.terms import terms_of
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import Verb


async def above_the_silent(ticket: Ticket, uow: UnitOfWork) -> Candidate | None:
    """The next level above the assignee that has somebody here; None at the top."""
    return await _first(ticket, levels_above(ticket.assignee_role), uow)


async def _first(ticket: Ticket, levels: Iterable[Role], uow: UnitOfWork) -> Candidate | None:
    """Somebody who is not away, not the one who has it, passes it on or waits for it."""
    not_to = (ticket.assignee, uow.turn.actor.person_id, await lead_of_whole(ticket, uow))
    for level in levels:
        there = await leads(uow, ticket, (level,), excluding=not_to)
        present = [candidate for candidate in there if not candidate.away]
        if present:
            return present[0]
    return None


async def escalate(
    ticket: Ticket, above: Candidate, uow: UnitOfWork, *, reason_key: str, told_otherwise: bool
) -> None:
    """By the clock. The new owner has an accept clock of their own; what was promised stands."""
    given = _given(ticket, above.person_id, above.role, uow)
    await act_by_rule(
        uow, ticket, Verb.ESCALATE, reason_key=reason_key, told_otherwise=told_otherwise, **given
    )


def _given(ticket: Ticket, person: int, role: Role, uow: UnitOfWork) -> dict[str, Any]:
    rules = uow.rules_of(ticket)
    accept_by = clocks(terms_of(ticket, rules), uow.now, rules)["accept_due_at"]
    return {
        "assignee": person,
        "assignee_role": role.value,
        "accept_due_at": accept_by.isoformat(),
        "was": {"assignee": ticket.assignee, "role": ticket.assignee_role},
    }


async def escalate_ticket(command: EscalateTicket, uow: UnitOfWork) -> None:
    """A lead does not wait for the clock."""
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    held = await require(uow, ticket, Verb.ESCALATE)
    if command.to_me:
        await _take_it(ticket, held, uow)
        return
    levels = set(levels_above(ticket.assignee_role)) & set(levels_above(held))
    above = await _first(ticket, [level for level in levels_above(held) if level in levels], uow)
    if above is None:
        await uow.reply("escalate_nobody", buttons=next_buttons(ticket), ticket_id=ticket.id)
        return
    given = _given(ticket, above.person_id, above.role, uow)
    await act(uow, ticket, Verb.ESCALATE, reason_key="lead_escalates", **given)
    params = {
        "number": values.number(ticket.number),
        "role": values.role(above.role),
        "by": values.moment(ticket.accept_due_at),
    }
    await uow.reply("escalated", params=params, ticket_id=ticket.id)


async def _take_it(ticket: Ticket, held: str, uow: UnitOfWork) -> None:
    """Mine, and accepted in the same breath: those who wait hear once."""
    me = uow.turn.actor.person_id
    if ticket.assignee != me:
        given = _given(ticket, me, Role(held), uow)
        await act(
            uow,
            ticket,
            Verb.ESCALATE,
            reason_key="lead_takes",
            told_otherwise=True,
            taken=True,
            **given,
        )
    await accept_ticket(AcceptTicket(ticket_id=id_of(ticket)), uow)
