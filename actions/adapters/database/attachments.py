"""`SqlAttachments`: the rows of photos; their bytes lie in the media folder."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.schema.messaging import attachments
from actions.application.records import Attachment
from actions.domain.errors import NotFound
from actions.domain.identifiers import AttachmentId, PersonId


class SqlAttachments:
    def __init__(self, conn: AsyncConnection) -> None:
        self._conn = conn

    async def mine(self, ids: Iterable[AttachmentId], person_id: PersonId) -> Sequence[Attachment]:
        """The attachments, all of them the person's own.

        Raises:
            NotFound: one is missing, erased or somebody else's.
        """
        wanted = list(ids)
        query = select(attachments).where(
            attachments.c.id.in_(wanted),
            attachments.c.person_id == person_id,
            attachments.c.erased_at.is_(None),
        )
        found = [
            Attachment(
                id=AttachmentId(row["id"]),
                person_id=person_id,
                media_type=row["media_type"],
                width=row["width"],
                height=row["height"],
            )
            for row in (await self._conn.execute(query)).mappings()
        ]
        if len(found) != len(set(wanted)):
            raise NotFound
        return found
