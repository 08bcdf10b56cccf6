"""`SqlTickets`: tickets with their timelines, followers and photos."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.comparing import Comparing, forgotten
from actions.adapters.database.counting import next_of
from actions.adapters.database.rows import (
    entry_from_row,
    entry_to_row,
    pack_vector,
    plain,
    ticket_from_row,
    ticket_to_row,
)
from actions.adapters.database.schema.matters import (
    followers,
    ticket_events,
    ticket_photos,
    tickets,
)
from actions.adapters.database.ticket_grams import changes_words, keep_words
from actions.adapters.database.together import together, who_waits
from actions.application.records import OwnTicket
from actions.domain.errors import NotFound, RaceLost
from actions.domain.identifiers import AttachmentId, PersonId, TicketId
from actions.domain.ticket import Ticket
from actions.domain.ticket_number import ticket_number
from actions.domain.ticket_status import UNHEARD
from actions.domain.timeline import TimelineEntry


class SqlTickets(Comparing):
    """Writes go through `save`, which refuses when somebody else appended first.

    `rung_at` tells when a ticket reaches its next rung of the ladder: whatever is kept knows it.
    Who only reads has no use for it.
    """

    def __init__(
        self,
        conn: AsyncConnection,
        now: datetime,
        zone: tzinfo,
        rules: str,
        rung_at: Callable[[Ticket], datetime | None] = lambda _: None,
    ) -> None:
        super().__init__(conn, zone)
        self._now = now
        self._rules = rules
        self._rung_at = rung_at

    async def add(
        self, ticket: Ticket, *, vector: Iterable[float] = (), gist: Mapping[str, Any] | None = None
    ) -> TicketId:
        ticket.next_rung_at = self._rung_at(ticket)
        ticket.rules = ticket.rules or self._rules
        values = ticket_to_row(ticket) | {
            "updated_at": self._now,
            "last_word_at": self._now,
            "rules_version": ticket.rules,
            "vector": pack_vector(vector),
            "gist": plain(gist or {}),
            **forgotten(ticket),
        }
        result = await self._conn.execute(insert(tickets).values(values).returning(tickets.c.id))
        ticket.id = TicketId(result.scalar_one())
        await keep_words(self._conn, ticket, is_new=True)
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
        ticket.next_rung_at = self._rung_at(ticket)
        # What nobody who waits hears of does not shorten their wait for news.
        is_news = any(entry.verb not in UNHEARD for entry in ticket.new_entries)
        result = await self._conn.execute(
            update(tickets)
            .where(tickets.c.id == ticket.id, tickets.c.version == before, *_as_loaded(ticket))
            .values(ticket_to_row(ticket) | (self._news() if is_news else {}) | forgotten(ticket))
        )
        if result.rowcount != 1:
            raise RaceLost
        if changes_words(ticket.new_entries):
            await keep_words(self._conn, ticket)
        await self._append(ticket)

    def _news(self) -> dict[str, datetime]:
        return {"updated_at": self._now, "last_word_at": self._now}

    async def spoken_of(self, ticket_id: TicketId) -> None:
        """Those who wait have had a word now, though nothing has changed."""
        word = update(tickets).where(tickets.c.id == ticket_id)
        await self._conn.execute(word.values(last_word_at=self._now))

    async def look_again(self, ticket: Ticket) -> None:
        """Nothing was due after all: keep when the next rung is."""
        statement = update(tickets).where(
            tickets.c.id == ticket.id, tickets.c.version == ticket.version
        )
        await self._conn.execute(statement.values(next_rung_at=self._rung_at(ticket)))

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
        """The next number of the community's day."""
        day = self._now.astimezone(self._zone).date()
        return ticket_number(day, await next_of(self._conn, day.isoformat()))

    # -- those who raised it -----------------------------------------------------------------

    async def followers(self, ticket_id: TicketId) -> Sequence[PersonId]:
        """Everyone who raised the matter and has not left, each once, the longest-standing first.

        Whoever raised a ticket that is merged into this one waits for this one.
        """
        return await who_waits(self._conn, ticket_id)

    async def own_tickets(self, ticket_id: TicketId) -> Mapping[PersonId, OwnTicket]:
        """The ticket of their own of those who wait for this one through a merged one only."""
        query = (
            select(followers.c.ticket_id, followers.c.person_id, tickets.c.number,
                   tickets.c.reporter_id)
            .join(tickets, tickets.c.id == followers.c.ticket_id)
            .where(followers.c.ticket_id.in_(together(ticket_id)), followers.c.left_at.is_(None))
            .order_by(followers.c.since.desc())
        )  # fmt: skip
        rows = (await self._conn.execute(query)).all()
        here = {row.person_id for row in rows if row.ticket_id == ticket_id}
        return {
            PersonId(row.person_id): OwnTicket(
                id=TicketId(row.ticket_id),
                number=row.number,
                is_reporter=row.reporter_id == row.person_id,
            )
            for row in rows
            if row.person_id not in here
        }

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
            .where(
                followers.c.ticket_id.in_(together(ticket_id)),
                followers.c.person_id == person_id,
                followers.c.left_at.is_(None),
            )
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
        """Those of the ticket and of what is merged into it, the oldest first."""
        query = (
            select(ticket_photos.c.attachment_id)
            .where(ticket_photos.c.ticket_id.in_(together(ticket_id)))
            .group_by(ticket_photos.c.attachment_id)
            .order_by(func.min(ticket_photos.c.at), ticket_photos.c.attachment_id)
        )
        if purpose:
            query = query.where(ticket_photos.c.purpose == purpose)
        return [AttachmentId(photo) for photo in (await self._conn.execute(query)).scalars()]


def _as_loaded(ticket: Ticket) -> list[ColumnElement[bool]]:
    """Nobody has become somebody else since, unless an entry names another anyhow."""
    named = {name for entry in ticket.new_entries for name in entry.data}
    found = []
    if "reporter" not in named:
        found.append(tickets.c.reporter_id.is_not_distinct_from(ticket.reporter))
    if "assignee" not in named:
        found.append(tickets.c.assignee_id.is_not_distinct_from(ticket.assignee))
    return found


def _absent() -> Ticket:
    raise NotFound
