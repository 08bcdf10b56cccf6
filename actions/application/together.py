"""Tickets that are merged: whose state they show, and where what is said of them goes."""

from collections.abc import Mapping
from dataclasses import replace

from actions.application import values
from actions.application.notification import Notification
from actions.application.records import OwnTicket
from actions.application.unit_of_work import UnitOfWork
from actions.domain.identifiers import PersonId
from actions.domain.permissions import handles
from actions.domain.sealing import has_other_side
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus


async def leading(ticket: Ticket, uow: UnitOfWork) -> Ticket:
    """The ticket this one is merged into, or itself."""
    if not ticket.master or ticket.status is TicketStatus.WITHDRAWN:
        return ticket
    return await uow.tickets.find(ticket.master) or ticket


def addressed(news: Notification, own: Mapping[PersonId, OwnTicket]) -> Notification:
    """The same news under the number the person knows the matter by."""
    mine = own.get(news.person_id)
    if mine is None:
        return news
    params = {**news.params, "number": values.number(mine.number)}
    return replace(news, ticket_id=mine.id, params=params)


async def is_known_otherwise(ticket: Ticket, uow: UnitOfWork) -> bool:
    """Where there is another side, whoever was merged in knows their own number only."""
    if ticket.id is None or not has_other_side(ticket) or handles(uow.turn.actor, ticket):
        return False
    return uow.turn.actor.person_id in await uow.tickets.own_tickets(ticket.id)
