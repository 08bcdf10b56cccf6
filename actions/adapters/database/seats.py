"""`SqlSeats`: one-time codes and the roles they give: found, used up, confirmed, bound."""

from datetime import datetime

from sqlalchemy import ColumnElement, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.audit import SqlAudit
from actions.adapters.database.people import SqlPeople, code_hash, new_code
from actions.adapters.database.schema.people import invitations, people, role_grants
from actions.application.ports import Audit
from actions.application.records import Invitation
from actions.domain.identifiers import PersonId
from actions.domain.people import Role, RoleGrant


class SqlSeats:
    def __init__(
        self, conn: AsyncConnection, directory: SqlPeople, audit: Audit | None = None
    ) -> None:
        self._conn = conn
        self._directory = directory
        self._audit = audit

    async def invitation(self, code: str) -> Invitation | None:
        return await self._one(invitations.c.code_hash == code_hash(code))

    async def numbered(self, invitation_id: int) -> Invitation | None:
        return await self._one(invitations.c.id == invitation_id)

    async def _one(self, condition: ColumnElement[bool]) -> Invitation | None:
        row = (await self._conn.execute(select(invitations).where(condition))).mappings().first()
        if row is None:
            return None
        return Invitation(
            id=row["id"],
            role=row["role"],
            area=row["area"],
            display_name=row["display_name"],
            roster_key=row["roster_key"],
            expires_at=row["expires_at"],
            redeemed_by=row["redeemed_by"],
            created_by=PersonId(row["created_by"]),
            needs_confirming=row["needs_confirming"] and row["confirmed_at"] is None,
        )

    async def invite(
        self, seat: RoleGrant, *, name: str, by: PersonId, at: datetime, until: datetime,
        needs_confirming: bool,
    ) -> str:  # fmt: skip
        """A new code; what is kept of it is a hash."""
        code = new_code()
        await self._conn.execute(
            insert(invitations).values(
                code_hash=code_hash(code),
                role=seat.role.value,
                area=seat.area,
                display_name=name,
                created_by=by,
                created_at=at,
                expires_at=until,
                needs_confirming=needs_confirming,
            )
        )
        return code

    async def redeem(self, invitation: Invitation, by: PersonId, at: datetime) -> bool:
        """Use the invitation up; False when somebody else was first."""
        result = await self._conn.execute(
            update(invitations)
            .where(invitations.c.id == invitation.id, invitations.c.redeemed_by.is_(None))
            .values(redeemed_by=by, redeemed_at=at)
        )
        return result.rowcount == 1

    async def confirm(self, invitation: Invitation, by: PersonId, at: datetime) -> bool:
        """Mark it decided; False when somebody else was first."""
        result = await self._conn.execute(
            update(invitations)
            .where(invitations.c.id == invitation.id, invitations.c.confirmed_at.is_(None))
            .values(confirmed_by=by, confirmed_at=at)
        )
        return result.rowcount == 1

    async def seat(
        self, invitation: Invitation, person_id: PersonId, by: PersonId, at: datetime
    ) -> None:
        """Give the role, the place in the roster and the name that the invitation holds."""
        grant = RoleGrant(role=Role(invitation.role), area=invitation.area)
        if grant not in (await self._directory.actor(person_id)).grants:
            await self._directory.grant(person_id, grant, by=by, at=at)
            await self._note("seat", person_id, grant, by, at)
        if invitation.roster_key:
            await self._unseat(invitation.roster_key, person_id, at)
            await self._directory.bind_roster(
                person_id, invitation.roster_key, invitation.display_name
            )
        elif invitation.display_name:
            await self._directory.set_name(person_id, invitation.display_name)

    async def _unseat(self, key: str, successor: PersonId, at: datetime) -> None:
        """Whoever held the place before (a lost phone, a successor) loses its powers."""
        before = select(people.c.id).where(people.c.roster_key == key, people.c.id != successor)
        lost = await self._conn.execute(
            update(role_grants)
            .where(role_grants.c.person_id.in_(before), role_grants.c.revoked_at.is_(None))
            .values(revoked_at=at)
            .returning(role_grants.c.person_id, role_grants.c.role, role_grants.c.area)
        )
        for row in lost.all():
            grant = RoleGrant(role=Role(row.role), area=row.area)
            await self._note("revoke", PersonId(row.person_id), grant, successor, at)

    async def _note(
        self, action: str, person_id: PersonId, grant: RoleGrant, by: PersonId, at: datetime
    ) -> None:
        about = f"person:{person_id} {grant.role}"
        trail = self._audit or SqlAudit(self._conn, at)
        await trail.append(action, about, by=by, area=grant.area)
