"""When a version comes into force: whoever is bound to a roster entry works where it now says."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database import audit
from actions.adapters.database.outbox import SqlOutbox
from actions.adapters.database.schema.people import people, role_grants
from actions.adapters.database.schema.records import community_versions as versions
from actions.adapters.rulebook import Rulebook
from actions.application import values
from actions.application.notification import Notification, Purpose
from actions.domain.community import Community
from actions.domain.identifiers import PersonId
from actions.domain.people import Role
from actions.domain.place import shared_path
from actions.domain.roster import RosterEntry

_SYSTEM = PersonId(0)

Grant = tuple[str, str]


async def follow_roster(conn: AsyncConnection, rulebook: Rulebook, now: datetime) -> None:
    """Once a version, whichever process is first; also for one that passed while all were down."""
    notes = audit.LastAudit(conn, now)
    due = select(versions.c.hash).where(
        versions.c.applied_at.is_(None), versions.c.valid_from <= now
    )
    for version in (await conn.execute(due.order_by(versions.c.valid_from))).scalars().all():
        after = rulebook.rules(version)
        if after is None:  # imported since the last look; the next one knows it
            continue
        claim = update(versions).where(versions.c.hash == version, versions.c.applied_at.is_(None))
        if (await conn.execute(claim.values(applied_at=now))).rowcount != 1:
            continue
        before = rulebook.before(version)
        if before:
            await _bring_in_line(conn, before, after, now, notes)
    await notes.write()


async def _bring_in_line(
    conn: AsyncConnection,
    before: Community,
    after: Community,
    now: datetime,
    notes: audit.LastAudit,
) -> None:
    """Grants that did not come from the roster stay, and so do roles nobody took up."""
    for key, old in before.roster.items():
        new = after.roster.get(key)
        had, has = _grants(old, before), _grants(new, after)
        if had == has:
            continue
        query = select(people.c.id).where(people.c.roster_key == key, people.c.erased_at.is_(None))
        for person in (await conn.execute(query)).scalars().all():
            held = await _held(conn, person)
            mine = held & (had | set(_together(old, before)))
            if mine:
                kept = _roles(mine) | (_roles(has) - _roles(had))
                won = {grant for grant in has - held if grant[0] in kept}
                await _exchange(conn, person, mine - has, won, now)
                await _note(notes, person, key, after)
                seats = (mine & has) | won
                await _tell(conn, person, seats or mine, left=not seats, after=after, now=now)


def _grants(entry: RosterEntry | None, community: Community) -> set[Grant]:
    if entry is None:
        return set()
    paths = [community.path(area) for area in entry.areas]
    return {(role.value, path) for role in entry.roles for path in paths}


def _roles(grants: set[Grant]) -> set[str]:
    return {role for role, _ in grants}


def _together(entry: RosterEntry, community: Community) -> Iterator[Grant]:
    """An invitation gives the one area that several grids are together."""
    shared = shared_path([community.path(area) for area in entry.areas])
    yield from ((role.value, shared) for role in entry.roles)


async def _held(conn: AsyncConnection, person: int) -> set[Grant]:
    query = select(role_grants.c.role, role_grants.c.area).where(
        role_grants.c.person_id == person, role_grants.c.revoked_at.is_(None)
    )
    return {(row.role, row.area) for row in await conn.execute(query)}


async def _exchange(
    conn: AsyncConnection, person: int, lost: set[Grant], won: set[Grant], now: datetime
) -> None:
    for role, area in sorted(lost):
        await conn.execute(
            update(role_grants)
            .where(
                role_grants.c.person_id == person,
                role_grants.c.role == role,
                role_grants.c.area == area,
                role_grants.c.revoked_at.is_(None),
            )
            .values(revoked_at=now)
        )
    for role, area in sorted(won):
        values = {"person_id": person, "role": role, "area": area}
        await conn.execute(insert(role_grants).values(**values, granted_at=now, granted_by=_SYSTEM))


async def _note(notes: audit.LastAudit, person: int, key: str, after: Community) -> None:
    await notes.append(
        "settings-roster",
        f"person:{person}",
        by=_SYSTEM,
        area=after.root,
        reason=f"roster entry {key} as of settings {after.version[:12]}",
    )


async def _tell(
    conn: AsyncConnection, person: int, seats: set[Grant], *, left: bool, after: Community,
    now: datetime,
) -> None:  # fmt: skip
    """What they are from now on, or that they are nothing of it any more."""
    named = [
        values.text("seat_named", role=values.role(Role(role)), area=values.place(area))
        for role, area in sorted(seats)
    ]
    told = Notification(
        person_id=PersonId(person),
        template="roster_left" if left else "roster_changed",
        params={"at": values.moment(now), "roles": named, "phone": after.office.phone.dial},
        purpose=Purpose.PUSH,
    )
    await SqlOutbox(conn, now).add(f"settings:{after.version[:12]}:{person}", told, after.root)
