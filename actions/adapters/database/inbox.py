"""`SqlInbox`: what came in, inside a unit of work; taking it in is `intake.py`."""

from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.rows import pack_vector
from actions.adapters.database.schema.messaging import (
    conversations,
    inbox,
    messages,
    understood,
)
from actions.domain.identifiers import InboxId, PersonId
from actions.domain.understood import Understood


class SqlInbox:
    def __init__(self, conn: AsyncConnection, now: datetime, area: str) -> None:
        self._conn = conn
        self._now = now
        self._area = area

    async def finish(self, inbox_id: InboxId, outcome: str) -> None:
        done = {"arrival": inbox_id, "became": outcome, "moment": self._now}
        await self._conn.execute(_FINISH, done)

    async def give_up(self, inbox_id: InboxId) -> None:
        await self._conn.execute(
            update(inbox)
            .where(inbox.c.id == inbox_id, inbox.c.state != "done")
            .values(state="quarantined", outcome="quarantined", finished_at=self._now)
        )

    async def note_understood(self, inbox_id: InboxId, parse: Understood) -> None:
        noted = {
            "inbox_id": inbox_id,
            "area": self._area,
            "language": parse.language,
            "intent": parse.intent,
            "confidence": parse.confidence,
            "parse": _parse(parse),
            "vector": pack_vector(parse.vector),
            "model": parse.model.get("version", ""),
            "data": parse.model.get("data", ""),
            "at": self._now,
        }
        await self._conn.execute(_NOTE[self._conn.dialect.name], noted)

    async def text_of(self, inbox_id: InboxId, *, by: PersonId | None = None) -> str:
        """Empty when there is no such message, or it is not `by` this person."""
        query = select(messages.c.text).where(messages.c.inbox_id == inbox_id)
        if by is not None:
            theirs = select(conversations.c.id).where(conversations.c.person_id == by)
            query = query.where(messages.c.conversation_id.in_(theirs))
        return str((await self._conn.execute(query)).scalar_one_or_none() or "")


#: Built once: every turn asks them.
_FINISH = (
    update(inbox)
    .where(inbox.c.id == bindparam("arrival"))
    .values(state="done", outcome=bindparam("became"), finished_at=bindparam("moment"))
)
_NOTE = {
    name: dialect.insert(understood).on_conflict_do_nothing()
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}


def _parse(parse: Understood) -> object:
    """What reviewers see of a turn; texts stay in the transcript and are not copied."""
    return {
        "ranking": parse.intent_ranking[:5],
        "leaves": parse.leaves[:5],
        "matters": [
            {"start": matter.start, "end": matter.end, "leaves": matter.leaves[:3]}
            for matter in parse.matters
        ],
        "entities": [
            {"kind": entity.kind, "start": entity.start, "end": entity.end}
            for entity in parse.entities
        ],
        "emergency": parse.emergency,
        "knowledge": [dict(each) for each in parse.knowledge],
    }
