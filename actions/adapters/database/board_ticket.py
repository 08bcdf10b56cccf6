"""`SqlTicketFiles`: one ticket with everything about it that those who settle it may see."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.board_rows import board_rows, names_of
from actions.adapters.database.engine import Database
from actions.adapters.database.schema.matters import ticket_photos
from actions.adapters.database.schema.records import audit
from actions.adapters.database.tickets import SqlTickets
from actions.adapters.database.together import together
from actions.application.commands.working import NoteProgress
from actions.application.notification import Button
from actions.application.offers import offers
from actions.application.ports import Clock
from actions.application.ports_board import TicketFile
from actions.application.ticket_record import Viewer, record_of
from actions.application.transcripts import Look
from actions.application.work_cards import press
from actions.domain.community import Community
from actions.domain.identifiers import AttachmentId, PersonId, TicketId
from actions.domain.people import Actor
from actions.domain.permissions import capacity, handles
from actions.domain.sealing import hides_reporter
from actions.domain.ticket import Ticket
from actions.domain.ticket_number import parse_ticket_number
from actions.domain.ticket_status import Verb
from actions.domain.transcript_rights import (
    OVERSEE_LOOKS,
    may_read_talk,
    may_redact_talk,
    may_unmask_talk,
)

_LOOKS = 30


class SqlTicketFiles:
    def __init__(self, database: Database, clock: Clock, community: Community) -> None:
        self._database = database
        self._clock = clock
        self._community = community

    async def open(self, actor: Actor, number: str) -> TicketFile | None:
        async with self._database.read() as conn:
            store = SqlTickets(
                conn, self._clock.now(), self._community.timezone, self._community.version
            )
            ticket = await store.find(parse_ticket_number(number) or number)
            if ticket is None or ticket.id is None or not handles(actor, ticket):
                return None
            entries = await store.timeline(ticket.id)
            raised = await store.followers(ticket.id)
            rows = await board_rows(conn, actor, [ticket.id], self._clock.now())
            return TicketFile(
                ticket=ticket,
                row=rows[0],
                record=record_of(ticket, entries, actor, Viewer.WORKER),
                offers=_offered(actor, ticket, raised),
                photos=await _photos(conn, ticket, ticket.id),
                merged=[each.number for each in await store.merged_into(ticket.number)],
                parts=[
                    each.number
                    for each in await store.parts_of(ticket.number)
                    if handles(actor, each)
                ],
                may_read_talk=may_read_talk(actor, ticket),
                may_unmask_talk=may_unmask_talk(actor, ticket),
                may_redact_talk=may_redact_talk(actor, ticket),
                looks=await looks_at(conn, actor, f"ticket:{ticket.number}"),
            )


def _offered(actor: Actor, ticket: Ticket, raised: Sequence[PersonId]) -> Sequence[Button]:
    """As in the chat; whoever leads may note something as well, which nobody types there."""
    found = offers(actor, ticket, raised, short=False)
    is_there = any(each.command["do"] == NoteProgress.__name__ for each in found)
    may = ticket.allows(Verb.NOTE) and capacity(actor, Verb.NOTE, ticket, raised) is not None
    if ticket.id is None or is_there or not may:
        return found
    return (*found, press("button_note", NoteProgress(ticket_id=ticket.id)))


async def _photos(
    conn: AsyncConnection, ticket: Ticket, ticket_id: TicketId
) -> Sequence[AttachmentId]:
    """From where a photo was taken tells who took it: what the reporter sent is not among them."""
    query = (
        select(ticket_photos.c.attachment_id)
        .where(ticket_photos.c.ticket_id.in_(together(ticket_id)))
        .order_by(ticket_photos.c.at, ticket_photos.c.attachment_id)
    )
    if hides_reporter(ticket):
        query = query.where(ticket_photos.c.by_id == (ticket.assignee or 0))
    found = (await conn.execute(query)).scalars()
    return [AttachmentId(each) for each in dict.fromkeys(found)]


async def looks_at(conn: AsyncConnection, actor: Actor, about: str) -> Sequence[Look]:
    """Who has looked, the newest first; only for those who oversee that."""
    if not actor.has_role(*OVERSEE_LOOKS):
        return ()
    query = (
        select(audit.c.at, audit.c.action, audit.c.actor_id, audit.c.reason)
        .where(audit.c.object == about)
        .order_by(audit.c.id.desc())
        .limit(_LOOKS)
    )
    rows = (await conn.execute(query)).all()
    names = await names_of(conn, {row.actor_id for row in rows})
    return [
        Look(
            at=row.at,
            action=row.action,
            by=PersonId(row.actor_id),
            name=names.get(row.actor_id, ""),
            reason=row.reason,
        )
        for row in rows
    ]
