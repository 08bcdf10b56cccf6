"""News that no change of the ticket brings: the same to everyone who raised it and has not left."""

from typing import Any

from actions.application import values
from actions.application.deeds import id_of
from actions.application.notification import Notification, Purpose
from actions.application.roads import worded
from actions.application.together import addressed
from actions.application.unit_of_work import UnitOfWork
from actions.domain.category import Urgency
from actions.domain.origin import Origin
from actions.domain.permissions import is_kept_away
from actions.domain.ticket import Ticket


async def tell_those_who_wait(
    ticket: Ticket, template: str, params: dict[str, Any], uow: UnitOfWork
) -> None:
    """Each by the number they know; what came on paper goes to whoever typed it in to pass on."""
    template = worded(ticket.category, template)
    if not template:
        return
    own = await uow.tickets.own_tickets(id_of(ticket))
    for person in await uow.tickets.followers(id_of(ticket)):
        if is_kept_away(person, ticket):
            continue
        on_paper = ticket.origin == Origin.PAPER and person == ticket.reporter
        news = Notification(
            person_id=person,
            template="paper_news" if on_paper else template,
            params={"news": values.text(template, **params)} if on_paper else params,
            purpose=Purpose.PUSH,
            ticket_id=id_of(ticket),
            version=ticket.version,
            status_news=True,
            urgent=ticket.urgency == Urgency.E,
        )
        await uow.tell(addressed(news, own))
