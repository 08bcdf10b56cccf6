"""Promises that were not kept, told once to those who can still keep them, and to the residents."""

from datetime import datetime

from actions.application import values
from actions.application.colleagues import leads, rulers_of
from actions.application.commands.base import Command
from actions.application.commands.timed import (
    TellOverdue,
    TellStillWorking,
    TellUndecided,
    TellUnread,
)
from actions.application.commands.working import MessageReporter, ShowRecord, TransferTicket
from actions.application.deeds import id_of
from actions.application.handlers.dispatch import dispatch_ticket
from actions.application.notification import Button, Notification, Purpose
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import (
    badge,
    card_of,
    hand_to_buttons,
    next_buttons,
    press,
    shown_role,
)
from actions.domain.category import Urgency
from actions.domain.identifiers import PersonId, TicketId
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import WITH_ASSIGNEE, TicketStatus, Verb


async def tell_unread(command: TellUnread, uow: UnitOfWork) -> None:
    """The reporter has not seen the question: whoever asked is to reach them another way."""
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    if ticket.status is not TicketStatus.NEEDS_INFO:
        return
    timeline = await uow.tickets.timeline(id_of(ticket))
    asked = [entry.actor for entry in timeline if entry.verb is Verb.ASK]
    number = id_of(ticket)
    again = press("button_message_reporter", MessageReporter(ticket_id=number))
    record = press("button_record", ShowRecord(ticket_id=number))
    button = again if asked[-1] == ticket.assignee else record
    await _tell(ticket, asked[-1], "question_unread", uow, button)


async def tell_overdue(command: TellOverdue, uow: UnitOfWork) -> None:
    """A promise was not kept: the one who has it and the next level hear of it, once each.

    A ticket that still waits for a word of its reporter waits no longer.
    """
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    due_at = _date_of(ticket, command.clock)
    if due_at is None or due_at > uow.now:
        return
    if ticket.status is TicketStatus.SUBMITTED:
        await dispatch_ticket(ticket, uow)
        return
    await _tell_late(ticket, command.clock, uow)


async def tell_undecided(command: TellUndecided, uow: UnitOfWork) -> None:
    """Nobody said in time who gets it: the level above hears of it."""
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    if ticket.status not in _UNDECIDED:
        return
    above = rulers_of(ticket, uow.rules_of(ticket))[::-1]
    roles = above if ticket.status is TicketStatus.RETURNED else (Role.CMT, Role.DSP, Role.GLD)
    buttons = await _lead_buttons(ticket, uow)
    for lead in await leads(uow, ticket, roles):
        await _tell(ticket, lead.person_id, "undecided_lead", uow, *buttons)


_UNDECIDED = frozenset({TicketStatus.TRIAGE, TicketStatus.RETURNED, TicketStatus.REOPENED})


async def _tell_late(ticket: Ticket, clock: str, uow: UnitOfWork) -> None:
    assignee = ticket.assignee if ticket.status in WITH_ASSIGNEE else None
    if assignee is not None:
        await _tell(ticket, assignee, f"overdue_{clock}", uow, *next_buttons(ticket))
    buttons = await _lead_buttons(ticket, uow)
    for lead in await leads(uow, ticket, excluding=(assignee,)):
        await _tell(ticket, lead.person_id, f"overdue_{clock}_lead", uow, *buttons)


def _date_of(ticket: Ticket, clock: str) -> datetime | None:
    """The date of a clock that still runs, None when it was kept or stands still."""
    if not ticket.is_open or ticket.status in _CLOCKLESS:
        return None
    offered = ticket.status in (TicketStatus.DISPATCHED, TicketStatus.TRANSFERRED)
    match clock:
        case "accept":
            return ticket.accept_due_at if offered else None
        case "contact":
            return ticket.contact_due_at if ticket.contacted_at is None else None
        case _:
            return ticket.settle_due_at


_CLOCKLESS = frozenset(
    {
        TicketStatus.NEEDS_INFO, TicketStatus.ON_HOLD, TicketStatus.MERGED, TicketStatus.EXTERNAL,
        TicketStatus.DELIBERATION, TicketStatus.RESOLVED,
    }
)  # fmt: skip


async def _lead_buttons(ticket: Ticket, uow: UnitOfWork) -> tuple[Button, ...]:
    number = id_of(ticket)
    record = press("button_record", ShowRecord(ticket_id=number))
    if ticket.allows(Verb.TRANSFER):
        return (press("button_transfer", TransferTicket(ticket_id=number), "primary"), record)
    return (*await hand_to_buttons(uow, ticket, (), more=True), record)


async def _tell(
    ticket: Ticket, person: PersonId, template: str, uow: UnitOfWork, *buttons: Button
) -> None:
    await uow.tell(
        Notification(
            person_id=person,
            template=template,
            params={
                "number": values.number(ticket.number),
                "role": values.role(shown_role(ticket, "") or "GLD"),
                "accept": values.moment(ticket.accept_due_at),
                "contact": values.moment(ticket.contact_due_at),
                "settle": values.moment(ticket.settle_due_at),
            },
            card=await card_of(uow, ticket),
            buttons=buttons,
            purpose=Purpose.PUSH,
            ticket_id=id_of(ticket),
            version=ticket.version,
            urgent=ticket.urgency == Urgency.E,
        )
    )


async def tell_still_working(command: TellStillWorking, uow: UnitOfWork) -> None:
    """No ticket without a next message: a late one is said to be late, with the next date."""
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    if not ticket.is_open:
        return
    _, due_at = ticket.promise
    is_late = due_at is None or due_at <= uow.now
    for person in await uow.tickets.followers(id_of(ticket)):
        await uow.tell(
            Notification(
                person_id=person,
                template="push_still_late" if is_late else "push_still_working",
                params={
                    "number": values.number(ticket.number),
                    "what": values.category(ticket.category),
                    "role": badge(ticket),
                    "due": values.moment(due_at),
                    "by": values.moment(uow.now + uow.community.policy.still_working_every),
                },
                purpose=Purpose.PUSH,
                ticket_id=id_of(ticket),
                version=ticket.version,
                status_news=True,
            )
        )


HANDLERS: dict[type[Command], Handler] = {
    TellUnread: tell_unread,
    TellOverdue: tell_overdue,
    TellUndecided: tell_undecided,
    TellStillWorking: tell_still_working,
}
