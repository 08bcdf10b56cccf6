"""Where tickets and drafts name a person inside their JSON: one name takes the other's place."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import String, and_, bindparam, cast, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.schema.matters import drafts, ticket_events, tickets
from actions.adapters.database.schema.people import role_grants
from actions.domain.identifiers import PersonId

#: Under these names an entry holds a person, or a list of persons.
NAMES_ONE: Final = frozenset({"reporter", "assignee", "approved_by"})
NAMES_SEVERAL: Final = frozenset({"recused", "asks"})
#: And under this one what was before.
_BEFORE: Final = "was"


async def rewrite_tickets(conn: AsyncConnection, absorbed: PersonId, survivor: PersonId) -> None:
    """A ticket is what its timeline says, so both change together."""
    ids = await _touched(conn, absorbed)
    for ticket_id in ids:
        await _rewrite_one(conn, ticket_id, absorbed, survivor)
    await _rewrite_drafts(conn, absorbed, survivor)


async def _touched(conn: AsyncConnection, person: PersonId) -> Sequence[int]:
    acted = select(ticket_events.c.ticket_id).where(ticket_events.c.actor_id == person)
    mine = or_(
        tickets.c.reporter_id == person, tickets.c.assignee_id == person, tickets.c.id.in_(acted)
    )
    found = set((await conn.execute(select(tickets.c.id).where(mine))).scalars())
    if await _has_worked_here(conn, person):
        about = select(tickets.c.id, tickets.c.recused, tickets.c.looking).where(
            or_(tickets.c.lookers > 0, cast(tickets.c.recused, String) != "[]")
        )
        for row in await conn.execute(about):
            if person in row.recused or str(person) in row.looking:
                found.add(row.id)
    return sorted(found)


async def _has_worked_here(conn: AsyncConnection, person: PersonId) -> bool:
    """A matter can be about nobody else, nor can anybody else be asked to look."""
    query = select(role_grants.c.id).where(role_grants.c.person_id == person).limit(1)
    return (await conn.execute(query)).first() is not None


async def _rewrite_one(
    conn: AsyncConnection, ticket_id: int, absorbed: PersonId, survivor: PersonId
) -> None:
    columns = (tickets.c.recused, tickets.c.looking)
    row = (await conn.execute(select(*columns).where(tickets.c.id == ticket_id))).one()
    values = {
        "recused": _renamed(row.recused, absorbed, survivor),
        "looking": {
            str(survivor) if who == str(absorbed) else who: seq for who, seq in row.looking.items()
        },
    }
    if values != {"recused": row.recused, "looking": row.looking}:
        await conn.execute(update(tickets).where(tickets.c.id == ticket_id).values(values))
    query = select(ticket_events.c.seq, ticket_events.c.data).where(
        ticket_events.c.ticket_id == ticket_id
    )
    changed = [
        {"of": ticket_id, "number": entry.seq, "new": data}
        for entry in (await conn.execute(query)).all()
        if (data := in_data(entry.data, absorbed, survivor)) != entry.data
    ]
    if changed:
        await conn.execute(_ENTRY, changed)


_ENTRY = (
    update(ticket_events)
    .where(
        and_(
            ticket_events.c.ticket_id == bindparam("of"),
            ticket_events.c.seq == bindparam("number"),
        )
    )
    .values(data=bindparam("new"))
)


def in_data(data: Mapping[str, Any], absorbed: PersonId, survivor: PersonId) -> dict[str, Any]:
    """The entry's data with one person in the place of the other."""
    new = dict(data)
    for name in NAMES_ONE & new.keys():
        if new[name] == absorbed:
            new[name] = survivor
    for name in NAMES_SEVERAL & new.keys():
        new[name] = _renamed(new[name] or [], absorbed, survivor)
    if isinstance(new.get(_BEFORE), dict):
        new[_BEFORE] = in_data(new[_BEFORE], absorbed, survivor)
    return new


def _renamed(people: Sequence[int], absorbed: int, survivor: int) -> list[int]:
    return list(dict.fromkeys(survivor if each == absorbed else each for each in people))


async def _rewrite_drafts(conn: AsyncConnection, absorbed: PersonId, survivor: PersonId) -> None:
    """What is half told about somebody who works here stays about them."""
    if not await _has_worked_here(conn, absorbed):
        return
    query = select(drafts.c.id, drafts.c.body).where(drafts.c.state == "open")
    for row in (await conn.execute(query)).all():
        about = row.body.get("subjects") or []
        if absorbed in about:
            body = row.body | {"subjects": _renamed(about, absorbed, survivor)}
            await conn.execute(update(drafts).where(drafts.c.id == row.id).values(body=body))
