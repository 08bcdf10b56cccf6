"""One message about a ticket to somebody who did not just ask."""

from typing import Any

from actions.application import values
from actions.application.deeds import id_of
from actions.application.notification import Button, Notification, Purpose
from actions.application.together import addressed
from actions.application.unit_of_work import UnitOfWork
from actions.application.work_cards import badge, card_of
from actions.domain.category import Urgency
from actions.domain.identifiers import PersonId
from actions.domain.permissions import is_kept_away
from actions.domain.ticket import Ticket


async def push_work(
    uow: UnitOfWork,
    ticket: Ticket,
    person: PersonId,
    template: str,
    *buttons: Button,
    **params: Any,
) -> None:
    """To somebody who handles it: with the card, which names no reporter."""
    card = await card_of(uow, ticket)
    await uow.tell(_news(ticket, person, template, params, buttons=buttons, card=card))


async def push_raisers(uow: UnitOfWork, ticket: Ticket, template: str, **params: Any) -> None:
    """To everyone who raised it and has not left."""
    own = await uow.tickets.own_tickets(id_of(ticket))
    for person in await uow.tickets.followers(id_of(ticket)):
        if not is_kept_away(person, ticket):
            news = _news(ticket, person, template, params, status_news=True)
            await uow.tell(addressed(news, own))


def _news(
    ticket: Ticket, person: PersonId, template: str, params: dict[str, Any], **more: Any
) -> Notification:
    return Notification(
        person_id=person,
        template=template,
        params={
            "number": values.number(ticket.number),
            "what": values.category(ticket.category),
            "role": badge(ticket),
            **params,
        },
        purpose=Purpose.PUSH,
        ticket_id=id_of(ticket),
        version=ticket.version,
        urgent=ticket.urgency == Urgency.E,
        **more,
    )
