"""`SqlMatters`: lists of tickets and one ticket's record, as one person may see them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.engine import Database
from actions.adapters.database.queues import SqlQueues
from actions.adapters.database.rows import ticket_from_row
from actions.adapters.database.schema.matters import followers, tickets
from actions.adapters.database.schema.messaging import conversations, messages
from actions.adapters.database.tickets import SqlTickets
from actions.application.offers import offers
from actions.application.ports import Clock
from actions.application.records import TicketSummary
from actions.application.ticket_record import Viewer, record_of, viewer_of
from actions.application.web_records import Account, Matter
from actions.domain.community import Community
from actions.domain.identifiers import ConversationId, TicketId
from actions.domain.people import Actor
from actions.domain.sealing import (
    has_other_side,
    is_about_somebody,
    label_for_workers,
    summary_for_workers,
)
from actions.domain.ticket import Ticket

_LISTED = 50


class SqlMatters:
    def __init__(self, database: Database, clock: Clock, community: Community) -> None:
        self._database = database
        self._clock = clock
        self._community = community

    async def mine(self, account: Account) -> Sequence[Matter]:
        async with self._database.read() as conn:
            found = await self._tickets(conn).of_person(account.person_id, limit=_LISTED)
            unread = await _unread(conn, account.conversation_id, found)
            states = await _states(conn, [each.id for each in found])
        me = account.person_id
        return [
            Matter(
                summary=each if states[each.id].reporter == me else _of_another(each),
                unread=each.id in unread,
            )
            for each in found
        ]

    async def todo(self, actor: Actor) -> Sequence[Matter]:
        """The tickets of the same list that the chat shows."""
        async with self._database.read() as conn:
            todo = await SqlQueues(conn, self._clock.now(), self._community).of(actor)
        return [
            Matter(summary=_masked(each.summary), offers=offers(actor, each.ticket), is_worker=True)
            for each in todo.items
        ]

    async def open(self, number: str, account: Account) -> Matter | None:
        async with self._database.read() as conn:
            store = self._tickets(conn)
            ticket = await store.find(number)
            if ticket is None or ticket.id is None:
                return None
            raised = await store.followers(ticket.id)
            viewer = viewer_of(account.actor, ticket, raised)
            if viewer is None or await _is_known_otherwise(store, ticket, viewer, account.actor):
                return None
            since = await _since(conn, ticket, viewer, account.actor)
            entries = await store.timeline(ticket.id)
            summary = await store.summary(ticket.id)
            unread = await _unread(conn, account.conversation_id, [summary])
        return Matter(
            summary=_SEEN[viewer](summary),
            unread=bool(unread),
            offers=offers(account.actor, ticket, raised),
            record=record_of(ticket, entries, account.actor, viewer, since=since),
            is_worker=viewer is Viewer.WORKER,
        )

    def _tickets(self, conn: AsyncConnection) -> SqlTickets:
        return SqlTickets(
            conn, self._clock.now(), self._community.timezone, self._community.version
        )


def _of_another(summary: TicketSummary) -> TicketSummary:
    """Another resident's words about the matter and its place are theirs.

    So is when they spoke, where the other side may be listening.
    """
    bare = replace(summary, summary="", label="")
    about = is_about_somebody(summary.category, summary.privacy)
    return replace(bare, filed_at=summary.updated_at) if about else bare


def _masked(summary: TicketSummary) -> TicketSummary:
    return replace(
        summary,
        summary=summary_for_workers(summary.category, summary.summary, summary.privacy),
        label=label_for_workers(summary.category, summary.label, summary.privacy),
    )


async def _is_known_otherwise(
    store: SqlTickets, ticket: Ticket, viewer: Viewer, actor: Actor
) -> bool:
    """Where there is another side, whoever was merged in knows their own number only."""
    if viewer is not Viewer.FOLLOWER or ticket.id is None or not has_other_side(ticket):
        return False
    return actor.person_id in await store.own_tickets(ticket.id)


async def _since(
    conn: AsyncConnection, ticket: Ticket, viewer: Viewer, actor: Actor
) -> datetime | None:
    """From when on a follower sees the record where there is another side: since they joined."""
    if viewer is not Viewer.FOLLOWER or not has_other_side(ticket):
        return None
    query = select(followers.c.since).where(
        followers.c.ticket_id == ticket.id, followers.c.person_id == actor.person_id
    )
    joined: datetime | None = (await conn.execute(query)).scalar_one_or_none()
    return joined


_SEEN = {
    Viewer.REPORTER: lambda summary: summary,
    Viewer.FOLLOWER: _of_another,
    Viewer.WORKER: _masked,
}


async def _states(conn: AsyncConnection, ids: Iterable[TicketId]) -> dict[TicketId, Ticket]:
    query = select(tickets).where(tickets.c.id.in_(list(ids)))
    rows = (await conn.execute(query)).mappings()
    return {TicketId(row["id"]): ticket_from_row(row) for row in rows}


async def _unread(
    conn: AsyncConnection, conversation_id: ConversationId, listed: Sequence[TicketSummary]
) -> set[TicketId]:
    """Tickets with news the person has not fetched yet."""
    query = (
        select(messages.c.ticket_id)
        .join(conversations, conversations.c.id == messages.c.conversation_id)
        .where(
            messages.c.conversation_id == conversation_id,
            messages.c.seq > conversations.c.last_read_seq,
            messages.c.direction == "out",
            messages.c.ticket_id.in_([each.id for each in listed]),
        )
        .distinct()
    )
    return {TicketId(ticket) for ticket in (await conn.execute(query)).scalars()}
