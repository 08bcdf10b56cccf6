"""`SqlTicketTalks`: the conversation beside a ticket. The trail says who looked before they see."""

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database import audit as trail_rows
from actions.adapters.database.engine import Database
from actions.adapters.database.outbox import NOTHING_LEFT
from actions.adapters.database.schema.messaging import (
    conversations,
    inbox,
    messages,
    outbox,
    understood,
)
from actions.adapters.database.schema.people import people
from actions.adapters.database.schema.records import audit
from actions.adapters.database.talk_lines import COVERED, lines_of, masking, turns_of
from actions.adapters.database.talk_of_ticket import Told, where_told
from actions.adapters.database.tickets import SqlTickets
from actions.application.ports import Clock
from actions.application.ports_console import Trail
from actions.application.transcripts import (
    LOOKED,
    LOOKED_UNMASKED,
    REDACTED,
    UNMASKED,
    UNMASKED_MINUTES,
    Talk,
)
from actions.domain.community import Community
from actions.domain.errors import NotFound
from actions.domain.people import Actor
from actions.domain.sealing import hides_reporter
from actions.domain.ticket import Ticket
from actions.domain.transcript_rights import may_read_talk, may_redact_talk, may_unmask_talk


class SqlTicketTalks:
    def __init__(
        self, database: Database, clock: Clock, community: Community, trail: Trail
    ) -> None:
        self._database = database
        self._clock = clock
        self._community = community
        self._trail = trail

    async def of_ticket(self, actor: Actor, number: str) -> Talk | None:
        async with self._database.read() as conn:
            ticket, told = await self._found(conn, number)
            if ticket is None or told is None or not may_read_talk(actor, ticket):
                return None
            is_unmasked = may_unmask_talk(actor, ticket) and await _is_unmasked(
                conn, actor, ticket, self._clock.now()
            )
        action = LOOKED_UNMASKED if is_unmasked else LOOKED
        await self._trail.note(action, about(ticket), by=actor.person_id)
        async with self._database.read() as conn:
            return await _talk(conn, ticket, told, is_unmasked=is_unmasked)

    async def unmask(self, actor: Actor, number: str, reason: str) -> None:
        async with self._database.read() as conn:
            ticket, told = await self._found(conn, number)
        if ticket is None or told is None or not may_unmask_talk(actor, ticket):
            raise NotFound
        await self._trail.note(UNMASKED, about(ticket), by=actor.person_id, reason=reason)

    async def redact(self, actor: Actor, number: str, message_id: int, reason: str) -> None:
        async with self._database.write() as conn:
            ticket, told = await self._found(conn, number)
            if ticket is None or told is None or not may_redact_talk(actor, ticket):
                raise NotFound
            query = select(messages).where(
                messages.c.id == message_id,
                messages.c.conversation_id == told.conversation_id,
                messages.c.seq.between(told.first, told.last),
            )
            row = (await conn.execute(query)).mappings().first()
            if row is None:
                raise NotFound
            await _cover(conn, row)
            await trail_rows.append(
                conn,
                at=self._clock.now(),
                actor=actor.person_id,
                action=REDACTED,
                about=about(ticket),
                area=ticket.area,
                reason=reason,
            )
            await conn.commit()
        await self._database.scrub()

    async def _found(self, conn: AsyncConnection, number: str) -> tuple[Ticket | None, Told | None]:
        store = SqlTickets(
            conn, self._clock.now(), self._community.timezone, self._community.version
        )
        ticket = await store.find(number)
        if ticket is None or ticket.id is None:
            return None, None
        return ticket, await where_told(conn, ticket, await store.timeline(ticket.id))


def about(ticket: Ticket) -> str:
    """What the trail calls it."""
    return f"ticket:{ticket.number}"


async def _is_unmasked(conn: AsyncConnection, actor: Actor, ticket: Ticket, now: datetime) -> bool:
    """Whether the person gave a reason a short while ago."""
    query = select(audit.c.id).where(
        audit.c.object == about(ticket),
        audit.c.action == UNMASKED,
        audit.c.actor_id == actor.person_id,
        audit.c.at > now - timedelta(minutes=UNMASKED_MINUTES),
    )
    return (await conn.execute(query.limit(1))).first() is not None


async def _talk(conn: AsyncConnection, ticket: Ticket, told: Told, *, is_unmasked: bool) -> Talk:
    hidden = hides_reporter(ticket)
    masked = masking(hides_home=hidden, is_unmasked=is_unmasked)
    query = lines_of(told.conversation_id, messages.c.seq.between(told.first, told.last))
    who = (
        select(people.c.participant_id, people.c.display_name)
        .join(conversations, conversations.c.person_id == people.c.id)
        .where(conversations.c.id == told.conversation_id)
    )
    person = (await conn.execute(who)).one()
    return Talk(
        conversation_id=told.conversation_id,
        participant="" if hidden and not is_unmasked else person.participant_id,
        name=person.display_name if is_unmasked else "",
        turns=await turns_of(conn, query, masked, told.cause),
        is_unmasked=is_unmasked,
    )


async def _cover(conn: AsyncConnection, row: RowMapping) -> None:
    """The line stays, its words and every copy of them in the conversation go."""
    await conn.execute(
        update(messages).where(messages.c.id == row["id"]).values(text=COVERED, content=None)
    )
    if row["inbox_id"] is not None:
        await conn.execute(
            update(inbox).where(inbox.c.id == row["inbox_id"]).values(payload={"text": COVERED})
        )
        await conn.execute(
            update(understood)
            .where(understood.c.inbox_id == row["inbox_id"])
            .values(parse={}, vector=None)
        )
    if row["outbox_id"] is not None:
        await conn.execute(
            update(outbox)
            .where(outbox.c.id == row["outbox_id"])
            .values(template="erased_message", content=NOTHING_LEFT)
        )
