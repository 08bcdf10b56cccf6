"""`SqlConversations`: who is talked to where, leases with fencing, call-backs."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.schema.matters import callbacks
from actions.adapters.database.schema.messaging import conversations, messages
from actions.application.records import Callback, Conversation
from actions.domain.errors import NotFound, StaleLease
from actions.domain.identifiers import ConversationId, PersonId, TicketId

#: The channel of conversations nobody has any more.
ERASED = "erased"
#: The channel of conversations that became part of another: `account` is its number.
MERGED = "merged"


class SqlConversations:
    def __init__(self, conn: AsyncConnection, now: datetime) -> None:
        self._conn = conn
        self._now = now

    async def get(self, conversation_id: ConversationId) -> Conversation:
        found = await self._conn.execute(_BY_ID, {"talk": conversation_id})
        row = found.mappings().first()
        if row is None:
            raise NotFound
        return _conversation(row)

    async def of_person(self, person_id: PersonId) -> Conversation | None:
        query = select(conversations).where(conversations.c.person_id == person_id)
        row = (await self._conn.execute(query)).mappings().first()
        return _conversation(row) if row else None

    async def fence(self, conversation_id: ConversationId, token: int) -> None:
        await fence(self._conn, conversation_id, token)

    async def set_awaiting(
        self, conversation_id: ConversationId, awaiting: Mapping[str, Any] | None
    ) -> None:
        await self._set(conversation_id, awaiting=awaiting)

    async def set_focus(self, conversation_id: ConversationId, ticket_id: TicketId | None) -> None:
        await self._set(conversation_id, focus_ticket_id=ticket_id, focus_at=self._now)

    async def _set(self, conversation_id: ConversationId, **values: Any) -> None:
        await self._conn.execute(_CHANGE, {"talk": conversation_id, **values})

    async def add_callback(self, callback: Callback) -> int:
        values = _callback_row(callback) | {"created_at": self._now}
        result = await self._conn.execute(
            insert(callbacks).values(values).returning(callbacks.c.id)
        )
        callback.id = int(result.scalar_one())
        return callback.id

    async def callback(self, callback_id: int) -> Callback:
        query = select(callbacks).where(callbacks.c.id == callback_id)
        row = (await self._conn.execute(query)).mappings().first()
        if row is None:
            raise NotFound
        return _callback(row)

    async def open_callback_of(self, person_id: PersonId) -> Callback | None:
        query = (
            select(callbacks)
            .where(callbacks.c.person_id == person_id, callbacks.c.closed_at.is_(None))
            .order_by(callbacks.c.id.desc())
            .limit(1)
        )
        row = (await self._conn.execute(query)).mappings().first()
        return _callback(row) if row else None

    async def take_callback(self, callback_id: int, by: PersonId) -> bool:
        result = await self._conn.execute(
            update(callbacks)
            .where(
                callbacks.c.id == callback_id,
                callbacks.c.taken_by.is_(None),
                callbacks.c.closed_at.is_(None),
            )
            .values(taken_by=by)
        )
        return bool(result.rowcount == 1)

    async def give_back_callbacks(self, person_id: PersonId) -> Sequence[Callback]:
        """The open calls the person has taken are anybody's again."""
        given = await self._conn.execute(
            update(callbacks)
            .where(callbacks.c.taken_by == person_id, callbacks.c.closed_at.is_(None))
            .values(taken_by=None)
            .returning(callbacks)
        )
        return [_callback(row) for row in given.mappings()]

    async def save_callback(self, callback: Callback) -> None:
        await self._conn.execute(
            update(callbacks).where(callbacks.c.id == callback.id).values(_callback_row(callback))
        )

    async def last_words(self, conversation_id: ConversationId, *, limit: int) -> Sequence[str]:
        query = (
            select(messages.c.text)
            .where(
                messages.c.conversation_id == conversation_id,
                messages.c.direction == "in",
                messages.c.kind == "text",
                messages.c.text != "",
            )
            .order_by(messages.c.seq.desc())
            .limit(limit)
        )
        return list(reversed((await self._conn.execute(query)).scalars().all()))


async def hold(conn: AsyncConnection, conversation_ids: Collection[ConversationId]) -> None:
    """Keep these conversations to ourselves until the end of the transaction.

    Every writer takes the rows of conversations first, in the order of their ids, and what is owed
    in them afterwards, as a turn does: so no two writers ever wait for each other.
    """
    if conn.dialect.name == "sqlite":
        return
    held = select(conversations.c.id).where(conversations.c.id.in_(conversation_ids))
    await conn.execute(held.order_by(conversations.c.id).with_for_update())


async def fence(conn: AsyncConnection, conversation_id: ConversationId, token: int) -> None:
    """Keep the conversation's row to ourselves until the end of the transaction.

    Raises:
        StaleLease: somebody else took it since.
    """
    query = _TOKEN if conn.dialect.name == "sqlite" else _TOKEN_LOCKED
    if (await conn.execute(query, {"talk": conversation_id})).scalar_one_or_none() != token:
        raise StaleLease


_IS_TALK = conversations.c.id == bindparam("talk")
#: Built once: every turn asks them. What is changed is told by the parameters.
_BY_ID = select(conversations).where(_IS_TALK)
_CHANGE = update(conversations).where(_IS_TALK)
_TOKEN = select(conversations.c.lease_token).where(_IS_TALK)
_TOKEN_LOCKED = _TOKEN.with_for_update()


def _conversation(row: RowMapping) -> Conversation:
    return Conversation(
        id=ConversationId(row["id"]),
        person_id=PersonId(row["person_id"]),
        channel=row["channel"],
        area=row["area"],
        sender_key=row["sender_key"],
        awaiting=row["awaiting"],
        focus=TicketId(row["focus_ticket_id"]) if row["focus_ticket_id"] else None,
        focus_at=row["focus_at"],
        lease_token=row["lease_token"],
    )


def _callback(row: RowMapping) -> Callback:
    return Callback(
        id=row["id"],
        person_id=PersonId(row["person_id"]),
        conversation_id=ConversationId(row["conversation_id"]),
        area=row["area"],
        reason=row["reason"],
        due_at=row["due_at"],
        taken_by=PersonId(row["taken_by"]) if row["taken_by"] else None,
        closed_at=row["closed_at"],
        outcome=row["outcome"],
    )


def _callback_row(callback: Callback) -> dict[str, Any]:
    return {
        "person_id": callback.person_id,
        "conversation_id": callback.conversation_id,
        "area": callback.area,
        "reason": callback.reason,
        "due_at": callback.due_at,
        "taken_by": callback.taken_by,
        "closed_at": callback.closed_at,
        "outcome": callback.outcome,
    }
