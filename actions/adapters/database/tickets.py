"""`SqlTickets`: tickets with their timelines, followers and photos."""

from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

from sqlalchemy import insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.rows import (
    entry_from_row,
    entry_to_row,
    pack_vector,
    ticket_from_row,
    ticket_to_row,
)
from actions.adapters.database.schema.matters import (
    day_counters,
    followers,
    ticket_events,
    ticket_photos,
    tickets,
)
from actions.adapters.database.summaries import Summaries
from actions.domain.errors import NotFound, RaceLost
from actions.domain.identifiers import AttachmentId, PersonId, TicketId
from actions.domain.ticket import Ticket
from actions.domain.ticket_number import ticket_number
from actions.domain.timeline import TimelineEntry


class SqlTickets(Summaries):
    """Writes go through `save`, which refuses when somebody else appended first."""

    def __init__(self, conn: AsyncConnection, now: datetime, zone: tzinfo, rules: str) -> None:
        super().__init__(conn)
        self._now = now
        self._zone = zone
        self._rules = rules

    async def add(self, ticket: Ticket, *, vector: Iterable[float] = ()) -> TicketId:
        values = ticket_to_row(ticket) | {
            "updated_at": self._now,
            "rules_version": self._rules,
            "vector": pack_vector(vector),
        }
        result = await self._conn.execute(insert(tickets).values(values).returning(tickets.c.id))
        ticket.id = TicketId(result.scalar_one())
        await self._append(ticket)
        return ticket.id

    async def get(self, ticket_id: TicketId) -> Ticket:
        return await self._one(tickets.c.id == ticket_id) or _absent()

    async def find(self, number: str) -> Ticket | None:
        return await self._one(tickets.c.number == number)

    async def _one(self, condition: object) -> Ticket | None:
        row = (await self._conn.execute(select(tickets).where(condition))).mappings().first()  # type: ignore[arg-type]
        return ticket_from_row(row) if row else None

    async def save(self, ticket: Ticket) -> None:
        if not ticket.new_entries:
            return
        before = ticket.new_entries[0].seq - 1
        result = await self._conn.execute(
            update(tickets)
            .where(tickets.c.id == ticket.id, tickets.c.version == before)
            .values(ticket_to_row(ticket) | {"updated_at": self._now})
        )
        if result.rowcount != 1:
            raise RaceLost
        await self._append(ticket)

    async def _append(self, ticket: Ticket) -> None:
        if ticket.id is None:
            raise NotFound
        rows = [entry_to_row(entry, ticket.id, ticket.area) for entry in ticket.new_entries]
        ticket.new_entries.clear()
        try:
            await self._conn.execute(insert(ticket_events), rows)
        except IntegrityError as error:
            raise RaceLost from error

    async def timeline(self, ticket_id: TicketId) -> Sequence[TimelineEntry]:
        query = (
            select(ticket_events)
            .where(ticket_events.c.ticket_id == ticket_id)
            .order_by(ticket_events.c.seq)
        )
        return [entry_from_row(row) for row in (await self._conn.execute(query)).mappings()]

    async def next_number(self) -> str:
        """The next number of the community's day; the row lock makes it unique."""
        day = self._now.astimezone(self._zone).date()
        dialect = sqlite if self._conn.dialect.name == "sqlite" else postgresql
        statement = dialect.insert(day_counters).values(day=day.isoformat(), last=1)
        counted = statement.on_conflict_do_update(
            index_elements=["day"], set_={"last": day_counters.c.last + 1}
        ).returning(day_counters.c.last)
        return ticket_number(day, (await self._conn.execute(counted)).scalar_one())

    # -- those who raised it -----------------------------------------------------------------

    async def followers(self, ticket_id: TicketId) -> Sequence[PersonId]:
        """Everyone who raised the matter and has not left, the reporter included."""
        query = (
            select(followers.c.person_id)
            .where(followers.c.ticket_id == ticket_id, followers.c.left_at.is_(None))
            .order_by(followers.c.since)
        )
        return [PersonId(person) for person in (await self._conn.execute(query)).scalars()]

    async def follow(self, ticket_id: TicketId, person_id: PersonId, kind: str) -> bool:
        dialect = sqlite if self._conn.dialect.name == "sqlite" else postgresql
        area = select(tickets.c.area).where(tickets.c.id == ticket_id).scalar_subquery()
        statement = dialect.insert(followers).values(
            ticket_id=ticket_id, person_id=person_id, kind=kind, since=self._now, area=area
        )
        back = statement.on_conflict_do_update(
            index_elements=["ticket_id", "person_id"],
            set_={"left_at": None},
            where=followers.c.left_at.is_not(None),
        ).returning(followers.c.person_id)
        return (await self._conn.execute(back)).first() is not None

    async def unfollow(self, ticket_id: TicketId, person_id: PersonId) -> None:
        await self._conn.execute(
            update(followers)
            .where(followers.c.ticket_id == ticket_id, followers.c.person_id == person_id)
            .values(left_at=self._now)
        )

    # -- photos ------------------------------------------------------------------------------

    async def attach(
        self,
        ticket_id: TicketId,
        attachments: Iterable[AttachmentId],
        purpose: str,
        by: PersonId,
    ) -> None:
        dialect = sqlite if self._conn.dialect.name == "sqlite" else postgresql
        for attachment in attachments:
            statement = dialect.insert(ticket_photos).values(
                ticket_id=ticket_id,
                attachment_id=attachment,
                purpose=purpose,
                by_id=by,
                at=self._now,
            )
            await self._conn.execute(statement.on_conflict_do_nothing())

    async def photos(self, ticket_id: TicketId, purpose: str = "") -> Sequence[AttachmentId]:
        query = (
            select(ticket_photos.c.attachment_id)
            .where(ticket_photos.c.ticket_id == ticket_id)
            .order_by(ticket_photos.c.at, ticket_photos.c.attachment_id)
        )
        if purpose:
            query = query.where(ticket_photos.c.purpose == purpose)
        return [AttachmentId(photo) for photo in (await self._conn.execute(query)).scalars()]


def _absent() -> Ticket:
    raise NotFound
