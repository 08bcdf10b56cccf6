"""`SqlConsolePeople`: who works here, who waits to, and codes nobody has used, page by page."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, update
from sqlalchemy.engine import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.audit import SqlAudit
from actions.adapters.database.engine import Database
from actions.adapters.database.schema.console import console_accounts
from actions.adapters.database.schema.people import invitations, people, role_grants
from actions.adapters.database.summaries import inside
from actions.application.ports import Clock
from actions.application.ports_staff import (
    Colleague,
    HeldSeat,
    OpenInvitation,
    PeoplePage,
    WaitingSeat,
)
from actions.domain.identifiers import PersonId
from actions.domain.people import Role, RoleGrant
from actions.domain.seating import SEATS

_giver = people.alias("giver")
_SEATS = sorted(SEATS)


class SqlConsolePeople:
    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    async def page(
        self, areas: Sequence[str], *, words: str, role: str, after: str, limit: int
    ) -> PeoplePage:
        seated = select(role_grants.c.person_id).where(_alive(areas), *_of_role(role))
        query = (
            select(people.c.id)
            .where(people.c.id.in_(seated), people.c.erased_at.is_(None))
            .order_by(people.c.display_name, people.c.id)
            .limit(limit + 1)
        )
        if words:
            query = query.where(people.c.display_name.icontains(words, autoescape=True))
        async with self._database.read() as conn:
            if after:
                query = query.where(await _behind(conn, after))
            ids = list((await conn.execute(query)).scalars())
            found = await _colleagues(conn, people.c.id.in_(ids[:limit]), areas)
        last = found[-1].participant_id if len(ids) > limit and found else ""
        return PeoplePage(people=tuple(found), after=last)

    async def one(self, participant_id: str) -> Colleague | None:
        async with self._database.read() as conn:
            found = await _colleagues(conn, people.c.participant_id == participant_id, None)
        return found[0] if found else None

    async def waiting(self, areas: Sequence[str], *, limit: int) -> Sequence[WaitingSeat]:
        query = (
            select(invitations, people.c.participant_id)
            .join(people, people.c.id == invitations.c.redeemed_by)
            .where(
                invitations.c.needs_confirming,
                invitations.c.confirmed_at.is_(None),
                people.c.erased_at.is_(None),
                _within(invitations.c.area, areas),
            )
            .order_by(invitations.c.id)
            .limit(limit)
        )
        async with self._database.read() as conn:
            rows = (await conn.execute(query)).all()
        return [
            WaitingSeat(
                invitation_id=row.id,
                grant=RoleGrant(role=Role(row.role), area=row.area),
                person_id=PersonId(row.redeemed_by),
                participant_id=row.participant_id,
                redeemed_at=row.redeemed_at,
            )
            for row in rows
        ]

    async def invitations(self, areas: Sequence[str], *, limit: int) -> Sequence[OpenInvitation]:
        query = (
            select(invitations)
            .where(
                invitations.c.redeemed_by.is_(None),
                invitations.c.expires_at > self._clock.now(),
                _within(invitations.c.area, areas),
            )
            .order_by(invitations.c.id.desc())
            .limit(limit)
        )
        async with self._database.read() as conn:
            rows = (await conn.execute(query)).all()
        return [
            OpenInvitation(
                id=row.id,
                grant=RoleGrant(role=Role(row.role), area=row.area),
                display_name=row.display_name,
                created_at=row.created_at,
                expires_at=row.expires_at,
            )
            for row in rows
        ]

    async def withdraw(self, invitation_id: int, *, by: PersonId) -> bool:
        now = self._clock.now()
        async with self._database.write() as conn:
            gone = await conn.execute(
                update(invitations)
                .where(
                    invitations.c.id == invitation_id,
                    invitations.c.redeemed_by.is_(None),
                    invitations.c.expires_at > now,
                )
                .values(expires_at=now)
                .returning(invitations.c.role, invitations.c.area)
            )
            row = gone.first()
            if row is None:
                return False
            trail = SqlAudit(conn, now)
            await trail.append(
                "withdraw-invitation", f"role:{row.role}", by=by, area=row.area,
                reason="in the console",
            )  # fmt: skip
            await conn.commit()
        return True


def _alive(areas: Sequence[str]) -> ColumnElement[bool]:
    return and_(
        role_grants.c.role.in_(_SEATS),
        role_grants.c.revoked_at.is_(None),
        _within(role_grants.c.area, areas),
    )


def _of_role(role: str) -> list[ColumnElement[bool]]:
    return [role_grants.c.role == role] if role else []


def _within(column: ColumnElement[str], areas: Sequence[str]) -> ColumnElement[bool]:
    return or_(false(), *(inside(column, area) for area in areas))


async def _behind(conn: AsyncConnection, participant_id: str) -> ColumnElement[bool]:
    """What comes after one person in the order of the list; everything, if they are gone."""
    query = select(people.c.id, people.c.display_name).where(
        people.c.participant_id == participant_id
    )
    last = (await conn.execute(query)).first()
    if last is None:
        return people.c.id.is_not(None)
    same_name = and_(people.c.display_name == last.display_name, people.c.id > last.id)
    return or_(people.c.display_name > last.display_name, same_name)


async def _colleagues(
    conn: AsyncConnection, who: ColumnElement[bool], areas: Sequence[str] | None
) -> list[Colleague]:
    """Whole people with every living seat inside the areas; with all of them for None."""
    seats = (
        and_(role_grants.c.role.in_(_SEATS), role_grants.c.revoked_at.is_(None))
        if areas is None
        else _alive(areas)
    )
    rows = (await conn.execute(_with_seats(seats).where(who))).all()
    found: dict[int, list[Row[Any]]] = {}
    for row in rows:
        found.setdefault(row.id, []).append(row)
    return [_colleague(each) for each in found.values()]


def _with_seats(seats: ColumnElement[bool]) -> Select[Any]:
    return (
        select(
            people.c.id, people.c.participant_id, people.c.display_name, people.c.away_until,
            role_grants.c.role, role_grants.c.area, role_grants.c.granted_at,
            _giver.c.display_name.label("giver"), console_accounts.c.login,
            console_accounts.c.signed_in_at,
        )
        .join(role_grants, role_grants.c.person_id == people.c.id)
        .outerjoin(_giver, _giver.c.id == role_grants.c.granted_by)
        .outerjoin(console_accounts, console_accounts.c.person_id == people.c.id)
        .where(seats, people.c.erased_at.is_(None))
        .order_by(people.c.display_name, people.c.id, role_grants.c.role, role_grants.c.area)
    )  # fmt: skip


def _colleague(rows: Sequence[Row[Any]]) -> Colleague:
    first = rows[0]
    return Colleague(
        person_id=PersonId(first.id),
        participant_id=first.participant_id,
        display_name=first.display_name,
        seats=tuple(
            HeldSeat(
                grant=RoleGrant(role=Role(row.role), area=row.area),
                granted_at=row.granted_at,
                granted_by=row.giver or "",
            )
            for row in rows
        ),
        away_until=first.away_until,
        login=first.login or "",
        signed_in_at=first.signed_in_at,
    )
