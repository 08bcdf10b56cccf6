"""A ticket together with those merged into it: one matter to everyone who waits for it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import tzinfo
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    CompoundSelect,
    Select,
    bindparam,
    exists,
    func,
    literal,
    or_,
    select,
)
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


def together(ticket_id: TicketId | BindParameter[int]) -> CompoundSelect[Any]:
    """Ids of the ticket and of those merged into it, also once they have closed with it."""
    given = ticket_id if isinstance(ticket_id, BindParameter) else literal(ticket_id, BigId)
    number = select(_MINE.c.number).where(_MINE.c.id == given).scalar_subquery()
    merged = select(tickets.c.id).where(tickets.c.master != "", tickets.c.master == number)
    return select(given.label("id")).union_all(merged)


async def who_waits(conn: AsyncConnection, ticket_id: TicketId) -> list[PersonId]:
    """People who have not left, each once, the longest-standing first."""
    found = await conn.execute(_WHO_WAITS, {"whole": ticket_id})
    return [PersonId(person) for person in found.scalars()]


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
    asked = {"reader": news.person_id, "code": code, "about": news.ticket_id}
    mine = (await conn.execute(_MERGED_ONE, asked)).mappings().first()
    if mine is None:
        return news
    params = dict(news.params)
    if is_among_few(mine["category"], mine["privacy"]):
        params = to_the_day(params, zone, [mine[name] for name in _PROMISED])
    if code == mine["master"]:
        params["number"] = values.number(mine["number"])
    ticket_id = TicketId(mine["id"]) if news.ticket_id == mine["whole"] else news.ticket_id
    return replace(news, ticket_id=ticket_id, params=params)


def _merged_one() -> Select[Any]:
    """The ticket the `reader` waits through, unless they wait for the whole itself."""
    person, code, ticket_id = (
        bindparam("reader", type_=BigId),
        bindparam("code", type_=tickets.c.number.type),
        bindparam("about", type_=BigId),
    )
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


#: Built once: they are costly, and every news asks them.
_MERGED_ONE = _merged_one()
_WHO_WAITS = (
    select(followers.c.person_id)
    .where(
        followers.c.ticket_id.in_(together(bindparam("whole", type_=BigId))),
        followers.c.left_at.is_(None),
    )
    .group_by(followers.c.person_id)
    .order_by(func.min(followers.c.since), followers.c.person_id)
)
