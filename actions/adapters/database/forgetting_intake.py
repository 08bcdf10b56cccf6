"""Rounds, what was found on them, and sealed contacts go with whoever left them."""

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.belongings import rounds_of
from actions.adapters.database.outbox import NOTHING_LEFT
from actions.adapters.database.schema.matters import findings, rounds, sealed_contacts
from actions.adapters.database.schema.messaging import messages, outbox
from actions.domain.identifiers import PersonId
from actions.domain.traces import REMOVED

#: What a lead reads of a round; it quotes what was found.
_SUMMARY = "round_lead"


async def forget_intake(conn: AsyncConnection, person_id: PersonId) -> None:
    await _forget_summaries(conn, person_id)
    mine = rounds_of(person_id)
    await conn.execute(delete(findings).where(findings.c.round_id.in_(mine)))
    await conn.execute(delete(rounds).where(rounds.c.person_id == person_id))
    await conn.execute(delete(sealed_contacts).where(sealed_contacts.c.by_id == person_id))


async def _forget_summaries(conn: AsyncConnection, person_id: PersonId) -> None:
    """What leads were told of the person's own rounds."""
    mine = set((await conn.execute(rounds_of(person_id))).scalars())
    if not mine:
        return
    told = select(outbox.c.id, outbox.c.content).where(outbox.c.template == _SUMMARY)
    rows = (await conn.execute(told)).all()
    theirs = [row.id for row in rows if (row.content.get("params") or {}).get("round") in mine]
    await conn.execute(
        update(outbox)
        .where(outbox.c.id.in_(theirs))
        .values(template="erased_message", content=NOTHING_LEFT)
    )
    await conn.execute(
        update(messages).where(messages.c.outbox_id.in_(theirs)).values(text=REMOVED, content=None)
    )
