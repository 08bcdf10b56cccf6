"""A7: a message every process dies of lets the others go first, and goes to a person in the end."""

import asyncio
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update

from actions.adapters.database.owners import own_name
from actions.adapters.database.schema.messaging import conversations, inbox
from actions.adapters.database.turns import MAX_ATTEMPTS, Turns
from actions.application.arrivals import MOST_DEATHS
from actions.application.commands.following import ShowHelp
from actions.application.turn_ticket import TurnTicket
from bot.gateway.turns import TurnRunner
from tests.builders import Someone, World

POISON = "毒"


class NeverAsked:
    """Fits `Conversation`: whoever asks is about to die."""

    async def is_ready(self) -> bool:
        return True

    async def say(self, sender_key: str, text: str, ticket: TurnTicket) -> None:
        raise AssertionError(text)


class Fragile:
    """Fits `Conversation`: one text breaks it, each other one is answered."""

    def __init__(self, world: World, talks: dict[int, Someone]) -> None:
        self._world = world
        self._talks = talks

    async def is_ready(self) -> bool:
        return True

    async def say(self, sender_key: str, text: str, ticket: TurnTicket) -> None:
        if text == POISON:
            raise RuntimeError
        someone = self._talks[ticket.conversation_id]
        await self._world.run(ShowHelp(), someone, inbox_id=ticket.inbox_id)


async def dies(world: World, resident: Someone) -> None:
    """A process of this machine takes the turn, and is no more; the next one starts."""
    host = own_name().rpartition(":")[0].rpartition(":")[0]
    process = await asyncio.create_subprocess_exec("true")
    await process.wait()
    assert await Turns(world.database, f"{host}:{process.pid}:x").take(resident.conversation_id)
    await Turns(world.database, own_name()).free_the_dead()


async def tried(world: World) -> list[tuple[int, str]]:
    query = select(inbox.c.attempts, inbox.c.state).order_by(inbox.c.id)
    async with world.database.read() as conn:
        return [(row.attempts, row.state) for row in await conn.execute(query)]


async def waits(world: World) -> float:
    """Seconds until the first message is due."""
    async with world.database.read() as conn:
        due = (
            (await conn.execute(select(inbox.c.not_before).order_by(inbox.c.id))).scalars().first()
        )
    assert due is not None
    return (due - datetime.now(UTC)).total_seconds()


async def wait_no_longer(world: World) -> None:
    async with world.database.write() as conn:
        await conn.execute(update(inbox).values(not_before=datetime.now(UTC) - timedelta(days=1)))
        await conn.commit()


async def test_what_a_process_died_of_waits_longer_each_time_and_nobody_else_does(
    world: World,
) -> None:
    world.clock.set(datetime.now(UTC) - timedelta(hours=1))
    poisoned, other = await world.resident(), await world.resident()
    for someone in (poisoned, other):
        await world.arrives(someone, "第一句")
    await world.arrives(poisoned, "第二句")

    seconds = []
    for _ in range(6):
        await dies(world, poisoned)
        seconds.append(round(max(0.0, await waits(world))))
        await wait_no_longer(world)

    assert seconds == [0, 0, 2, 4, 8, 8]
    assert await tried(world) == [(6, "pending"), (0, "pending"), (0, "pending")]
    async with world.database.read() as conn:
        held = (await conn.execute(select(conversations.c.lease_owner))).scalars().all()
    assert set(held) == {None}


async def test_what_every_process_dies_of_goes_to_a_person_and_is_not_touched_again(
    world: World,
) -> None:
    world.clock.set(datetime.now(UTC))
    resident = await world.resident()
    await world.arrives(resident, POISON)
    await wait_no_longer(world)
    for _ in range(MOST_DEATHS):
        await dies(world, resident)
        await wait_no_longer(world)

    turns = Turns(world.database, own_name())
    runner = TurnRunner(turns, world.bus, NeverAsked(), world.clock, count=lambda *_: None)
    running = asyncio.create_task(runner.run())
    async with asyncio.timeout(60):
        while await tried(world) != [(MOST_DEATHS, "quarantined")]:  # noqa: ASYNC110  rows do not call
            await asyncio.sleep(0.02)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)

    assert await resident.templates() == ["kept_for_a_person", "callback_asked"]


async def test_what_breaks_its_handler_is_given_up_after_five_tries_and_holds_up_nobody(
    world: World,
) -> None:
    poisoned, other = await world.resident(), await world.resident()
    for someone in (poisoned, other):
        await world.arrives(someone, POISON if someone is poisoned else "你好")
    await world.arrives(poisoned, "你好")
    talks: dict[int, Someone] = {each.conversation_id: each for each in (poisoned, other)}
    turns = Turns(world.database, own_name())
    runner = TurnRunner(turns, world.bus, Fragile(world, talks), world.clock, count=lambda *_: None)
    running = asyncio.create_task(runner.run())

    async with asyncio.timeout(60):
        while await tried(world) != [(MAX_ATTEMPTS, "quarantined"), (0, "done"), (0, "done")]:
            world.clock.advance(timedelta(minutes=2))
            runner.wake(poisoned.conversation_id)
            await asyncio.sleep(0.02)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)

    assert await other.templates() == ["help"]
    heard = await poisoned.templates()
    assert sorted(heard) == ["callback_asked", "help", "kept_for_a_person"]


async def test_a_process_that_ended_between_two_messages_accuses_none(world: World) -> None:
    world.clock.set(datetime.now(UTC) - timedelta(hours=1))
    resident, other = await world.resident(), await world.resident()
    await world.arrives(other, "第一句")

    await dies(world, resident)

    assert await tried(world) == [(0, "pending")]
