"""A ticket together with those merged into it: one matter to everyone who waits for it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import tzinfo
from typing import Any, Final

from sqlalchemy import CompoundSelect, Select, exists, func, literal, or_, select
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.rows import ticket_from_row
from actions.adapters.database.schema.base import BigId
from actions.adapters.database.schema.matters import followers, tickets
from actions.application import values
from actions.application.for_work import is_for_work
from actions.application.notification import Notification
from actions.application.together import to_the_day
from actions.domain.identifiers import PersonId, TicketId
from actions.domain.sealing import is_among_few
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus

#: Dates that follow from when the matter was told.
_PROMISED: Final = ("accept_due_at", "contact_due_at", "settle_due_at")
#: Made once: these queries are asked many times in every turn.
_MINE, _WHOLE, _WAITS = tickets.alias("mine"), tickets.alias("whole"), followers.alias("waits")


def together(ticket_id: TicketId) -> CompoundSelect[Any]:
    """Ids of the ticket and of those merged into it, also once they have closed with it."""
    number = select(_MINE.c.number).where(_MINE.c.id == ticket_id).scalar_subquery()
    merged = select(tickets.c.id).where(tickets.c.master != "", tickets.c.master == number)
    return select(literal(ticket_id, BigId).label("id")).union_all(merged)


def who_waits(ticket_id: TicketId) -> Select[Any]:
    """People who have not left, each once, the longest-standing first."""
    return (
        select(followers.c.person_id)
        .where(followers.c.ticket_id.in_(together(ticket_id)), followers.c.left_at.is_(None))
        .group_by(followers.c.person_id)
        .order_by(func.min(followers.c.since), followers.c.person_id)
    )


async def leading_of(conn: AsyncConnection, rows: Iterable[RowMapping]) -> dict[str, Ticket]:
    """The tickets that rows of `tickets` are merged into, by number."""
    numbers = {row["master"] for row in rows} - {""}
    if not numbers:
        return {}
    query = select(tickets).where(tickets.c.number.in_(numbers))
    found = (await conn.execute(query)).mappings()
    return {row["number"]: ticket_from_row(row) for row in found}


async def as_known(conn: AsyncConnection, news: Notification, zone: tzinfo) -> Notification:
    """The news under the number of their own, to who waits for the matter through a merged one.

    Under which number, and so on which day, somebody else spoke of it is not theirs to know; nor
    at which minute, where there is another side: a promised date lies whole hours after it.
    """
    number = news.params.get("number")
    code = str(number.get("$number", "")) if isinstance(number, Mapping) else ""
    if is_for_work(news.template) or not (code or news.ticket_id):
        return news
    query = _merged_one_of(news.person_id, code, news.ticket_id)
    mine = (await conn.execute(query)).mappings().first()
    if mine is None:
        return news
    params = dict(news.params)
    if is_among_few(mine["category"], mine["privacy"]):
        params = to_the_day(params, zone, [mine[name] for name in _PROMISED])
    if code == mine["master"]:
        params["number"] = values.number(mine["number"])
    ticket_id = TicketId(mine["id"]) if news.ticket_id == mine["whole"] else news.ticket_id
    return replace(news, ticket_id=ticket_id, params=params)


def _merged_one_of(person: PersonId, code: str, ticket_id: TicketId | None) -> Select[Any]:
    """The ticket the person waits through, unless they wait for the whole itself."""
    directly = exists().where(
        _WAITS.c.ticket_id == _WHOLE.c.id,
        _WAITS.c.person_id == person,
        _WAITS.c.left_at.is_(None),
    )
    return (
        select(
            tickets.c.id,
            tickets.c.number,
            tickets.c.master,
            _WHOLE.c.id.label("whole"),
            *(_WHOLE.c[name] for name in ("category", "privacy", *_PROMISED)),
        )
        .join(_WHOLE, _WHOLE.c.number == tickets.c.master)
        .join(followers, followers.c.ticket_id == tickets.c.id)
        .where(
            or_(
                _WHOLE.c.number == code,
                _WHOLE.c.id == ticket_id,
                tickets.c.number == code,
                tickets.c.id == ticket_id,
            ),
            tickets.c.master != "",
            tickets.c.status != TicketStatus.WITHDRAWN.value,
            followers.c.person_id == person,
            followers.c.left_at.is_(None),
            ~directly,
        )
        .order_by(tickets.c.id)
        .limit(1)
    )
