"""`SqlPresses`: the buttons of a message by the row it was sent from, and who pressed them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from actions.adapters.database.engine import Database
from actions.adapters.database.schema.messaging import inbox, messages, outbox
from actions.application.ports_pressing import PRESSED
from actions.domain.identifiers import ConversationId

#: Presses of one person that are looked through.
_LAST = 20


class SqlPresses:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def buttons(
        self, conversation_id: ConversationId, outbox_id: int
    ) -> Sequence[Mapping[str, Any]]:
        """As they were shown; as they are owed while that is not written down yet."""
        row = select(outbox.c.content).where(
            outbox.c.id == outbox_id, outbox.c.conversation_id == conversation_id
        )
        said = select(messages.c.content).where(
            messages.c.outbox_id == outbox_id, messages.c.conversation_id == conversation_id
        )
        async with self._database.read() as conn:
            shown = (await conn.execute(said)).scalar_one_or_none()
            owed = None if shown else (await conn.execute(row)).scalar_one_or_none()
        if shown:
            return [{**button, "literal": True} for button in shown.get("buttons") or ()]
        return (owed or {}).get("buttons") or ()

    async def was_pressed(
        self, conversation_id: ConversationId, button: str, since: datetime
    ) -> bool:
        """Whether the person has pressed it since then."""
        query = (
            select(inbox.c.payload)
            .where(
                inbox.c.conversation_id == conversation_id,
                inbox.c.kind == "action",
                inbox.c.received_at >= since,
            )
            .order_by(inbox.c.seq.desc())
            .limit(_LAST)
        )
        async with self._database.read() as conn:
            payloads = (await conn.execute(query)).scalars()
            return any(payload.get(PRESSED) == button for payload in payloads)
