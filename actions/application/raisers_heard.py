"""Who has just heard of it, as whoever caused the news is told: never somebody who has left."""

from typing import Any

from actions.application import values
from actions.application.deeds import id_of
from actions.application.unit_of_work import UnitOfWork
from actions.domain.parts import is_part
from actions.domain.permissions import is_kept_away
from actions.domain.ticket import Ticket


async def raisers_heard(ticket: Ticket, uow: UnitOfWork) -> Any:
    """Those who raised it, or whoever leads the whole of a part, or nobody any more."""
    followers = await uow.tickets.followers(id_of(ticket))
    if all(is_kept_away(person, ticket) for person in followers):
        return values.text("raisers_gone")
    return values.text("raisers_lead" if is_part(ticket) else "raisers_heard")
