"""`SqlDrafts`: half-told matters."""

from collections.abc import Sequence

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.rows import draft_from_row, draft_to_row
from actions.adapters.database.schema.matters import drafts
from actions.domain.draft import Draft, DraftState
from actions.domain.errors import NotFound
from actions.domain.identifiers import ConversationId, DraftId


class SqlDrafts:
    def __init__(self, conn: AsyncConnection, area: str) -> None:
        self._conn = conn
        self._area = area

    async def add(self, draft: Draft) -> DraftId:
        values = draft_to_row(draft, draft.location.area or self._area)
        result = await self._conn.execute(insert(drafts).values(values).returning(drafts.c.id))
        draft.id = DraftId(result.scalar_one())
        return draft.id

    async def get(self, draft_id: DraftId) -> Draft:
        row = (await self._conn.execute(select(drafts).where(drafts.c.id == draft_id))).mappings()
        found = row.first()
        if found is None:
            raise NotFound
        return draft_from_row(found)

    async def save(self, draft: Draft) -> None:
        values = draft_to_row(draft, draft.location.area or self._area)
        await self._conn.execute(update(drafts).where(drafts.c.id == draft.id).values(values))

    async def open_of(self, conversation_id: ConversationId) -> Sequence[Draft]:
        found = await self._conn.execute(_OPEN, {"talk": conversation_id})
        return [draft_from_row(row) for row in found.mappings()]


#: Built once: every turn asks it.
_OPEN = (
    select(drafts)
    .where(drafts.c.conversation_id == bindparam("talk"), drafts.c.state == DraftState.OPEN.value)
    .order_by(drafts.c.id.desc())
    .limit(10)
)
