"""`SqlSealedContacts`: how to reach somebody who is not in the chat. Every look is on record."""

import base64
import logging
from datetime import datetime

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.outbox import NOTHING_LEFT
from actions.adapters.database.schema.matters import sealed_contacts
from actions.adapters.database.schema.messaging import inbox, messages, outbox
from actions.adapters.sealing import Seal, SealBroken
from actions.application.ports import Audit
from actions.application.ports_intake import CONTACT_SHOWN
from actions.domain.identifiers import InboxId, PersonId, TicketId
from actions.domain.ticket import Ticket

log = logging.getLogger(__name__)

#: What stands in the transcript where a contact was written.
_COVERED = "●●●●●●"


class SqlSealedContacts:
    def __init__(self, conn: AsyncConnection, now: datetime, seal: Seal, audit: Audit) -> None:
        self._conn = conn
        self._audit = audit
        self._now = now
        self._seal = seal

    def seal(self, words: str) -> str:
        return base64.b64encode(self._seal.close(words)).decode()

    async def keep(self, ticket: Ticket, sealed: str, by: PersonId) -> None:
        await self._conn.execute(
            delete(sealed_contacts).where(sealed_contacts.c.ticket_id == ticket.id)
        )
        await self._conn.execute(
            insert(sealed_contacts).values(
                ticket_id=ticket.id,
                area=ticket.area,
                sealed=base64.b64decode(sealed),
                by_id=by,
                at=self._now,
            )
        )

    async def has(self, ticket_id: TicketId) -> bool:
        query = select(sealed_contacts.c.by_id).where(sealed_contacts.c.ticket_id == ticket_id)
        return (await self._conn.execute(query)).first() is not None

    async def open_for(self, ticket: Ticket, reader: PersonId) -> str:
        of_ticket = sealed_contacts.c.ticket_id == ticket.id
        query = select(sealed_contacts.c.sealed).where(of_ticket)
        sealed = (await self._conn.execute(query)).scalar_one_or_none()
        if sealed is None:
            return ""
        try:
            words = self._seal.open(sealed)
        except SealBroken:
            log.exception("a sealed contact cannot be read", extra={"action": "seal_broken"})
            return ""
        await self._conn.execute(
            update(sealed_contacts).where(of_ticket).values(shown_at=self._now)
        )
        await self._audit.append(
            "contact",
            f"ticket:{ticket.number}",
            by=reader,
            area=ticket.area,
            reason="shown to whoever handles it",
        )
        return words

    async def forget(self, ticket_id: TicketId) -> bool:
        await self.cover_shown(ticket_id)
        of_ticket = sealed_contacts.c.ticket_id == ticket_id
        gone = await self._conn.execute(delete(sealed_contacts).where(of_ticket))
        return gone.rowcount > 0

    async def cover_words(self, inbox_id: InboxId) -> None:
        await self._conn.execute(
            update(inbox).where(inbox.c.id == inbox_id).values(payload={"text": _COVERED})
        )
        await self._conn.execute(
            update(messages).where(messages.c.inbox_id == inbox_id).values(text=_COVERED)
        )

    async def cover_shown(self, ticket_id: TicketId) -> None:
        shown = (outbox.c.ticket_id == ticket_id) & (outbox.c.template == CONTACT_SHOWN)
        said = select(outbox.c.id).where(shown)
        await self._conn.execute(
            update(messages)
            .where(messages.c.outbox_id.in_(said))
            .values(text=_COVERED, content=None)
        )
        await self._conn.execute(
            update(outbox).where(shown).values(template="contact_covered", content=NOTHING_LEFT)
        )
        await self._conn.execute(
            update(sealed_contacts)
            .where(sealed_contacts.c.ticket_id == ticket_id)
            .values(shown_at=None)
        )

    async def hand_on(self, first: TicketId, rest: Ticket) -> None:
        query = select(sealed_contacts).where(sealed_contacts.c.ticket_id == first)
        row = (await self._conn.execute(query)).mappings().first()
        if row is not None:
            handed = dict(row) | {"ticket_id": rest.id, "area": rest.area, "shown_at": None}
            await self._conn.execute(insert(sealed_contacts).values(handed))
