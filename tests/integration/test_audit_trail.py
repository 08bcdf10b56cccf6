"""The audit trail only grows, and whatever is done to it behind our back is found."""

import asyncio
from collections.abc import Sequence

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from actions.adapters.database.audit import SqlTrail
from actions.adapters.database.audit_check import SqlAuditCheck
from actions.application.examined import Head
from actions.application.turn import Turn
from actions.domain.identifiers import PersonId
from tests.builders import World, closed, opened
from tests.clock import FrozenClock

#: As whoever owns the database can.
UNGUARDED = {
    "sqlite": ("DROP TRIGGER audit_refuses_UPDATE", "DROP TRIGGER audit_refuses_DELETE"),
    "postgresql": ("ALTER TABLE audit DISABLE TRIGGER USER",),
}
#: Later tests get the same PostgreSQL database.
GUARDED = "ALTER TABLE audit ENABLE TRIGGER USER"
SWAPPED = """UPDATE audit SET reason = CASE id WHEN {0} THEN 'look 2' ELSE 'look 1' END
WHERE id IN ({0}, {1})"""
ADDED = """INSERT INTO audit (at, actor_id, action, object, area, previous, hash)
SELECT at, actor_id, action, object, area, hash, 'made up' FROM audit WHERE id = {2}"""
TAMPERED = {
    "changed": ("UPDATE audit SET reason = 'nothing' WHERE id = {1}", "is not what was written"),
    "removed": ("DELETE FROM audit WHERE id = {1}", "does not follow"),
    "cut off": ("DELETE FROM audit WHERE id = {2}", "3 were written"),
    "emptied": ("DELETE FROM audit", "3 were written"),
    "moved": (SWAPPED, "is not what was written"),
    "added": (ADDED, "is not what was written"),
}


def trail_of(world: World) -> SqlTrail:
    return SqlTrail(world.database, world.clock, world.community)


async def noted(world: World, count: int) -> None:
    for number in range(1, count + 1):
        await trail_of(world).note(
            "look", f"ticket:{number}", by=PersonId(7), reason=f"look {number}"
        )


async def change(world: World, *statements: str) -> None:
    async with world.database.write() as conn:
        for statement in statements:
            await conn.execute(text(statement))
        await conn.commit()


async def tamper(world: World, statement: str) -> None:
    async with world.database.read() as conn:
        ids = (await conn.execute(text("SELECT id FROM audit ORDER BY id"))).scalars().all()
        store = conn.dialect.name
    await change(world, *UNGUARDED[store], statement.format(*ids))
    if store == "postgresql":
        await change(world, GUARDED)


async def found(world: World, *witness: Head) -> Sequence[str]:
    return await SqlAuditCheck(world.database).findings(*witness)


async def test_a_trail_that_only_grew_is_sound(world: World) -> None:
    assert await found(world) == []
    await noted(world, 3)

    assert await found(world) == []


@pytest.mark.parametrize("way", TAMPERED)
async def test_what_was_done_to_it_is_found(world: World, way: str) -> None:
    await noted(world, 3)
    statement, expected = TAMPERED[way]

    await tamper(world, statement)

    assert any(expected in finding for finding in await found(world))


@pytest.mark.parametrize(
    "statement", ["UPDATE audit SET reason = ''", "DELETE FROM audit", "UPDATE audit SET id = 9"]
)
async def test_the_database_refuses_to_change_or_remove_a_row(world: World, statement: str) -> None:
    await noted(world, 1)

    with pytest.raises(DBAPIError, match="the audit trail only grows"):
        await change(world, statement)


async def test_a_head_kept_elsewhere_shows_that_all_was_written_anew(world: World) -> None:
    """Whoever owns the database can make another sound trail; not one with the old head."""
    await noted(world, 3)
    kept = await SqlAuditCheck(world.database).head()
    await tamper(world, "DELETE FROM audit")
    await change(world, "DELETE FROM audit_head")
    await noted(world, 2)

    assert await found(world) == []
    assert await found(world, kept) == ["there were 3 rows, as was noted elsewhere, and are 2"]

    await trail_of(world).note("look", "ticket:9", by=PersonId(7))
    assert len(await found(world, kept)) == 1


async def test_a_head_that_was_kept_fits_a_trail_that_went_on(world: World) -> None:
    await noted(world, 2)
    kept = Head.parse(str(await SqlAuditCheck(world.database).head()))
    await noted(world, 2)

    assert await found(world, kept) == []


async def test_writers_at_once_make_one_chain(world: World) -> None:
    """Also the very first ones, who find no head."""
    await asyncio.gather(*(noted(world, 5) for _ in range(6)))

    assert await found(world) == []
    assert (await SqlAuditCheck(world.database).head()).length == 30


async def test_who_notes_something_and_then_waits_for_a_row_holds_up_nobody(
    lent_postgres_url: str, frozen_clock: FrozenClock
) -> None:
    """The trail is locked last: with it in hand, each of these two would wait for the other."""
    world = await opened(lent_postgres_url, frozen_clock)
    someone = await world.resident()
    talk = someone.conversation_id
    async with world.open_uow(Turn(cause="one")) as one, world.open_uow(Turn(cause="two")) as two:
        await one.audit.append("look", "ticket:1", by=someone.id, area="")
        await two.conversations.set_awaiting(talk, {"for": "two"})
        await two.audit.append("look", "ticket:2", by=someone.id, area="")
        waiting = asyncio.create_task(one.conversations.set_awaiting(talk, {"for": "one"}))
        await two.commit()
        await waiting
        await one.commit()

    assert await found(world) == []
    assert (await SqlAuditCheck(world.database).head()).length == 2
    await closed(world)
