"""`SqlTranscripts`: what was said in a conversation, as its own person reads it."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.engine import Database
from actions.adapters.database.rows import ticket_from_row
from actions.adapters.database.schema.matters import tickets
from actions.adapters.database.schema.messaging import conversations, inbox, messages
from actions.adapters.database.together import leading_of
from actions.application.web_records import Line, TicketBrief
from actions.domain.errors import StoreAway
from actions.domain.identifiers import ConversationId
from actions.domain.permissions import is_kept_away
from actions.domain.ticket import Ticket, stands_with

#: No conversation grows this long; larger numbers would not fit the column.
LAST_SEQ = 2**31 - 1

_cause = inbox.alias("cause")
_asked = messages.alias("asked")


class SqlTranscripts:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def after(self, conversation_id: ConversationId, seq: int, limit: int) -> Sequence[Line]:
        return await self._load(_AFTER, conversation_id, seq, limit)

    async def before(self, conversation_id: ConversationId, seq: int, limit: int) -> Sequence[Line]:
        return (await self._load(_BEFORE, conversation_id, seq, limit))[::-1]

    async def _load(
        self, query: Select[Any], conversation_id: ConversationId, seq: int, limit: int
    ) -> list[Line]:
        given = {"talk": conversation_id, "seq": _fit(seq), "most": limit}
        async with self._database.read() as conn:
            rows = (await conn.execute(query, given)).mappings().all()
            ids = {row["ticket_id"] for row in rows if row["ticket_id"]}
            briefs = await _briefs(conn, conversation_id, ids)
        return [_line(row, briefs) for row in rows]

    async def read_up_to(self, conversation_id: ConversationId, seq: int) -> None:
        mark = {"talk": conversation_id, "last": _fit(seq)}
        async with self._database.read() as conn:
            if (await conn.execute(_BEHIND, mark)).first() is None:
                return
        # A store that takes nothing is still read from.
        with suppress(StoreAway):
            async with self._database.write() as conn:
                await conn.execute(_MARK, mark)
                await conn.commit()

    async def buttons(
        self, conversation_id: ConversationId, message_id: int
    ) -> Sequence[Mapping[str, Any]]:
        query = select(messages.c.content).where(
            messages.c.id == message_id, messages.c.conversation_id == conversation_id
        )
        async with self._database.read() as conn:
            content = (await conn.execute(query)).scalar_one_or_none()
        return (content or {}).get("buttons") or ()


def _fit(seq: int) -> int:
    return max(0, min(seq, LAST_SEQ))


def _lines(condition: ColumnElement[bool]) -> Select[Any]:
    """Messages with the one that caused each, found through the inbox."""
    same_place = and_(
        _asked.c.conversation_id == _cause.c.conversation_id, _asked.c.seq == _cause.c.seq
    )
    same_talk = and_(
        _cause.c.id == messages.c.in_reply_to,
        _cause.c.conversation_id == messages.c.conversation_id,
    )
    return (
        select(messages, inbox.c.external_id, _asked.c.id.label("asked_id"))
        .select_from(messages)
        .outerjoin(inbox, inbox.c.id == messages.c.inbox_id)
        .outerjoin(_cause, same_talk)
        .outerjoin(_asked, same_place)
        .where(messages.c.conversation_id == bindparam("talk"), condition)
    )


_seq = bindparam("seq", type_=messages.c.seq.type)
_most = bindparam("most", type_=messages.c.seq.type)
#: Built once: pages and streams ask them all the time.
_AFTER = _lines(messages.c.seq > _seq).order_by(messages.c.seq).limit(_most)
_BEFORE = _lines(messages.c.seq < _seq).order_by(messages.c.seq.desc()).limit(_most)
_last = bindparam("last", type_=messages.c.seq.type)
_is_behind = and_(
    conversations.c.id == bindparam("talk"),
    conversations.c.last_read_seq < _last,
    conversations.c.next_seq > _last,
)
_BEHIND = select(conversations.c.id).where(_is_behind)
_MARK = update(conversations).where(_is_behind).values(last_read_seq=_last)


async def _briefs(
    conn: AsyncConnection, conversation_id: ConversationId, ids: set[int]
) -> dict[int, TicketBrief]:
    """How the tickets stand now; nothing of one that has become none of the reader's."""
    if not ids:
        return {}
    query = select(tickets).where(tickets.c.id.in_(ids))
    found = (await conn.execute(query)).mappings().all()
    if any(row["recused"] for row in found):
        talk = select(conversations.c.person_id).where(conversations.c.id == conversation_id)
        reader = (await conn.execute(talk)).scalar_one_or_none()
        found = [row for row in found if not is_kept_away(reader, ticket_from_row(row))]
    leading = await leading_of(conn, found)
    return {row["id"]: _brief(row, leading.get(row["master"])) for row in found}


def _brief(row: RowMapping, leading: Ticket | None) -> TicketBrief:
    ticket = ticket_from_row(row)
    shown = stands_with(ticket, leading)
    _, due_at = shown.promise
    return TicketBrief(
        number=ticket.number,
        status=ticket.status or "",
        category=ticket.category,
        due_at=due_at,
        role=shown.assignee_role,
    )


def _line(row: RowMapping, briefs: Mapping[int, TicketBrief]) -> Line:
    _, scoped, client_msg_id = (row["external_id"] or "").partition(":")
    return Line(
        id=row["id"],
        seq=row["seq"],
        direction=row["direction"],
        kind=row["kind"],
        text=row["text"],
        content=row["content"] or {},
        at=row["at"],
        client_msg_id=client_msg_id if scoped else None,
        in_reply_to=row["asked_id"],
        ticket=briefs.get(row["ticket_id"]) if row["ticket_id"] else None,
    )
