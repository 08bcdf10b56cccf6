"""Every invariant finds what breaks it, and a house where a lot happened breaks none."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.doctor import WALKS, SqlDoctor, questions, walks
from actions.adapters.database.invariants import ALL
from actions.application.examined import ELSEWHERE
from tests.builders import World
from tests.integration.busy import Busy, busy, show_all

#: A planted violation each, and the words the invariant finds it with. `{erased}`, `{talk}` and
#: `{ticket}` are numbers of the house.
EVENT = """INSERT INTO ticket_events (ticket_id, seq, area, verb, target, actor_id, role, at,
reason, data, cause) VALUES ({0}, {1}, '', 'note', 'accepted', 0, '', '2026-11-20 00:00:00',
'', '{{}}', '{2}')"""
EFFECT = """INSERT INTO effects (cause, step, area, command, at)
VALUES ('{0}', 'turn', '', 'X', '2026-11-20 00:00:00')"""
PLANTED = {
    "an arrival is not in the transcript": "DELETE FROM messages WHERE direction = 'in'",
    "a line of the transcript never arrived": "DELETE FROM inbox",
    "a line says something else than arrived": (
        "UPDATE messages SET text = 'x' WHERE direction = 'in'"
    ),
    "not numbered 1 to n": "UPDATE conversations SET next_seq = next_seq + 1 WHERE id = {talk}",
    "an arrival is in no known state": "UPDATE inbox SET state = 'lost'",
    "an arrival ended without a moment": "UPDATE inbox SET finished_at = NULL",
    "an arrival is done and nothing took effect": "DELETE FROM effects WHERE cause LIKE 'inbox:%'",
    "an arrival took effect and is not done": (
        "UPDATE inbox SET state = 'pending', finished_at = NULL"
    ),
    "an effect of an arrival nobody knows": EFFECT.format("inbox:999999"),
    "a message nobody caused": "UPDATE outbox SET key = 'nothing/turn/' || id",
    "by a model that is not named": "UPDATE understood SET model = ''",
    "a step on a ticket has no cause": "UPDATE ticket_events SET cause = 'nothing'",
    "not where its last entry left it": "UPDATE tickets SET status = 'resolved'",
    "a ticket without a record": "DELETE FROM ticket_events",
    "a record without a ticket": EVENT.format(999999, 1, "reading"),
    "shown and its row not settled": "UPDATE outbox SET state = 'ready' WHERE state = 'sent'",
    "an outbox row is in no known state": "UPDATE outbox SET state = 'gone'",
    "an outbox row is settled without a moment": "UPDATE outbox SET settled_at = NULL",
    "a message was given up without a reason": (
        "UPDATE outbox SET state = 'dead', last_error = '' WHERE template <> 'erased_message'"
    ),
    "news of a ticket went backwards": (
        "UPDATE outbox SET status_news = {yes}, ticket_id = {ticket}, version = 9000 - id"
    ),
    "under settings that are not there": "UPDATE tickets SET rules_version = 'nowhere'",
    "powers of somebody who is not there": (
        "UPDATE people SET erased_at = '2026-11-20 00:00:00' WHERE id = {worker}"
    ),
    "powers given by somebody nobody knows": "UPDATE role_grants SET granted_by = 999999",
    "something of an erased person": """INSERT INTO sessions
        (token_hash, person_id, area, created_at, last_seen_at, expires_at) VALUES ('x', {erased},
        '', '2026-11-20 00:00:00', '2026-11-20 00:00:00', '2026-11-20 00:00:00')""",
    "words of an erased person": "UPDATE messages SET text = 'left' WHERE direction = 'in'",
    "older than it may get": "UPDATE messages SET at = '2020-01-01 00:00:00', ticket_id = NULL",
    "delivered is in no known state": """INSERT INTO received (channel, account, external_id,
        queue, area, body, state, not_before, received_at) VALUES ('telegram', 'x', '1', '1', '',
        '', 'lost', '2026-11-20 00:00:00', '2026-11-20 00:00:00')""",
    "became part of one that is not there": (
        "UPDATE conversations SET channel = 'merged', account = '999999' WHERE id = {talk}"
    ),
    "a conversation is held by nobody": "UPDATE conversations SET lease_until = 9e12",
    "a message is being sent by nobody": "UPDATE outbox SET state = 'claimed'",
    "something was tried too often": "UPDATE inbox SET attempts = 500",
    "an arrival was passed over": """UPDATE inbox SET state = 'pending', finished_at = NULL,
        not_before = '2026-01-01 00:00:00' WHERE id = (SELECT min(id) FROM inbox)""",
    "a message was passed over": """UPDATE outbox SET state = 'ready',
        not_before = '2026-01-01 00:00:00' WHERE id = (SELECT min(id) FROM outbox)""",
    "a ticket is not what its record says": "UPDATE tickets SET summary = 'another'",
    "a counter is behind what it counts": "UPDATE day_counters SET last = 0",
    "the audit trail is not what was written": "UPDATE audit_head SET length = length + 1",
    "the store is not sound": "UPDATE alembic_version SET version_num = '0001'",
}  # fmt: skip
#: More ways to break what a walk over all rows finds.
ALSO = {
    "its record has a gap": EVENT.format("{ticket}", 99, "reading"),
    "is no step of its life": "UPDATE ticket_events SET source = 'closed_fixed' WHERE seq = 3",
    "its number is none of ours": "UPDATE tickets SET number = 'LL-261120-0001-?'",
    "not as many as counted": "UPDATE tickets SET lookers = 7",
    "it cannot be read": "UPDATE tickets SET status = 'nowhere'",
}
UNCHECKED = {
    "sqlite": ("PRAGMA defer_foreign_keys = ON",),
    "postgresql": ("SET LOCAL session_replication_role = replica",),
}


@pytest.fixture
async def house(world: World) -> Busy:
    return await busy(world)


@pytest.fixture
async def breaking(house: Busy) -> AsyncIterator[AsyncConnection]:
    """A transaction in which everything may be broken, and that is never committed."""
    async with house.world.database.write() as conn:
        for statement in UNCHECKED[conn.dialect.name]:
            await conn.execute(text(statement))
        yield conn


async def found(conn: AsyncConnection, house: Busy) -> list[str]:
    now = house.world.clock.now()
    asked = [each async for each in questions(conn, now, now - timedelta(days=366))]
    walked = [each async for each in walks(conn)]
    return [f"{each.what}: {row}" for each in (*asked, *walked) for row in each.first]


async def finds(conn: AsyncConnection, house: Busy, expected: str) -> bool:
    """Whether the one that is meant finds it; the walk over tickets says what it found."""
    now = house.world.clock.now()
    meant = [each for each in ALL if expected in each.what]
    told = [each async for each in questions(conn, now, now - timedelta(days=366), meant)]
    walked = [walk for _, what, walk in WALKS if expected in what or not meant]
    told_in_words = [row for walk in walked for row in [each async for each in walk(conn)]]
    return any(each.count for each in told) or any(
        expected in row or expected not in ALSO for row in told_in_words
    )


def planted(statement: str, house: Busy, store: str) -> str:
    return (
        statement.replace("{erased}", str(house.erased.id))
        .replace("{worker}", str(house.worker.id))
        .replace("{talk}", str(house.resident.conversation_id))
        .replace("{ticket}", str(house.ticket.id))
        .replace("{yes}", "1" if store == "sqlite" else "true")
        .replace("{{}}", "{}")
    )


async def test_a_house_where_a_lot_happened_breaks_none(house: Busy) -> None:
    doctor = SqlDoctor(house.world.database, now=house.world.clock.now)

    assert [finding async for finding in doctor.findings()] == []


async def test_each_finds_what_breaks_it(house: Busy, breaking: AsyncConnection) -> None:
    missed = []
    for expected, statement in (PLANTED | ALSO).items():
        savepoint = await breaking.begin_nested()
        await breaking.execute(text(planted(statement, house, breaking.dialect.name)))
        if not await finds(breaking, house, expected):
            missed.append(expected)
        await savepoint.rollback()

    assert missed == []


def test_none_is_without_a_row_that_breaks_it() -> None:
    whats = {each.what for each in ALL} | {what for _, what, _ in WALKS}
    without = {what for what in whats if not any(words in what for words in PLANTED)}

    assert without == {"a rule the store keeps is gone"}  # broken below


def test_every_number_of_the_catalogue_is_asked_or_answered_elsewhere() -> None:
    asked = {each.id for each in ALL} | {id_ for id_, _, _ in WALKS}
    by_rules = {"I12", "I17"}

    assert asked | by_rules | set(ELSEWHERE) == {f"I{number}" for number in range(1, 31)}


async def test_a_rule_of_the_store_that_was_dropped_is_missed(
    house: Busy, breaking: AsyncConnection
) -> None:
    await breaking.execute(text("DROP INDEX ix_conversations_person_id"))
    name = "refuses_UPDATE" if breaking.dialect.name == "sqlite" else "refuses_change ON audit"
    await breaking.execute(text(f"DROP TRIGGER audit_{name}"))

    told = [each for each in await found(breaking, house) if "a rule the store keeps" in each]

    assert len(told) == 2
    assert "conversations would take the same person_id twice" in told[0]


async def test_a_house_at_work_breaks_none(house: Busy) -> None:
    """While messages come in and answers go out, at every moment."""
    world = house.world
    doctor = SqlDoctor(world.database, now=world.clock.now)

    async def work() -> None:
        for number in range(5):
            await house.resident.writes(f"您好 {number}", "greet")
            await show_all(world)

    working = asyncio.create_task(work())
    looks = 0
    while not working.done():
        assert [finding async for finding in doctor.findings()] == []
        looks += 1
    await working

    assert looks


async def test_what_waits_behind_another_is_not_passed_over(
    house: Busy, breaking: AsyncConnection
) -> None:
    """A platform that asks one chat to wait for an hour asks all that is owed there."""
    await breaking.execute(
        text(
            """UPDATE outbox SET state = 'ready', settled_at = NULL, attempts = 0,
            not_before = '2026-01-01 00:00:00' WHERE conversation_id = :talk"""
        ),
        {"talk": house.resident.conversation_id},
    )
    await breaking.execute(
        text("UPDATE outbox SET not_before = '2036-01-01 00:00:00' WHERE id = :first"),
        {"first": await first_of(breaking, house)},
    )

    assert not [each for each in await found(breaking, house) if "passed over" in each]


async def first_of(conn: AsyncConnection, house: Busy) -> int:
    query = text("SELECT min(id) FROM outbox WHERE conversation_id = :talk")
    row = await conn.execute(query, {"talk": house.resident.conversation_id})
    return int(row.scalar_one())


async def test_nobody_is_late_where_nobody_is_at_work(world: World) -> None:
    """A house that was stopped, or brought back from a backup, is as it was."""
    someone = await world.resident()
    await world.arrives(someone, "早")
    await show_all(world)
    world.clock.advance(timedelta(days=3))

    doctor = SqlDoctor(world.database, now=world.clock.now)
    assert [finding async for finding in doctor.findings()] == []
