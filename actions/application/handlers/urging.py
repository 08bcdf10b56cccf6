"""A resident chases: counted each time, told on in moderation, answered honestly every time."""

from actions.application import values
from actions.application.colleagues import leads
from actions.application.deeds import act, id_of
from actions.application.handlers.late_news import next_word, tell_above, whom_to_call
from actions.application.unit_of_work import UnitOfWork
from actions.domain.category import Urgency
from actions.domain.ladder import Rung, heard_by
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import OFFERED, WITH_ASSIGNEE, Verb
from actions.domain.urging import Reach, reach_of_next


async def urge(ticket: Ticket, uow: UnitOfWork) -> None:
    timeline = await uow.tickets.timeline(id_of(ticket))
    urges = [entry for entry in timeline if entry.verb is Verb.URGE]
    reach = reach_of_next(urges, ticket, uow.now, uow.rules_of(ticket))
    await act(uow, ticket, Verb.URGE, told=reach.worker, lead_told=reach.lead)
    if reach.lead and ticket.status in WITH_ASSIGNEE:
        roles = heard_by(Rung.LEAD, ticket.assignee_role)
        above = await leads(uow, ticket, roles, excluding=(ticket.assignee,)) if roles else []
        await tell_above(ticket, above, "urged_lead", uow)
    await _answer(ticket, reach, uow)


async def _answer(ticket: Ticket, reach: Reach, uow: UnitOfWork) -> None:
    _, due_at = ticket.promise
    await uow.reply(
        _template(ticket, reach, uow),
        params={
            "number": values.number(ticket.number),
            "role": values.role(ticket.assignee_role or "GLD"),
            "due": values.moment(due_at),
            "told": values.moment(reach.told_at),
            "by": values.moment(next_word(ticket, uow)),
            "numbers": whom_to_call(ticket, uow),
        },
        ticket_id=id_of(ticket),
    )


def _template(ticket: Ticket, reach: Reach, uow: UnitOfWork) -> str:
    """Nobody has it; the date is past; it was chased just now; or simply: passed on."""
    _, due_at = ticket.promise
    if ticket.urgency == Urgency.E and ticket.status in OFFERED:
        return "urged_nobody_yet"
    if due_at is not None and due_at <= uow.now:
        return "urged_late"
    if not reach.worker:
        return "urged_again" if due_at else "urged_again_without_date"
    return "urged" if due_at else "urged_without_date"
