"""`SqlPeople`: people, their roles and the codes by which roles are given."""

import base64
import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, insert, or_, select, update
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.roster import candidates
from actions.adapters.database.schema.people import consents, people, role_grants
from actions.adapters.database.summaries import inside
from actions.application.records import Person, Seated
from actions.domain.community import Community
from actions.domain.dispatch import Candidate
from actions.domain.errors import NotFound
from actions.domain.identifiers import PersonId
from actions.domain.people import Actor, Role, RoleGrant
from actions.domain.place import is_inside
from actions.domain.seating import SEATS

#: The kind of consent that is given to the privacy notice.
NOTICE = "notice"
#: 17 bytes are 136 bits; in base32 they can be read aloud.
_CODE_BYTES = 17
_GROUP = 4


def code_hash(code: str) -> str:
    """What is kept of a one-time code: it has 128 bits, so a plain hash is enough."""
    return hashlib.sha256(code.strip().encode()).hexdigest()


def new_code() -> str:
    """Letters and digits in groups of four, none of them easily taken for another."""
    text = base64.b32encode(secrets.token_bytes(_CODE_BYTES)).decode().rstrip("=")
    return "-".join(text[i : i + _GROUP] for i in range(0, len(text), _GROUP))


class SqlPeople:
    def __init__(self, conn: AsyncConnection, community: Community) -> None:
        self._conn = conn
        self._community = community

    async def get(self, person_id: PersonId) -> Person:
        latest = (
            select(func.max(consents.c.version))
            .where(
                consents.c.person_id == people.c.id,
                consents.c.kind == NOTICE,
                consents.c.withdrawn_at.is_(None),
            )
            .correlate(people)
            .scalar_subquery()
            .label("consent")
        )
        query = select(people, latest).where(people.c.id == person_id)
        row = (await self._conn.execute(query)).mappings().first()
        if row is None:
            raise NotFound
        return Person(
            id=PersonId(row["id"]),
            participant_id=row["participant_id"],
            display_name=row["display_name"],
            locale=row["locale"],
            area=row["area"],
            home=row["home"],
            organisation=row["organisation"],
            roster_key=row["roster_key"],
            consent_version=row["consent"] or "",
            away_until=row["away_until"],
            is_erased=row["erased_at"] is not None,
        )

    async def actor(self, person_id: PersonId) -> Actor:
        return await live_actor(self._conn, person_id)

    async def candidates(self, at: datetime) -> Sequence[Candidate]:
        return await candidates(self._conn, self._community, at)

    async def holders(self, role: str, area: str) -> Sequence[PersonId]:
        query = select(role_grants.c.person_id, role_grants.c.area).where(
            role_grants.c.role == role, role_grants.c.revoked_at.is_(None)
        )
        rows = [row for row in await self._conn.execute(query) if is_inside(area, row.area)]
        rows.sort(key=lambda row: (-len(row.area), row.person_id))
        return list(dict.fromkeys(PersonId(row.person_id) for row in rows))

    async def set_locale(self, person_id: PersonId, locale: str) -> None:
        await self._set(person_id, locale=locale)

    async def set_home(self, person_id: PersonId, area: str) -> None:
        await self._set(person_id, home=area)

    async def set_organisation(self, person_id: PersonId, name: str) -> None:
        await self._set(person_id, organisation=name)

    async def set_name(self, person_id: PersonId, name: str) -> None:
        await self._set(person_id, display_name=name)

    async def bind_roster(self, person_id: PersonId, key: str, name: str) -> None:
        await self._conn.execute(
            update(people)
            .where(people.c.roster_key == key, people.c.id != person_id)
            .values(roster_key=None)
        )
        await self._set(person_id, roster_key=key, display_name=name)

    async def set_away(self, person_id: PersonId, until: datetime | None) -> None:
        await self._set(person_id, away_until=until)

    async def unseat(self, person_id: PersonId) -> None:
        """The person's place in the roster is free again."""
        await self._set(person_id, roster_key=None)

    async def seated(self, areas: Sequence[str], *, limit: int = 200) -> Sequence[Seated]:
        """Living seats inside the area paths, by name."""
        if not areas:
            return []
        query = (
            select(
                people.c.id, people.c.display_name, people.c.away_until,
                role_grants.c.role, role_grants.c.area,
            )
            .join(role_grants, role_grants.c.person_id == people.c.id)
            .where(
                role_grants.c.role.in_(sorted(SEATS)),
                role_grants.c.revoked_at.is_(None),
                people.c.erased_at.is_(None),
                or_(*(inside(role_grants.c.area, area) for area in areas)),
            )
            .order_by(people.c.display_name, people.c.id, role_grants.c.role, role_grants.c.area)
            .limit(limit)
        )  # fmt: skip
        return [_seated(row) for row in (await self._conn.execute(query)).mappings()]

    async def _set(self, person_id: PersonId, **values: object) -> None:
        await self._conn.execute(update(people).where(people.c.id == person_id).values(values))

    async def grant(
        self, person_id: PersonId, grant: RoleGrant, *, by: PersonId, at: datetime
    ) -> None:
        await self._conn.execute(
            insert(role_grants).values(
                person_id=person_id,
                role=grant.role.value,
                area=grant.area,
                granted_at=at,
                granted_by=by,
            )
        )

    async def revoke(self, person_id: PersonId, grant: RoleGrant, *, at: datetime) -> None:
        await self._conn.execute(
            update(role_grants)
            .where(
                role_grants.c.person_id == person_id,
                role_grants.c.role == grant.role.value,
                role_grants.c.area == grant.area,
                role_grants.c.revoked_at.is_(None),
            )
            .values(revoked_at=at)
        )


def _seated(row: RowMapping) -> Seated:
    return Seated(
        person_id=PersonId(row["id"]),
        display_name=row["display_name"],
        seat=RoleGrant(role=Role(row["role"]), area=row["area"]),
        away_until=row["away_until"],
    )


async def live_actor(conn: AsyncConnection, person_id: PersonId) -> Actor:
    """The person with every grant that has not been revoked."""
    rows = await conn.execute(_LIVE_GRANTS, {"person": person_id})
    grants = {RoleGrant(role=Role(row.role), area=row.area) for row in rows}
    return Actor(person_id=person_id, grants=frozenset(grants))


#: Built once: every turn asks it.
_LIVE_GRANTS = select(role_grants.c.role, role_grants.c.area).where(
    role_grants.c.person_id == bindparam("person"), role_grants.c.revoked_at.is_(None)
)
