"""Sessions of the console: opened, found with the roles of this moment, used, ended."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.accounts import token_hash
from actions.adapters.database.schema.console import console_accounts, console_sessions
from actions.adapters.database.schema.messaging import conversations
from actions.adapters.database.schema.people import people, role_grants
from actions.application.ports_console import ConsoleSession, Staff
from actions.domain.identifiers import ConversationId, PersonId
from actions.domain.people import Role, RoleGrant

#: A session that nobody uses ends, and each one ends after a working day.
IDLE = timedelta(hours=2)
LONGEST = timedelta(hours=12)
#: How often its use is noted.
NOTED_EVERY = timedelta(minutes=1)
#: How much of a hash names a session to its owner.
_HANDLE = 16


@dataclass(frozen=True)
class Living:
    staff: Staff
    last_seen_at: datetime


async def add(conn: AsyncConnection, person_id: PersonId, area: str, now: datetime) -> str:
    """A new token; only its hash is kept. What has run out is swept on the way."""
    token = secrets.token_urlsafe(32)
    await conn.execute(delete(console_sessions).where(console_sessions.c.expires_at <= now))
    await conn.execute(
        insert(console_sessions).values(
            token_hash=token_hash(token),
            person_id=person_id,
            area=area,
            created_at=now,
            last_seen_at=now,
            expires_at=now + LONGEST,
        )
    )
    return token


async def living(conn: AsyncConnection, session: str, now: datetime) -> Living | None:
    alive = and_(role_grants.c.person_id == people.c.id, role_grants.c.revoked_at.is_(None))
    query = (
        select(people, console_sessions.c.last_seen_at)
        .add_columns(console_accounts.c.login, conversations.c.id.label("conversation_id"))
        .add_columns(role_grants.c.role, role_grants.c.area.label("granted_area"))
        .select_from(console_sessions)
        .join(people, people.c.id == console_sessions.c.person_id)
        .join(console_accounts, console_accounts.c.person_id == people.c.id)
        .join(conversations, conversations.c.person_id == people.c.id)
        .outerjoin(role_grants, alive)
        .where(
            console_sessions.c.token_hash == session,
            console_sessions.c.expires_at > now,
            console_sessions.c.last_seen_at > now - IDLE,
            people.c.erased_at.is_(None),
        )
    )
    rows = (await conn.execute(query)).all()
    if not rows:
        return None
    first = rows[0]
    grants = {RoleGrant(role=Role(row.role), area=row.granted_area) for row in rows if row.role}
    staff = Staff(
        person_id=PersonId(first.id),
        participant_id=first.participant_id,
        display_name=first.display_name,
        login=first.login,
        locale=first.locale,
        conversation_id=ConversationId(first.conversation_id),
        session=session,
        grants=frozenset(grants),
    )
    return Living(staff, first.last_seen_at)


async def note_use(conn: AsyncConnection, session: str, now: datetime) -> None:
    await conn.execute(
        update(console_sessions)
        .where(console_sessions.c.token_hash == session)
        .values(last_seen_at=now)
    )


async def end(conn: AsyncConnection, session: str) -> None:
    await conn.execute(delete(console_sessions).where(console_sessions.c.token_hash == session))


async def end_all(conn: AsyncConnection, person_id: PersonId) -> None:
    await conn.execute(delete(console_sessions).where(console_sessions.c.person_id == person_id))


async def end_one(conn: AsyncConnection, person_id: PersonId, handle: str) -> None:
    """One of the person's own, by its handle."""
    await conn.execute(
        delete(console_sessions).where(
            console_sessions.c.person_id == person_id,
            console_sessions.c.token_hash.startswith(handle[:_HANDLE], autoescape=True),
        )
    )


async def of_person(conn: AsyncConnection, staff: Staff, now: datetime) -> Sequence[ConsoleSession]:
    query = (
        select(console_sessions)
        .where(
            console_sessions.c.person_id == staff.person_id,
            console_sessions.c.expires_at > now,
            console_sessions.c.last_seen_at > now - IDLE,
        )
        .order_by(console_sessions.c.last_seen_at.desc())
    )
    return [
        ConsoleSession(
            handle=row.token_hash[:_HANDLE],
            created_at=row.created_at,
            last_seen_at=row.last_seen_at,
            is_this=row.token_hash == staff.session,
        )
        for row in await conn.execute(query)
    ]
