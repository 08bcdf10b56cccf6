"""`SqlConsoleAccounts`: logins of the console, and how an invitation gives one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database import console_sessions as sessions
from actions.adapters.database.accounts import ACCOUNT, CHANNEL, token_hash
from actions.adapters.database.audit import SqlAudit
from actions.adapters.database.engine import Database
from actions.adapters.database.first_contact import add_conversation, add_person
from actions.adapters.database.people import SqlPeople
from actions.adapters.database.schema.console import console_accounts
from actions.adapters.database.schema.people import people
from actions.adapters.database.seats import SqlSeats
from actions.application.ports import Clock
from actions.application.ports_console import (
    ConsoleSession,
    Entered,
    Invitee,
    Known,
    LoginTaken,
    Staff,
)
from actions.application.records import Invitation
from actions.domain.community import Community
from actions.domain.errors import InvitationError
from actions.domain.identifiers import PersonId
from actions.domain.people import Role


class SqlConsoleAccounts:
    def __init__(self, database: Database, clock: Clock, community: Community) -> None:
        self._database = database
        self._clock = clock
        self._community = community

    async def find(self, token: str) -> Staff | None:
        now = self._clock.now()
        async with self._database.read() as conn:
            found = await sessions.living(conn, token_hash(token), now)
        if found is None:
            return None
        if found.last_seen_at < now - sessions.NOTED_EVERY:
            async with self._database.write() as conn:
                await sessions.note_use(conn, found.staff.session, now)
                await conn.commit()
        return found.staff

    async def invited(self, code: str) -> Invitee | None:
        async with self._database.read() as conn:
            seats = SqlSeats(conn, SqlPeople(conn, self._community))
            found = await seats.invitation(code)
        if found is None or not self._is_open(found):
            return None
        return Invitee(role=Role(found.role), area=found.area, display_name=found.display_name)

    def _is_open(self, invitation: Invitation) -> bool:
        return invitation.redeemed_by is None and invitation.expires_at > self._clock.now()

    async def join(
        self, code: str, *, login: str, password_hash: str, locale: str,
        person_id: PersonId | None = None,
    ) -> Entered:  # fmt: skip
        now = self._clock.now()
        async with self._database.write() as conn:
            who = person_id or await self._newcomer(conn, locale, now)
            invitation = await self._redeem(conn, code, who, now)
            await self._give_login(conn, who, login, password_hash, now)
            entered = await self._opened(conn, who, invitation)
            await conn.commit()
        return entered

    async def accept(self, staff: Staff, code: str) -> Entered:
        async with self._database.write() as conn:
            invitation = await self._redeem(conn, code, staff.person_id, self._clock.now())
            await sessions.end(conn, staff.session)
            entered = await self._opened(conn, staff.person_id, invitation)
            await conn.commit()
        return entered

    async def _newcomer(self, conn: AsyncConnection, locale: str, now: datetime) -> PersonId:
        area = self._community.root
        person_id = await add_person(conn, locale=locale, area=area, now=now)
        await add_conversation(
            conn, person_id, channel=CHANNEL, account=ACCOUNT, area=area, now=now
        )
        return person_id

    async def _redeem(
        self, conn: AsyncConnection, code: str, who: PersonId, now: datetime
    ) -> Invitation:
        seats = SqlSeats(conn, SqlPeople(conn, self._community))
        invitation = await seats.invitation(code)
        if invitation is None or not self._is_open(invitation):
            raise InvitationError
        if not await seats.redeem(invitation, who, now):
            raise InvitationError
        if not invitation.needs_confirming:
            await seats.seat(invitation, who, invitation.created_by, now)
        return invitation

    async def _give_login(
        self, conn: AsyncConnection, who: PersonId, login: str, password_hash: str, now: datetime
    ) -> None:
        """Who had one before gets this one instead: the code is as good as a password."""
        dialect = sqlite if self._database.is_sqlite else postgresql
        values = {"login": login, "password_hash": password_hash, "changed_at": now}
        holder = select(console_accounts.c.person_id).where(console_accounts.c.login == login)
        if (await conn.execute(holder)).scalar_one_or_none() not in (None, who):
            raise LoginTaken
        row = dialect.insert(console_accounts).values(
            person_id=who, area=self._community.root, created_at=now, **values
        )
        given = row.on_conflict_do_update(
            index_elements=[console_accounts.c.person_id], set_=values
        )
        try:
            await conn.execute(given)
        except IntegrityError as error:  # somebody took the name since we looked
            raise LoginTaken from error
        await sessions.end_all(conn, who)

    async def _opened(
        self, conn: AsyncConnection, who: PersonId, invitation: Invitation | None = None
    ) -> Entered:
        """A session, noted in the trail."""
        now = self._clock.now()
        token = await sessions.add(conn, who, self._community.root, now)
        await conn.execute(
            update(console_accounts)
            .where(console_accounts.c.person_id == who)
            .values(signed_in_at=now)
        )
        about = f"person:{who}"
        await SqlAudit(conn, now).append("sign-in", about, by=who, area=self._community.root)
        found = await sessions.living(conn, token_hash(token), now)
        if found is None:
            raise RuntimeError("a session just opened cannot be found")
        if invitation is None:
            return Entered(token=token, staff=found.staff)
        return Entered(
            token=token,
            staff=found.staff,
            invitation_id=invitation.id,
            roles=() if invitation.needs_confirming else (invitation.role,),
        )

    async def known(self, login: str) -> Known | None:
        query = (
            select(console_accounts.c.person_id, console_accounts.c.password_hash)
            .join(people, people.c.id == console_accounts.c.person_id)
            .where(console_accounts.c.login == login, people.c.erased_at.is_(None))
        )
        async with self._database.read() as conn:
            row = (await conn.execute(query)).first()
        return Known(person_id=row.person_id, password_hash=row.password_hash) if row else None

    async def enter(self, person_id: PersonId, password_hash: str = "") -> Entered:
        async with self._database.write() as conn:
            if password_hash:
                await self._set(conn, person_id, password_hash=password_hash)
            entered = await self._opened(conn, person_id)
            await conn.commit()
        return entered

    async def leave(self, session: str) -> None:
        async with self._database.write() as conn:
            await sessions.end(conn, session)
            await conn.commit()

    async def leave_everywhere(self, person_id: PersonId) -> None:
        async with self._database.write() as conn:
            await sessions.end_all(conn, person_id)
            await self._note(conn, "sign-out-everywhere", person_id)
            await conn.commit()

    async def sessions(self, staff: Staff) -> Sequence[ConsoleSession]:
        async with self._database.read() as conn:
            return await sessions.of_person(conn, staff, self._clock.now())

    async def end(self, staff: Staff, handle: str) -> None:
        async with self._database.write() as conn:
            await sessions.end_one(conn, staff.person_id, handle)
            await conn.commit()

    async def set_password(self, staff: Staff, password_hash: str) -> Entered:
        now = self._clock.now()
        async with self._database.write() as conn:
            await self._set(conn, staff.person_id, password_hash=password_hash, changed_at=now)
            await sessions.end_all(conn, staff.person_id)
            await self._note(conn, "set-password", staff.person_id)
            entered = await self._opened(conn, staff.person_id)
            await conn.commit()
        return entered

    async def _set(self, conn: AsyncConnection, person_id: PersonId, **values: Any) -> None:
        await conn.execute(
            update(console_accounts).where(console_accounts.c.person_id == person_id).values(values)
        )

    async def _note(self, conn: AsyncConnection, action: str, person_id: PersonId) -> None:
        trail = SqlAudit(conn, self._clock.now())
        await trail.append(action, f"person:{person_id}", by=person_id, area=self._community.root)
