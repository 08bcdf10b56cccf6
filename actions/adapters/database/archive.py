"""`SqlArchive`: transcripts as they may leave the house: masked, and noted in the audit."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any

from sqlalchemy import select

from actions.adapters.database import audit
from actions.adapters.database.engine import Database
from actions.adapters.database.schema.messaging import messages, understood
from actions.adapters.database.schema.people import people
from actions.application.ports import Clock
from actions.domain.community import Community
from actions.domain.errors import NotFound
from actions.domain.identifiers import PersonId
from actions.domain.masking import mask

_PAGE = 500


class SqlArchive:
    def __init__(self, database: Database, clock: Clock, community: Community) -> None:
        self._database = database
        self._clock = clock
        self._community = community

    async def person(self, participant: str) -> PersonId:
        """Raises NotFound when there is no such participant, or not any more."""
        query = select(people.c.id).where(
            people.c.participant_id == participant, people.c.erased_at.is_(None)
        )
        async with self._database.read() as conn:
            found = (await conn.execute(query)).scalar_one_or_none()
        if found is None:
            raise NotFound
        return PersonId(found)

    async def lines(self, since: datetime) -> AsyncIterator[dict[str, Any]]:
        await self._note(since)
        last = 0
        while True:
            query = (
                select(messages, understood.c.model, understood.c.data)
                .outerjoin(understood, understood.c.inbox_id == messages.c.inbox_id)
                .where(messages.c.id > last, messages.c.at >= since)
                .order_by(messages.c.id)
                .limit(_PAGE)
            )
            async with self._database.read() as conn:
                rows = (await conn.execute(query)).mappings().all()
            for row in rows:
                yield _line(row)
            if len(rows) < _PAGE:
                return
            last = rows[-1]["id"]

    async def _note(self, since: datetime) -> None:
        async with self._database.write() as conn:
            await audit.append(
                conn,
                at=self._clock.now(),
                actor=PersonId(0),
                action="export-transcripts",
                about=f"since:{since.date()}",
                area=self._community.root,
                reason="at the terminal",
            )
            await conn.commit()


def _line(row: Any) -> dict[str, Any]:
    return {
        "conversation": row["conversation_id"],
        "seq": row["seq"],
        "direction": row["direction"],
        "kind": row["kind"],
        "text": mask(row["text"]),
        "template": row["template"],
        "ticket": row["ticket_id"],
        "at": row["at"].isoformat(),
        "model": row["model"],
        "data": row["data"],
    }
