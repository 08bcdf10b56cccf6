"""By which day a matter was promised to be on the committee's agenda."""

from typing import Any

from actions.application import values
from actions.application.deeds import id_of
from actions.application.unit_of_work import UnitOfWork
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb


async def agenda_by(ticket: Ticket, uow: UnitOfWork) -> Any:
    """None where it is not deliberated, got further already, or the day is over."""
    if ticket.status is not TicketStatus.DELIBERATION:
        return None
    timeline = await uow.tickets.timeline(id_of(ticket))
    steps = [e for e in timeline if e.verb in (Verb.DELIBERATE, Verb.MILESTONE)]
    day = str(steps[-1].data.get("date") or "") if steps else ""
    today = uow.now.astimezone(uow.community.timezone).date().isoformat()
    is_ahead = steps and steps[-1].verb is Verb.DELIBERATE and day >= today
    return values.day(day) if is_ahead else None
