"""`SqlAccounts`: sessions of the web chat, and how invitations give somebody a role."""

import asyncio
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, delete, insert, select, update
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.account_rows import account_of, account_rows
from actions.adapters.database.asked_together import AskedTogether
from actions.adapters.database.engine import Database
from actions.adapters.database.first_contact import add_conversation, add_person
from actions.adapters.database.people import NOTICE, SqlPeople
from actions.adapters.database.schema.messaging import conversations
from actions.adapters.database.schema.people import (
    consents,
    push_subscriptions,
    sessions,
)
from actions.adapters.database.seats import SqlSeats
from actions.application.ports import Clock
from actions.application.web_records import Account, Joined, OpenedSession
from actions.domain.community import Community
from actions.domain.errors import InvitationError, StoreAway
from actions.domain.identifiers import ConversationId, PersonId

CHANNEL = "webchat"
ACCOUNT = "default"
#: A session lives this long after it was last used.
LIFETIME = timedelta(days=180)
#: How often its use is noted.
NOTED_EVERY = timedelta(days=1)
#: Seconds a request waits to be told whose session it is.
PATIENCE = 3.0


def token_hash(token: str) -> str:
    """What is kept of a session's token: it has 256 bits, so a plain hash is enough."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


class SqlAccounts:
    def __init__(self, database: Database, clock: Clock, community: Community) -> None:
        self._database = database
        self._clock = clock
        self._community = community
        self._living = _living_sessions()
        self._asked: AskedTogether[_Living] = AskedTogether(self._read)

    async def open(self, locale: str) -> OpenedSession:
        now = self._clock.now()
        async with self._database.write() as conn:
            area = self._community.root
            person_id = await add_person(conn, locale=locale, area=area, now=now)
            await add_conversation(
                conn, person_id, channel=CHANNEL, account=ACCOUNT, area=area, now=now
            )
            token = await self._add_session(conn, person_id, now)
            account = await self._load(conn, token_hash(token))
            await conn.commit()
        if account is None:
            raise RuntimeError("a session just opened cannot be found")
        return OpenedSession(token=token, account=account)

    async def _add_session(self, conn: AsyncConnection, person_id: PersonId, now: datetime) -> str:
        token = secrets.token_urlsafe(32)
        await conn.execute(
            insert(sessions).values(
                token_hash=token_hash(token),
                person_id=person_id,
                area=self._community.root,
                created_at=now,
                last_seen_at=now,
                expires_at=now + LIFETIME,
            )
        )
        return token

    async def find(self, token: str) -> Account | None:
        """Every request asks this, so those that come together share one read."""
        try:
            async with asyncio.timeout(PATIENCE):
                living = await self._asked.ask(token_hash(token))
        except TimeoutError as error:
            raise StoreAway("sessions") from error
        if living is None:
            return None
        now = self._clock.now()
        if living.last_seen_at < now - NOTED_EVERY:
            await self._note_use(living.account.session, now)
        return living.account

    async def _read(self, wanted: Sequence[str]) -> Mapping[str, "_Living"]:
        async with self._database.read() as conn:
            return await self._living_among(conn, wanted)

    async def _note_use(self, session: str, now: datetime) -> None:
        """Not noted in a store that takes nothing, which is still read from."""
        used = (
            update(sessions)
            .where(sessions.c.token_hash == session)
            .values(last_seen_at=now, expires_at=now + LIFETIME)
        )
        with suppress(StoreAway):
            async with self._database.write() as conn:
                await conn.execute(used)
                await conn.commit()

    async def talk_of(self, session: str) -> ConversationId | None:
        query = (
            select(conversations.c.id)
            .join(sessions, sessions.c.person_id == conversations.c.person_id)
            .where(sessions.c.token_hash == session, sessions.c.expires_at > self._clock.now())
        )
        async with self._database.read() as conn:
            found = (await conn.execute(query)).scalar_one_or_none()
        return None if found is None else ConversationId(found)

    async def _load(self, conn: AsyncConnection, session: str) -> Account | None:
        living = (await self._living_among(conn, [session])).get(session)
        return living.account if living else None

    async def _living_among(
        self, conn: AsyncConnection, wanted: Sequence[str]
    ) -> dict[str, "_Living"]:
        """Those of these sessions that live: a row for each role, at least one for each session."""
        found = await conn.execute(
            self._living,
            {
                "wanted": wanted,
                "now": self._clock.now(),
                "notice": self._community.policy.notice_version,
            },
        )
        rows: dict[str, list[Row[Any]]] = {}
        for row in found:
            rows.setdefault(row.token_hash, []).append(row)
        return {
            session: _Living(account_of(own, session), own[0].last_seen_at)
            for session, own in rows.items()
        }

    async def join(self, account: Account, code: str) -> Joined:
        now = self._clock.now()
        async with self._database.write() as conn:
            seats = SqlSeats(conn, SqlPeople(conn, self._community))
            invitation = await seats.invitation(code)
            if invitation is None or invitation.expires_at <= now:
                raise InvitationError
            if not await seats.redeem(invitation, account.person_id, now):
                raise InvitationError
            if not invitation.needs_confirming:
                await seats.seat(invitation, account.person_id, invitation.created_by, now)
            await conn.execute(delete(sessions).where(sessions.c.token_hash == account.session))
            token = await self._add_session(conn, account.person_id, now)
            grown = await self._load(conn, token_hash(token))
            await conn.commit()
        return Joined(
            invitation_id=invitation.id,
            opened=OpenedSession(token=token, account=grown or account),
            roles=() if invitation.needs_confirming else (invitation.role,),
        )

    async def set_locale(self, person_id: PersonId, locale: str) -> None:
        async with self._database.write() as conn:
            await SqlPeople(conn, self._community).set_locale(person_id, locale)
            await conn.commit()

    async def consent(self, account: Account, version: str) -> None:
        if account.has_consented:
            return
        async with self._database.write() as conn:
            await conn.execute(
                insert(consents).values(
                    person_id=account.person_id,
                    area=account.area,
                    kind=NOTICE,
                    version=version,
                    given_at=self._clock.now(),
                )
            )
            await conn.commit()

    async def subscribe(self, account: Account, endpoint: str, keys: Mapping[str, str]) -> None:
        """A browser belongs to whoever subscribed with it last."""
        async with self._database.write() as conn:
            await conn.execute(
                delete(push_subscriptions).where(push_subscriptions.c.endpoint == endpoint)
            )
            await conn.execute(
                insert(push_subscriptions).values(
                    person_id=account.person_id,
                    area=account.area,
                    endpoint=endpoint,
                    keys=dict(keys),
                    created_at=self._clock.now(),
                )
            )
            await conn.commit()

    async def unsubscribe(self, account: Account, endpoint: str) -> None:
        async with self._database.write() as conn:
            await conn.execute(
                delete(push_subscriptions).where(
                    push_subscriptions.c.endpoint == endpoint,
                    push_subscriptions.c.person_id == account.person_id,
                )
            )
            await conn.commit()


class _Living(NamedTuple):
    account: Account
    last_seen_at: datetime


def _living_sessions() -> Select[Any]:
    """Built once: every request asks it."""
    return (
        account_rows(sessions)
        .add_columns(sessions.c.token_hash, sessions.c.last_seen_at)
        .where(
            sessions.c.token_hash.in_(bindparam("wanted", expanding=True)),
            sessions.c.expires_at > bindparam("now", type_=sessions.c.expires_at.type),
        )
    )
