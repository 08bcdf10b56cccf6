"""`SqlOutbox`: what must go out, written with its reason; claimed, settled, released."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.conversations import MERGED
from actions.adapters.database.rows import plain
from actions.adapters.database.schema.messaging import conversations, outbox
from actions.adapters.database.showing import LIVE
from actions.application.notification import Notification
from actions.application.records import Said, Waiting
from actions.domain.identifiers import ConversationId, PersonId

#: What is left of something owed whose words are gone: readers of rows still find what they expect.
NOTHING_LEFT: Final[dict[str, object]] = {"params": {}, "buttons": [], "card": None, "photos": []}


class SqlOutbox:
    """The writing half; the draining half is `delivery.py` beside it."""

    def __init__(self, conn: AsyncConnection, now: datetime) -> None:
        self._conn = conn
        self._now = now
        self.channels: set[str] = set()

    async def add(self, key: str, notification: Notification, area: str) -> None:
        person_id, conversation_id, used_last = await self._way_to(notification)
        channel = notification.channel or used_last
        self.channels.add(channel)
        row = {
            "key": key,
            "person_id": person_id,
            "conversation_id": conversation_id,
            "channel": channel,
            "area": area,
            "purpose": notification.purpose.value,
            "template": notification.template,
            "content": content_of(notification),
            "ticket_id": notification.ticket_id,
            "version": notification.version,
            "status_news": notification.status_news,
            "urgent": notification.urgent,
            "in_reply_to": notification.in_reply_to,
            "state": "ready" if conversation_id else "dead",
            "not_before": self._now,
            "created_at": self._now,
            "last_error": "" if conversation_id else "the person has no conversation",
        }
        await self._conn.execute(_OWE, row)

    async def newest(self, conversation_id: ConversationId) -> Said | None:
        found = await self._conn.execute(_NEWEST, {"talk": conversation_id})
        return _said(found.mappings().first())

    async def asked(
        self, conversation_id: ConversationId, template: str, since: datetime
    ) -> Said | None:
        query = _NEWEST.where(outbox.c.template == template, outbox.c.created_at >= since)
        found = await self._conn.execute(query, {"talk": conversation_id})
        return _said(found.mappings().first())

    async def waiting_for(self, person_id: PersonId, *, limit: int = 500) -> Sequence[Waiting]:
        """What the person has been told and not been shown yet, alerts included."""
        query = (
            select(outbox.c.id, outbox.c.template, outbox.c.ticket_id)
            .where(outbox.c.person_id == person_id, outbox.c.state.in_(LIVE))
            .order_by(outbox.c.id)
            .limit(limit)
        )
        return [Waiting(**row) for row in (await self._conn.execute(query)).mappings()]

    async def supersede(self, ids: Sequence[int]) -> None:
        """Never show these, unless they were shown meanwhile."""
        await self._conn.execute(
            update(outbox)
            .where(outbox.c.id.in_(ids), outbox.c.state.in_(LIVE))
            .values(state="superseded", settled_at=self._now)
        )

    async def _way_to(self, notification: Notification) -> tuple[PersonId, int | None, str]:
        """The person's conversation, on the channel used last; of whoever they have become."""
        row = (await self._conn.execute(_WAY_TO, {"reader": notification.person_id})).first()
        while row is not None and row.channel == MERGED:
            became = _WAY.where(conversations.c.id == int(row.account))
            row = (await self._conn.execute(became)).first()
        if row is None:
            return notification.person_id, None, "none"
        return PersonId(row.person_id), row.id, row.channel


_WAY = select(
    conversations.c.id, conversations.c.person_id, conversations.c.channel, conversations.c.account
)
#: Built once: every turn asks them.
_WAY_TO = _WAY.where(conversations.c.person_id == bindparam("reader"))
_OWE = insert(outbox)
_NEWEST = (
    select(outbox.c.template, outbox.c.content, outbox.c.created_at)
    .where(outbox.c.conversation_id == bindparam("talk"))
    .order_by(outbox.c.id.desc())
    .limit(1)
)


def _said(row: RowMapping | None) -> Said | None:
    if row is None:
        return None
    buttons = row["content"].get("buttons") or ()
    return Said(template=row["template"], buttons=buttons, at=row["created_at"])


def content_of(notification: Notification) -> dict[str, object]:
    """The part of a notification that only the renderer reads, as JSON."""
    card = asdict(notification.card) if notification.card else None
    content: dict[str, object] = plain(
        {
            "params": notification.params,
            "buttons": [asdict(button) for button in notification.buttons],
            "card": card,
            "photos": notification.photos,
            **({"chat": notification.chat} if notification.chat else {}),
        }
    )
    return content
