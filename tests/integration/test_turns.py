"""Who may write in a conversation: the one who holds it, and nobody who held it before."""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from actions.adapters.database.engine import IDLE_TIMEOUT, STATEMENT_TIMEOUT, Database
from actions.adapters.database.owners import is_gone, own_name
from actions.adapters.database.schema.messaging import conversations, inbox
from actions.adapters.database.turns import LEASE, MAX_ATTEMPTS, Turns
from actions.application.arrivals import Lease, Work
from actions.application.commands.telling import AnswerLater
from actions.application.turn import Turn
from actions.domain.errors import StaleLease
from actions.domain.identifiers import InboxId
from tests.builders import Someone, World

WAIT = timedelta(seconds=3)


@pytest.fixture
async def resident(world: World) -> Someone:
    return await world.resident()


@pytest.fixture
async def other(store_url: str) -> AsyncIterator[Database]:
    """The same database as another process sees it."""
    database = Database(store_url)
    yield database
    await database.close()


async def taken(turns: Turns, resident: Someone) -> Lease:
    lease = await turns.take(resident.conversation_id)
    assert lease is not None
    return lease


async def work(world: World, turns: Turns, resident: Someone) -> Work:
    found = await turns.next(resident.conversation_id, world.clock.now())
    assert found is not None
    return found


async def state(world: World) -> list[tuple[str, int]]:
    query = select(inbox.c.state, inbox.c.attempts).order_by(inbox.c.seq)
    async with world.database.read() as conn:
        return [(row.state, row.attempts) for row in await conn.execute(query)]


async def run_out(world: World, until: float = 1.0) -> None:
    async with world.database.write() as conn:
        await conn.execute(update(conversations).values(lease_until=until))
        await conn.commit()


LATE: dict[str, Callable[[World, Turns, Work, Lease], Awaitable[object]]] = {
    "renews": lambda _world, turns, _work, lease: turns.renew(lease),
    "parks": lambda world, turns, work, lease: turns.park(work, lease, world.clock.now(), WAIT),
    "fails": lambda world, turns, work, lease: turns.fail(work, lease, world.clock.now(), WAIT),
    "hurries": lambda world, turns, work, lease: turns.hurry(
        [work.inbox_id], lease, world.clock.now()
    ),
}


@pytest.mark.parametrize("late", LATE)
async def test_who_lost_the_lease_changes_nothing(
    world: World, resident: Someone, other: Database, late: str
) -> None:
    await world.arrives(resident, "第一句")
    turns = Turns(world.database, "a:1:x")
    lease = await taken(turns, resident)
    found = await work(world, turns, resident)
    await run_out(world)
    newer = await taken(Turns(other, "b:1:y"), resident)

    with pytest.raises(StaleLease):
        await LATE[late](world, turns, found, lease)
    await turns.release(lease)

    assert newer.token > lease.token
    assert await state(world) == [("pending", 0)]
    assert await Turns(other, "c:1:z").take(resident.conversation_id) is None


async def test_nobody_takes_what_is_held_until_it_runs_out(
    world: World, resident: Someone, other: Database
) -> None:
    await world.arrives(resident, "第一句")
    first, second = Turns(world.database, "a:1:x"), Turns(other, "b:1:y")
    lease = await taken(first, resident)

    assert await second.take(resident.conversation_id) is None
    assert await second.waiting(world.clock.now()) == []
    await first.renew(lease)
    await first.release(lease)
    assert await second.waiting(world.clock.now()) == [resident.conversation_id]


async def test_a_clock_that_was_set_back_holds_nobody_up(
    world: World, resident: Someone, other: Database
) -> None:
    await world.arrives(resident, "第一句")
    await taken(Turns(world.database, "a:1:x"), resident)
    async with world.database.read() as conn:
        now = (await conn.execute(select(world.database.now))).scalar_one()
    await run_out(world, now + 7200)

    turns = Turns(other, "b:1:y")
    assert await turns.waiting(world.clock.now()) == [resident.conversation_id]
    assert await turns.take(resident.conversation_id) is not None


@pytest.mark.parametrize(
    ("owner", "free"),
    [("own host, a number nobody has", True), ("own host and number", True), ("elsewhere", False)],
)
async def test_what_the_dead_of_this_machine_held_is_free_at_once(
    world: World, resident: Someone, other: Database, owner: str, *, free: bool
) -> None:
    ours = own_name()
    host = ours.rpartition(":")[0].rpartition(":")[0]
    names = {
        "own host, a number nobody has": f"{host}:{await number_of_the_dead()}:x",
        "own host and number": f"{host}:{os.getpid()}:x",
        "elsewhere": "elsewhere:1:x",
    }
    await taken(Turns(world.database, names[owner]), resident)
    turns = Turns(other, ours)

    await turns.free_the_dead()

    assert (await turns.take(resident.conversation_id) is not None) is free


async def number_of_the_dead() -> int:
    process = await asyncio.create_subprocess_exec("true")
    await process.wait()
    return process.pid


def test_a_living_process_is_not_taken_for_dead() -> None:
    ours = own_name()
    host = ours.rpartition(":")[0].rpartition(":")[0]

    assert not is_gone(ours, ours)
    assert not is_gone(f"{host}:{os.getppid()}:x", ours)
    assert not is_gone("nonsense", ours)


async def test_texts_that_wait_are_known_to_those_that_follow(
    world: World, resident: Someone
) -> None:
    for words in ("第一句", "第二句", "第三句"):
        await world.arrives(resident, words)
    turns = Turns(world.database, "a:1:x")
    lease = await taken(turns, resident)
    first = await work(world, turns, resident)
    assert not first.follows_parked
    await turns.park(first, lease, world.clock.now(), WAIT)
    second = await work(world, turns, resident)
    assert second.follows_parked
    assert await turns.parked_before(second) == [first.inbox_id]

    await turns.hurry([first.inbox_id], lease, world.clock.now())

    assert (await work(world, turns, resident)).inbox_id == first.inbox_id


async def test_to_give_up_and_to_say_so_is_one_commit(world: World, resident: Someone) -> None:
    number = InboxId(await world.arrives(resident, "第一句"))
    turns = Turns(world.database, "a:1:x")
    lease = await taken(turns, resident)
    for attempt in range(1, MAX_ATTEMPTS + 1):
        found = await work(world, turns, resident)
        last = await turns.fail(found, lease, world.clock.now(), timedelta())
        assert last is (attempt == MAX_ATTEMPTS)
    assert await state(world) == [("pending", MAX_ATTEMPTS)]

    turn = Turn(
        cause=f"inbox:{number}", step="given_up", conversation_id=resident.conversation_id,
        inbox_id=number, lease_token=lease.token, finishes=False,
        actor=await turns.actor(resident.id),
    )  # fmt: skip
    await world.bus.handle(AnswerLater(given_up=True), turn)

    assert await state(world) == [("quarantined", MAX_ATTEMPTS)]
    assert (await resident.templates())[0] == "kept_for_a_person"


async def test_postgresql_gives_up_on_who_stopped_in_a_transaction(postgres_url: str) -> None:
    database = Database(postgres_url)
    async with database.read() as conn:
        shown = await conn.execute(text("SHOW idle_in_transaction_session_timeout"))
        assert shown.scalar_one() == f"{IDLE_TIMEOUT:.0f}s"
    await database.close()

    assert min(LEASE, STATEMENT_TIMEOUT) > IDLE_TIMEOUT
