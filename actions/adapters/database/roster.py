"""Who could take a ticket right now: roles, skills, load, duty and absence, in two queries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.schema.matters import tickets
from actions.adapters.database.schema.people import people, role_grants
from actions.domain.community import Community
from actions.domain.dispatch import Candidate
from actions.domain.identifiers import PersonId
from actions.domain.people import WORKING_ROLES, Role
from actions.domain.ticket_status import WITH_ASSIGNEE, TicketStatus

_WORKING = sorted(WORKING_ROLES)
#: A ticket that waits for its reporter is no load.
_LOAD = sorted(WITH_ASSIGNEE - {TicketStatus.NEEDS_INFO, TicketStatus.ON_HOLD})


async def candidates(conn: AsyncConnection, community: Community, at: datetime) -> list[Candidate]:
    """One candidate for each person and role, with every area of that role."""
    on_duty = community.on_duty(at)
    rows = (await conn.execute(_grants())).mappings().all()
    loads = await _loads(conn, {row["id"] for row in rows})
    return [_candidate(held, community, on_duty, loads, at) for held in _by_role(rows)]


def _grants() -> Select[tuple[Any, ...]]:
    """Live grants of working roles of people who are still here."""
    return (
        select(
            people.c.id, people.c.roster_key, people.c.away_until,
            role_grants.c.role, role_grants.c.area,
        )
        .join(role_grants, role_grants.c.person_id == people.c.id)
        .where(
            role_grants.c.role.in_(_WORKING),
            role_grants.c.revoked_at.is_(None),
            people.c.erased_at.is_(None),
        )
        .order_by(people.c.id, role_grants.c.role, role_grants.c.area)
    )  # fmt: skip


async def _loads(conn: AsyncConnection, workers: set[int]) -> dict[int, int]:
    query = (
        select(tickets.c.assignee_id, func.count().label("load"))
        .where(tickets.c.assignee_id.in_(sorted(workers)), tickets.c.status.in_(_LOAD))
        .group_by(tickets.c.assignee_id)
    )
    return {row.assignee_id: row.load for row in await conn.execute(query)}


def _by_role(rows: Iterable[RowMapping]) -> list[list[RowMapping]]:
    held: dict[tuple[int, str], list[RowMapping]] = defaultdict(list)
    for row in rows:
        held[row["id"], row["role"]].append(row)
    return list(held.values())


def _candidate(
    held: list[RowMapping],
    community: Community,
    on_duty: frozenset[str],
    loads: dict[int, int],
    at: datetime,
) -> Candidate:
    """Somebody without a roster entry has no shift, so they are on duty in working hours."""
    row = held[0]
    entry = community.roster.get(row["roster_key"] or "")
    away_until = row["away_until"]
    return Candidate(
        person_id=PersonId(row["id"]),
        role=Role(row["role"]),
        areas=frozenset(grant["area"] for grant in held),
        skills=entry.skills if entry else frozenset(),
        load=loads.get(row["id"], 0),
        load_cap=entry.load_cap if entry else 20,
        on_duty=entry.key in on_duty if entry else community.hours.is_open(at),
        away=away_until is not None and away_until > at,
    )
