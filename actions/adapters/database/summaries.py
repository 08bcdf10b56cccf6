"""Short lists of tickets: mine, assigned to me, like this one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.rows import ticket_from_row, unpack_vector
from actions.adapters.database.schema.matters import followers, tickets
from actions.adapters.database.schema.people import role_grants
from actions.adapters.database.together import leading_of
from actions.application.records import TicketSummary
from actions.application.together import end_of_day
from actions.domain.identifiers import PersonId, TicketId
from actions.domain.parts import PART
from actions.domain.placing import code_of
from actions.domain.sealing import is_among_few
from actions.domain.ticket import Ticket, stands_with
from actions.domain.ticket_status import CLOSED, WITH_ASSIGNEE, TicketStatus

_CLOSED = [status.value for status in CLOSED]
_TODO = [status.value for status in WITH_ASSIGNEE]
_NOT_TO_JOIN = [*_CLOSED, TicketStatus.MERGED.value, TicketStatus.RESOLVED.value]
_URGENCY_ORDER = "EUNCDQ"

_urgency_rank = case(
    {letter: rank for rank, letter in enumerate(_URGENCY_ORDER)},
    value=tickets.c.urgency,
    else_=len(_URGENCY_ORDER),
)
#: The promise that matters first where nobody has the ticket yet.
_due = func.coalesce(tickets.c.accept_due_at, tickets.c.contact_due_at, tickets.c.settle_due_at)
_merged = tickets.alias("merged")
_follower_count = (
    select(func.count(followers.c.person_id.distinct()))
    .where(
        followers.c.ticket_id.in_(
            union_all(
                select(tickets.c.id).correlate(tickets),
                select(_merged.c.id)
                .where(_merged.c.master != "", _merged.c.master == tickets.c.number)
                .correlate(tickets),
            )
        ),
        followers.c.left_at.is_(None),
    )
    .correlate(tickets)
    .scalar_subquery()
    .label("follower_count")
)


class Summaries:
    """Bounded lists, each by an index."""

    def __init__(self, conn: AsyncConnection, zone: tzinfo) -> None:
        self._conn = conn
        self._zone = zone

    async def of_person(
        self, person_id: PersonId, *, only_open: bool = False, limit: int = 20
    ) -> Sequence[TicketSummary]:
        """Matters the person raised or joined, the newest first; what is archived is not listed."""
        mine = select(followers.c.ticket_id).where(
            followers.c.person_id == person_id, followers.c.left_at.is_(None)
        )
        kept = tickets.c.status != TicketStatus.ARCHIVED.value
        query = _query(tickets.c.id.in_(mine), kept).order_by(tickets.c.id.desc()).limit(limit)
        if only_open:
            query = query.where(tickets.c.status.not_in(_CLOSED))
        return await self._list(query)

    async def assigned_to(self, person_id: PersonId, *, limit: int = 50) -> Sequence[TicketSummary]:
        """What is with the person, the most urgent first, then by promised date."""
        query = _query(tickets.c.assignee_id == person_id, tickets.c.status.in_(_TODO))
        return await self._most_urgent(query, limit)

    async def unassigned_in(self, areas: Sequence[str], *, limit: int = 50) -> list[TicketSummary]:
        """Filed tickets nobody has, inside the area paths, the most urgent first."""
        if not areas:
            return []
        waiting = tickets.c.status.in_(["triage", "submitted", "returned", "reopened"])
        columns = (tickets.c.area, tickets.c.grid)
        here = or_(*(inside(column, area) for area in areas for column in columns))
        return await self._most_urgent(_query(waiting, here), limit)

    async def held_by(self, person_id: PersonId, *, limit: int = 500) -> Sequence[Ticket]:
        """Every ticket that is with the person, the most pressing first."""
        query = select(tickets).where(
            tickets.c.assignee_id == person_id, tickets.c.status.in_(_TODO)
        )
        rows = await self._conn.execute(query.order_by(_urgency_rank, _due).limit(limit))
        return [ticket_from_row(row) for row in rows.mappings()]

    async def left_behind(self, areas: Sequence[str], *, limit: int = 50) -> Sequence[Ticket]:
        """Tickets inside the area paths with somebody who has no living seat in their role."""
        if not areas:
            return []
        columns = (tickets.c.area, tickets.c.grid)
        query = select(tickets).where(
            left_behind(),
            or_(*(inside(column, area) for area in areas for column in columns)),
        )
        rows = await self._conn.execute(query.order_by(_urgency_rank, _due).limit(limit))
        return [ticket_from_row(row) for row in rows.mappings()]

    async def open_nearby(
        self,
        category: str,
        area: str,
        grid: str,
        *,
        but_of: PersonId | None = None,
        limit: int = 5,
    ) -> Sequence[TicketSummary]:
        """Tickets of the category somebody still waits for, at the same area or else in the grid.

        One's own are not among them, nor what is said to be done, nor what nobody follows.
        """
        near = tickets.c.area == area if area else tickets.c.grid == grid
        query = _query(
            tickets.c.category == category,
            tickets.c.grid == grid if grid else near,
            near,
            tickets.c.status.not_in(_NOT_TO_JOIN),
            tickets.c.privacy.in_(["public", "sealed"]),
            tickets.c.origin != PART,
            _follower_count > 0,
        )
        if but_of is not None:
            query = query.where(tickets.c.reporter_id.is_distinct_from(but_of))
        return await self._list(query.order_by(tickets.c.id.desc()).limit(limit))

    async def parts_of(self, number: str) -> Sequence[Ticket]:
        """What other bodies work on of a ticket, the first given out first."""
        query = select(tickets).where(
            tickets.c.parent != "", tickets.c.parent == number, tickets.c.origin == PART
        )
        rows = await self._conn.execute(query.order_by(tickets.c.id))
        return [ticket_from_row(row) for row in rows.mappings()]

    async def merged_into(self, number: str) -> Sequence[Ticket]:
        """What was merged into a ticket, also what has closed with it since; the oldest first."""
        query = select(tickets).where(tickets.c.master != "", tickets.c.master == number)
        query = query.order_by(tickets.c.id)
        rows = await self._conn.execute(query)
        return [ticket_from_row(row) for row in rows.mappings()]

    async def open_at(self, area: str, *, limit: int = 5) -> Sequence[TicketSummary]:
        """Tickets of any kind somebody waits for at exactly this area, the newest first."""
        query = _query(
            tickets.c.area == area,
            tickets.c.status.not_in(_NOT_TO_JOIN),
            tickets.c.privacy.in_(["public", "sealed"]),
            tickets.c.origin != PART,
        )
        return await self._list(query.order_by(tickets.c.id.desc()).limit(limit))

    async def summary(self, ticket_id: TicketId) -> TicketSummary:
        """One ticket as lists show it; it has to be there."""
        return (await self._list(_query(tickets.c.id == ticket_id)))[0]

    async def _most_urgent(
        self, query: Select[tuple[object, ...]], limit: int
    ) -> list[TicketSummary]:
        """Cut by urgency, so that an emergency never falls off the end; then by the next date."""
        ranked = query.order_by(_urgency_rank, _due, tickets.c.id).limit(limit)
        return sorted(await self._list(ranked), key=by_urgency)

    async def _list(self, query: Select[tuple[object, ...]]) -> list[TicketSummary]:
        rows = (await self._conn.execute(query)).mappings().all()
        leading = await leading_of(self._conn, rows)
        return [self._as_known(row, leading.get(row["master"])) for row in rows]

    def _as_known(self, row: RowMapping, whole: Ticket | None) -> TicketSummary:
        """The minute of a promise would say when somebody else spoke of it."""
        summary = summary_of_row(row, whole)
        if whole is None or summary.due_at is None:
            return summary
        if not is_among_few(whole.category, whole.privacy):
            return summary
        return replace(summary, due_at=end_of_day(summary.due_at, self._zone))


def by_urgency(summary: TicketSummary) -> tuple[int, datetime, TicketId]:
    """The key of a list to work off: urgency, then the date that runs, then age."""
    rank = _URGENCY_ORDER.find(summary.urgency)
    last = len(_URGENCY_ORDER)
    return rank if rank >= 0 else last, summary.due_at or summary.filed_at, summary.id


def left_behind() -> ColumnElement[bool]:
    """With somebody who once had a seat and has none in that role any more."""
    gone = select(role_grants.c.person_id).where(role_grants.c.revoked_at.is_not(None))
    seated = exists().where(
        role_grants.c.person_id == tickets.c.assignee_id,
        role_grants.c.role == tickets.c.assignee_role,
        role_grants.c.revoked_at.is_(None),
    )
    return and_(tickets.c.assignee_id.in_(gone), tickets.c.status.in_(_TODO), ~seated)


def ranked(*conditions: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    """Tickets that fit, the most urgent first, then by the next date; followers are not counted."""
    uncounted = select(tickets, literal(0).label("follower_count")).where(*conditions)
    return uncounted.order_by(_urgency_rank, _due, tickets.c.id)


def inside(column: ColumnElement[str], area: str) -> ColumnElement[bool]:
    """The area itself or anything within it; 44 does not hold 445."""
    return or_(column == area, column.startswith(area + "/", autoescape=True))


def counted(*columns: ColumnElement[Any]) -> Select[Any]:
    """Tickets with how many wait for each, and further columns."""
    return select(tickets, _follower_count, *columns)


def _query(*conditions: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    return select(tickets, _follower_count).where(*conditions)


def summary_of_row(row: RowMapping, leading: Ticket | None) -> TicketSummary:
    """What is merged keeps its number, and stands where the one stands it is merged into."""
    ticket = ticket_from_row(row)
    shown = stands_with(ticket, leading)
    clock, due_at = shown.promise
    return TicketSummary(
        id=TicketId(row["id"]),
        number=ticket.number,
        status=shown.status or "",
        own_status=ticket.status or "",
        category=ticket.category,
        urgency=ticket.urgency,
        summary=ticket.summary,
        area=ticket.area,
        label=row["label"],
        place=code_of(ticket.location),
        filed_at=row["filed_at"],
        updated_at=row["updated_at"],
        due_at=due_at,
        clock=clock,
        assignee_role=shown.assignee_role,
        privacy=ticket.privacy,
        followers=row["follower_count"],
        vector=unpack_vector(row["vector"]),
    )
