"""`SqlHeardBefore`: what has arrived of a message already, however often a platform repeats it."""

from sqlalchemy import String, cast, or_, select

from actions.adapters.database.engine import Database
from actions.adapters.database.schema.messaging import inbox
from actions.application.ports_channels import Address
from actions.domain.identifiers import ConversationId


class SqlHeardBefore:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def knows(self, address: Address, external_id: str) -> bool:
        query = select(inbox.c.id).where(
            inbox.c.channel == address.channel,
            inbox.c.account == address.account,
            inbox.c.external_id == external_id,
        )
        async with self._database.read() as conn:
            return (await conn.execute(query)).first() is not None

    async def knows_file(self, conversation_id: ConversationId, file: str) -> bool:
        """File ids are random, so that one inside a payload can only stand for the file itself."""
        query = (
            select(inbox.c.id)
            .where(
                inbox.c.conversation_id == conversation_id,
                inbox.c.kind == "photos",
                cast(inbox.c.payload, String).contains(f'"{file}"', autoescape=True),
            )
            .limit(1)
        )
        async with self._database.read() as conn:
            return (await conn.execute(query)).first() is not None

    async def last_text(self, conversation_id: ConversationId, message: str) -> str | None:
        told = or_(
            inbox.c.external_id == message,
            inbox.c.external_id.startswith(f"{message}.", autoescape=True),
        )
        query = (
            select(inbox.c.payload)
            .where(inbox.c.conversation_id == conversation_id, inbox.c.kind == "text", told)
            .order_by(inbox.c.seq.desc())
            .limit(1)
        )
        async with self._database.read() as conn:
            payload = (await conn.execute(query)).scalar_one_or_none()
        return None if payload is None else str(payload.get("text", ""))
