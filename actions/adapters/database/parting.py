"""What came by a code goes again: its doors and its powers; what was told stays where it is."""

import secrets
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.accounts import ACCOUNT, CHANNEL
from actions.adapters.database.schema.messaging import conversations
from actions.adapters.database.schema.people import (
    channel_addresses,
    people,
    role_grants,
    sessions,
)
from actions.domain.identifiers import PersonId

#: Channel and our account there.
Door = tuple[str, str]


async def let_go(
    conn: AsyncConnection, survivor: PersonId, person: PersonId, came_at: datetime, now: datetime
) -> Door:
    """Doors and powers that came to the survivor at that moment are the other's; through which."""
    gone = await conn.execute(
        update(channel_addresses)
        .where(channel_addresses.c.person_id == survivor, channel_addresses.c.created_at == came_at)
        .values(person_id=person)
        .returning(channel_addresses.c.channel, channel_addresses.c.account)
    )
    doors = [(row.channel, row.account) for row in gone.all()]
    await conn.execute(
        update(sessions)
        .where(sessions.c.person_id == survivor, sessions.c.created_at == came_at)
        .values(person_id=person)
    )
    await _take_back_roles(conn, survivor, person, came_at, now)
    await _speak_elsewhere(conn, survivor)
    return doors[-1] if doors else (CHANNEL, ACCOUNT)


async def _take_back_roles(
    conn: AsyncConnection, survivor: PersonId, person: PersonId, came_at: datetime, now: datetime
) -> None:
    came = (
        role_grants.c.person_id == survivor,
        role_grants.c.granted_at == came_at,
        role_grants.c.revoked_at.is_(None),
    )
    columns = (role_grants.c.role, role_grants.c.area, role_grants.c.granted_by)
    rows = (await conn.execute(select(*columns).where(*came))).mappings().all()
    await conn.execute(update(role_grants).where(*came).values(revoked_at=now))
    if rows:
        given = [{**row, "person_id": person, "granted_at": now} for row in rows]
        await conn.execute(insert(role_grants), given)


async def _speak_elsewhere(conn: AsyncConnection, survivor: PersonId) -> None:
    """The survivor is spoken to where they still are: a page, else the newest address."""
    pages = select(sessions.c.person_id).where(sessions.c.person_id == survivor).limit(1)
    door = CHANNEL, ACCOUNT
    if (await conn.execute(pages)).first() is None:
        newest = (
            select(channel_addresses.c.channel, channel_addresses.c.account)
            .where(channel_addresses.c.person_id == survivor)
            .order_by(channel_addresses.c.id.desc())
            .limit(1)
        )
        row = (await conn.execute(newest)).first()
        door = (row.channel, row.account) if row else door
    mine = update(conversations).where(conversations.c.person_id == survivor)
    await conn.execute(mine.values(channel=door[0], account=door[1]))


async def bring_back(conn: AsyncConnection, person: PersonId, door: Door) -> None:
    """Somebody of their own again, with an empty conversation."""
    await conn.execute(
        update(people)
        .where(people.c.id == person)
        .values(participant_id=f"p_{secrets.token_urlsafe(16)}", erased_at=None)
    )
    await conn.execute(
        update(conversations)
        .where(conversations.c.person_id == person)
        .values(channel=door[0], account=door[1], sender_key=f"c_{secrets.token_hex(16)}")
    )
