"""`SqlQueues`: what waits for a person, queue by queue, each bounded and by an index."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.proposals import SqlProposals
from actions.adapters.database.rows import ticket_from_row
from actions.adapters.database.schema.matters import callbacks, tickets
from actions.adapters.database.schema.people import invitations
from actions.adapters.database.summaries import inside, ranked, summary_of_row
from actions.application.records import Callback, Invitation
from actions.application.todo import MOST, Besides, Todo, TodoItem, look_for, merged, of_captain
from actions.domain.community import Community
from actions.domain.decision import ABOUT_STAFF, UNCLASSIFIED
from actions.domain.identifiers import ConversationId, PersonId
from actions.domain.ladder import Rung
from actions.domain.people import Actor
from actions.domain.ticket import SUPERVISED_FROM, Ticket
from actions.domain.ticket_status import OPEN, WITH_ASSIGNEE
from actions.domain.todo import OF_TICKETS, Look, Queue, looks_of

_OPEN = sorted(OPEN)
_WITH_ASSIGNEE = sorted(WITH_ASSIGNEE)
_UNDECIDED = ("triage", "submitted", "returned", "reopened")
_BESIDES = 8


class SqlQueues:
    def __init__(self, conn: AsyncConnection, now: datetime, community: Community) -> None:
        self._conn = conn
        self._now = now
        self._community = community

    async def of(self, actor: Actor) -> Todo:
        """The whole list of one person."""
        looks = looks_of(actor)
        found: list[TodoItem] = []
        for look in looks:
            if look.queue in OF_TICKETS:
                found += await self._tickets(look, actor.person_id)
        return Todo(
            items=merged(found, actor),
            besides=await self._besides(looks, actor),
            is_anybodys=bool(looks),
        )

    async def _besides(self, looks: Sequence[Look], actor: Actor) -> Besides:
        proposals = SqlProposals(self._conn, self._now, self._community.timezone)
        return Besides(
            calls=await self._calls(look_for(looks, Queue.CALLS), actor.person_id),
            seats=await self._seats(look_for(looks, Queue.SEATS)),
            looks=await self._looks(look_for(looks, Queue.LOOK), actor.person_id),
            proposals=await proposals.open_in(look_for(looks, Queue.PROPOSALS), limit=_BESIDES),
        )

    async def _tickets(self, look: Look, me: PersonId) -> list[TodoItem]:
        """Cut by urgency, so that an emergency never falls off the end."""
        conditions = [self._waits(look, me)]
        if look.queue is not Queue.MINE:
            conditions.append(_inside(look.areas))
        rows = (await self._conn.execute(ranked(*conditions).limit(MOST))).mappings()
        return [
            TodoItem(
                queue=look.queue,
                summary=summary_of_row(row, None),
                ticket=ticket_from_row(row),
            )
            for row in rows
        ]

    def _waits(self, look: Look, me: PersonId) -> ColumnElement[bool]:
        if look.queue is Queue.MINE:
            return and_(tickets.c.assignee_id == me, tickets.c.status.in_(_WITH_ASSIGNEE))
        if look.queue is Queue.CLIMBED:
            return and_(tickets.c.status.in_(_OPEN), tickets.c.rung >= look.rung)
        return self._of_everybody(look.queue)

    def _of_everybody(self, queue: Queue) -> ColumnElement[bool]:
        """The same whoever looks."""
        status = tickets.c.status
        match queue:
            case Queue.DECIDE:
                nobodys = and_(tickets.c.assignee_id.is_(None), status.in_(_WITH_ASSIGNEE))
                return or_(status.in_(_UNDECIDED), nobodys)
            case Queue.APPROVE:
                return tickets.c.pending > ""
            case Queue.SILENT:
                return self._silent()
            case Queue.SUPERVISED:
                return self._supervised()
            case _:
                unsure = and_(status == "triage", tickets.c.category == UNCLASSIFIED)
                return or_(status == "merged", unsure)

    def _silent(self) -> ColumnElement[bool]:
        """With an outside body, past the day its answer was looked for."""
        long_ago = self._now - self._community.policy.still_working_every
        unasked = and_(tickets.c.review_at.is_(None), tickets.c.updated_at <= long_ago)
        return and_(tickets.c.status == "external", or_(tickets.c.review_at <= self._now, unasked))

    def _supervised(self) -> ColumnElement[bool]:
        """Twice not settled, about the staff themselves, or past what was promised."""
        is_open = tickets.c.status.in_(_OPEN)
        return or_(
            and_(is_open, tickets.c.reopenings >= SUPERVISED_FROM),
            and_(is_open, tickets.c.rung >= Rung.COMMITTEE),
            and_(is_open, tickets.c.category == ABOUT_STAFF),
        )

    async def _looks(self, areas: Sequence[str], me: PersonId) -> list[Ticket]:
        if not areas:
            return []
        query = select(tickets).where(tickets.c.lookers > 0, _inside(areas)).limit(MOST)
        rows = (await self._conn.execute(query)).mappings()
        return of_captain((ticket_from_row(row) for row in rows), me)[:_BESIDES]

    async def _seats(self, areas: Sequence[str]) -> list[Invitation]:
        """Codes somebody used that wait for a second look, the oldest first."""
        if not areas:
            return []
        waits = (
            invitations.c.redeemed_by.is_not(None),
            invitations.c.needs_confirming,
            invitations.c.confirmed_at.is_(None),
            or_(*(inside(invitations.c.area, area) for area in areas)),
        )
        query = select(invitations).where(*waits).order_by(invitations.c.id).limit(_BESIDES)
        return [
            Invitation(
                id=row["id"],
                role=row["role"],
                area=row["area"],
                display_name=row["display_name"],
                expires_at=row["expires_at"],
                redeemed_by=row["redeemed_by"],
                needs_confirming=True,
            )
            for row in (await self._conn.execute(query)).mappings()
        ]

    async def _calls(self, areas: Sequence[str], me: PersonId) -> list[Callback]:
        """Open call-backs nobody else has taken; whose home is unknown is anybody's."""
        if not areas:
            return []
        here = [inside(callbacks.c.area, area) for area in areas]
        query = (
            select(callbacks)
            .where(
                callbacks.c.closed_at.is_(None),
                or_(callbacks.c.taken_by.is_(None), callbacks.c.taken_by == me),
                or_(callbacks.c.area == self._community.root, *here),
            )
            .order_by(callbacks.c.due_at)
            .limit(_BESIDES)
        )
        return [
            Callback(
                id=row["id"],
                person_id=PersonId(row["person_id"]),
                conversation_id=ConversationId(row["conversation_id"]),
                area=row["area"],
                reason=row["reason"],
                due_at=row["due_at"],
                taken_by=row["taken_by"],
            )
            for row in (await self._conn.execute(query)).mappings()
        ]


def _inside(areas: Sequence[str]) -> ColumnElement[bool]:
    columns = (tickets.c.area, tickets.c.grid)
    return or_(*(inside(column, area) for area in areas for column in columns))
