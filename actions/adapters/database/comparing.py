"""Tickets a new matter may be the same as: at its place or around it, few, by an index."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, exists, or_, select

from actions.adapters.database.schema.matters import followers, tickets
from actions.adapters.database.summaries import Summaries, counted
from actions.application.records import Comparable
from actions.domain.category import FOR_FEW, Privacy
from actions.domain.identifiers import PersonId, TicketId
from actions.domain.parts import PART
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus

_OPEN_LOOKED_AT: Final = 40
_CLOSED_LOOKED_AT: Final = 20
_MINE_LOOKED_AT: Final = 20
#: Nobody comes back to what follows another, was refused, taken back or put away.
_NEVER: Final = [
    each.value
    for each in (
        TicketStatus.DRAFT, TicketStatus.MERGED, TicketStatus.NOT_ACCEPTED,
        TicketStatus.WITHDRAWN, TicketStatus.ARCHIVED,
    )
]  # fmt: skip
_SHARED: Final = [Privacy.PUBLIC.value, Privacy.SEALED.value]


def forgotten(ticket: Ticket) -> dict[str, Any]:
    """What nothing will ever be compared with is not kept to be compared."""
    is_never = ticket.privacy in FOR_FEW or ticket.status is TicketStatus.ARCHIVED
    return {"vector": None, "gist": {}} if is_never else {}


class Comparing(Summaries):
    """Bounded lists of what to compare with."""

    async def comparable(
        self,
        categories: Iterable[str],
        area: str,
        grid: str,
        *,
        of: PersonId,
        closed_since: datetime,
    ) -> Sequence[Comparable]:
        """The person's own first; then of any kind just here; then of the kinds around it."""
        here = tickets.c.area == area
        around = and_(tickets.c.grid == grid, tickets.c.category.in_(sorted(categories)))
        is_open, is_recent = tickets.c.closed_at.is_(None), tickets.c.closed_at >= closed_since
        mine = and_(tickets.c.id.in_(_followed_by(of)), or_(is_open, is_recent))
        found: dict[TicketId, Comparable] = {}
        for place in (here, around) if grid else (here,):
            for condition, order, most in (
                (mine, tickets.c.id, _MINE_LOOKED_AT),
                (is_open, tickets.c.id, _OPEN_LOOKED_AT),
                (is_recent, tickets.c.closed_at, _CLOSED_LOOKED_AT),
            ):
                for each in await self._compared(and_(place, condition), order, most, of):
                    found.setdefault(each.summary.id, each)
        return list(found.values())

    async def _compared(
        self, condition: ColumnElement[bool], order: Any, most: int, of: PersonId
    ) -> list[Comparable]:
        is_mine = exists().where(
            followers.c.ticket_id == tickets.c.id,
            followers.c.person_id == of,
            followers.c.left_at.is_(None),
        )
        query = counted(is_mine.label("is_mine")).where(
            condition,
            tickets.c.status.not_in(_NEVER),
            tickets.c.privacy.in_(_SHARED),
            tickets.c.origin != PART,
        )
        rows = await self._conn.execute(query.order_by(order.desc()).limit(most))
        return [
            Comparable(
                summary=self._as_known(row, None),
                location=row["location"],
                gist=row["gist"],
                is_mine=bool(row["is_mine"]),
                closed_at=row["closed_at"],
            )
            for row in rows.mappings()
        ]


def _followed_by(person: PersonId) -> Any:
    return select(followers.c.ticket_id).where(
        followers.c.person_id == person, followers.c.left_at.is_(None)
    )
