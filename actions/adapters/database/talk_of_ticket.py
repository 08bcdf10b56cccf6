"""Where in which conversation a ticket was told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.rows import draft_from_row
from actions.adapters.database.schema.matters import drafts
from actions.adapters.database.schema.messaging import conversations, messages
from actions.domain.amending import draft_of
from actions.domain.correction import arrival_of
from actions.domain.identifiers import ConversationId, InboxId
from actions.domain.parts import is_part
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import Verb
from actions.domain.timeline import TimelineEntry

_ARRIVAL: Final = re.compile(r"inbox:(\d+)")
#: So much is shown before the first words and after the last, and of a talk that took long.
_AROUND: Final = 3
_LONGEST: Final = 60


@dataclass(frozen=True, kw_only=True)
class Told:
    """Lines `first` to `last` of a conversation; `cause` is the message it began with."""

    conversation_id: ConversationId
    first: int
    last: int
    cause: InboxId | None = None


async def where_told(
    conn: AsyncConnection, ticket: Ticket, timeline: Sequence[TimelineEntry]
) -> Told | None:
    """None where no conversation led to it, or it has been forgotten."""
    if is_part(ticket) or ticket.reporter is None:
        return None
    began = await _begun_by(conn, timeline)
    filed = await _line_of(conn, _filed_by(timeline))
    first = await _line_of(conn, began)
    anchor = filed or first or await _line_at(conn, ticket.reporter, ticket.filed_at)
    if anchor is None:
        return None
    conversation_id, last = anchor
    start = first[1] if first and first[0] == conversation_id else last - _AROUND
    return Told(
        conversation_id=conversation_id,
        first=max(start - _AROUND, last - _LONGEST),
        last=last + _AROUND,
        cause=began or _filed_by(timeline),
    )


def _filed_by(timeline: Sequence[TimelineEntry]) -> InboxId | None:
    found = (_ARRIVAL.match(each.cause) for each in timeline if each.verb is Verb.SUBMIT)
    return next((InboxId(int(match[1])) for match in found if match), None)


async def _begun_by(conn: AsyncConnection, timeline: Sequence[TimelineEntry]) -> InboxId | None:
    number = draft_of(timeline)
    query = select(drafts).where(drafts.c.id == number)
    row = (await conn.execute(query)).mappings().first() if number is not None else None
    return arrival_of(draft_from_row(row)) if row is not None else None


async def _line_of(
    conn: AsyncConnection, inbox_id: InboxId | None
) -> tuple[ConversationId, int] | None:
    if inbox_id is None:
        return None
    query = select(messages.c.conversation_id, messages.c.seq).where(
        messages.c.inbox_id == inbox_id
    )
    row = (await conn.execute(query.limit(1))).first()
    return (ConversationId(row.conversation_id), row.seq) if row else None


async def _line_at(
    conn: AsyncConnection, person_id: int, at: datetime | None
) -> tuple[ConversationId, int] | None:
    """The last line before that moment, where nothing else tells."""
    talk = select(conversations.c.id).where(conversations.c.person_id == person_id)
    conversation_id = (await conn.execute(talk)).scalar_one_or_none()
    if conversation_id is None:
        return None
    query = select(func.max(messages.c.seq)).where(
        messages.c.conversation_id == conversation_id, messages.c.at <= at
    )
    last = (await conn.execute(query)).scalar_one_or_none()
    return None if last is None else (ConversationId(conversation_id), last)
