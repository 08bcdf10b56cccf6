"""`SqlProposals`: matters before the committee, each with a number of its own."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import Final

from sqlalchemy import insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.counting import next_of
from actions.adapters.database.schema.matters import proposals
from actions.application.records import Proposal
from actions.domain.identifiers import PersonId, TicketId
from actions.domain.ticket_number import proposal_number

_FIRST_PHASE: Final = "idea"


class SqlProposals:
    def __init__(self, conn: AsyncConnection, now: datetime, zone: tzinfo) -> None:
        self._conn = conn
        self._now = now
        self._zone = zone

    async def begin(self, ticket_id: TicketId, area: str, title: str, by: PersonId) -> str:
        day = self._now.astimezone(self._zone).date()
        number = proposal_number(day, await next_of(self._conn, f"p{day:%Y%m%d}"))
        await self._conn.execute(
            insert(proposals).values(
                number=number,
                ticket_id=ticket_id,
                area=area,
                title=title,
                phase=_FIRST_PHASE,
                by_id=by,
                begun_at=self._now,
            )
        )
        return number

    async def end(self, number: str, phase: str) -> None:
        await self._conn.execute(
            update(proposals)
            .where(proposals.c.number == number, proposals.c.ended_at.is_(None))
            .values(phase=phase, ended_at=self._now)
        )

    async def open_in(self, areas: Sequence[str], *, limit: int = 20) -> Sequence[Proposal]:
        if not areas:
            return []
        area = proposals.c.area
        inside = [or_(area == each, area.startswith(each + "/", autoescape=True)) for each in areas]
        query = (
            select(proposals)
            .where(proposals.c.ended_at.is_(None), or_(*inside))
            .order_by(proposals.c.id)
            .limit(limit)
        )
        return [
            Proposal(
                number=row.number,
                ticket_id=None if row.ticket_id is None else TicketId(row.ticket_id),
                title=row.title,
                phase=row.phase,
                begun_at=row.begun_at,
            )
            for row in await self._conn.execute(query)
        ]
