"""Tickets that are merged: whose state they show, and where what is said of them goes."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, tzinfo
from typing import Any, Final

from actions.application import values
from actions.application.notification import Notification
from actions.application.records import OwnTicket
from actions.application.unit_of_work import UnitOfWork
from actions.domain.identifiers import PersonId
from actions.domain.permissions import handles
from actions.domain.sealing import has_other_side
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus

_MOMENT: Final = "$moment"
_DAY: Final = len("2026-11-22")
_LAST_MINUTE: Final = time(23, 59)
#: The parameter that holds a day or an hour named by whoever does the work.
_NAMED: Final = "date"


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


def end_of_day(at: datetime, zone: tzinfo) -> datetime:
    """The last minute of its day."""
    return datetime.combine(at.astimezone(zone), _LAST_MINUTE, zone).astimezone(UTC)


def to_the_day(
    params: Mapping[str, Any], zone: tzinfo, promised: Sequence[datetime | None]
) -> dict[str, Any]:
    """Moments as days, but an hour at which somebody said they would come."""
    return {
        name: value if name == _NAMED and not _is_one_of(value, promised) else _by_day(value, zone)
        for name, value in params.items()
    }


def _is_one_of(value: Any, moments: Sequence[datetime | None]) -> bool:
    iso = value.get(_MOMENT, "") if isinstance(value, Mapping) else ""
    return len(iso) > _DAY and datetime.fromisoformat(iso) in moments


def _by_day(value: Any, zone: tzinfo) -> Any:
    if isinstance(value, Mapping):
        iso = value.get(_MOMENT, "")
        if len(iso) > _DAY:
            return {_MOMENT: datetime.fromisoformat(iso).astimezone(zone).date().isoformat()}
        return {name: _by_day(each, zone) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_by_day(each, zone) for each in value]
    return value


async def is_known_otherwise(ticket: Ticket, uow: UnitOfWork) -> bool:
    """Where there is another side, whoever was merged in knows their own number only."""
    if ticket.id is None or not has_other_side(ticket) or handles(uow.turn.actor, ticket):
        return False
    return uow.turn.actor.person_id in await uow.tickets.own_tickets(ticket.id)
