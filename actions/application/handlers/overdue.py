"""Silence, broken: a question nobody has read, and a matter of which nothing was heard for long."""

from datetime import timedelta

from actions.application import values
from actions.application.colleagues import leads
from actions.application.commands.base import Command
from actions.application.commands.timed import TellStillWorking, TellUnread
from actions.application.commands.working import MessageReporter, ShowRecord
from actions.application.deeds import id_of
from actions.application.handlers.late_news import tell_above, tell_one, tell_worker
from actions.application.handlers.to_those_who_wait import tell_those_who_wait
from actions.application.outside import body_named
from actions.application.routing import Handler
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import badge, press
from actions.domain.identifiers import TicketId
from actions.domain.ladder import next_rung
from actions.domain.road import UNHURRIED, road_of
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import UNDECIDED, WITH_ASSIGNEE, TicketStatus, Verb


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
    await tell_one(ticket, asked[-1], "question_unread", (button,), uow)


async def tell_still_working(command: TellStillWorking, uow: UnitOfWork) -> None:
    """No ticket without a next message: a late one is said to be late, with the next date."""
    ticket = await uow.tickets.get(TicketId(command.ticket_id))
    if not ticket.is_open:
        return
    await uow.tickets.spoken_of(id_of(ticket))
    if road_of(ticket.category) in UNHURRIED:
        # Nobody waits for a date: only whoever should pass it on is reminded.
        await tell_worker(ticket, "praise_waits", uow)
        return
    _, due_at = ticket.promise
    waits = _WAITING.get(ticket.status) if ticket.status else None
    is_late = waits is None and (due_at is None or due_at <= uow.now)
    late = "push_still_undecided" if ticket.status in UNDECIDED else "push_still_late"
    template = waits or (late if is_late else "push_still_working")
    params = {
        "number": values.number(ticket.number),
        "what": values.category(ticket.category),
        "role": badge(ticket),
        "due": values.moment(due_at),
        "by": values.moment(uow.now + _every(ticket, uow)),
        "review": values.moment(ticket.review_at),
        "body": body_named(ticket.body, uow.rules_of(ticket)),
    }
    await tell_those_who_wait(ticket, template, params, uow)
    if is_late and next_rung(ticket, uow.rules_of(ticket)) is None:
        await _remind(ticket, uow)


#: What waits for somebody else is not late: no date is owed meanwhile.
_WAITING = {
    TicketStatus.DELIBERATION: "push_still_deliberated",
    TicketStatus.ON_HOLD: "push_still_on_hold",
    TicketStatus.EXTERNAL: "push_still_external",
}


def _every(ticket: Ticket, uow: UnitOfWork) -> timedelta:
    """After how long they hear again at the latest."""
    policy = uow.rules_of(ticket).policy
    if ticket.status is TicketStatus.DELIBERATION:
        return policy.deliberation_update_every
    return policy.still_working_every


async def _remind(ticket: Ticket, uow: UnitOfWork) -> None:
    """The ladder is at its end: whoever has it, else a lead, is not left in peace."""
    if ticket.assignee is not None and ticket.status in WITH_ASSIGNEE:
        await tell_worker(ticket, "late_again", uow)
    elif ticket.status is not TicketStatus.DELIBERATION:
        await tell_above(ticket, await leads(uow, ticket), "late_again_lead", uow)


HANDLERS: dict[type[Command], Handler] = {
    TellUnread: tell_unread,
    TellStillWorking: tell_still_working,
}
