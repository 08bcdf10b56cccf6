"""Somebody new: a person with a conversation, in the caller's transaction."""

import secrets
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.schema.messaging import conversations
from actions.adapters.database.schema.people import people
from actions.domain.identifiers import PersonId


async def add_person(
    conn: AsyncConnection, *, locale: str, area: str, now: datetime, name: str = ""
) -> PersonId:
    result = await conn.execute(
        insert(people)
        .values(
            participant_id=f"p_{secrets.token_urlsafe(16)}",
            display_name=name,
            locale=locale,
            area=area,
            created_at=now,
        )
        .returning(people.c.id)
    )
    return PersonId(result.scalar_one())


async def add_conversation(
    conn: AsyncConnection,
    person_id: PersonId,
    *,
    channel: str,
    account: str,
    area: str,
    now: datetime,
) -> None:
    await conn.execute(
        insert(conversations).values(
            person_id=person_id,
            channel=channel,
            account=account,
            sender_key=f"c_{secrets.token_hex(16)}",
            area=area,
            created_at=now,
            last_in_at=now,
        )
    )
