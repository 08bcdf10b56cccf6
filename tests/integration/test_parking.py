"""A text that waits for understanding: tried more seldom the longer it waits, not for ever."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.adapters.database.schema.messaging import inbox
from actions.adapters.database.turns import Turns
from actions.application.turn_ticket import TurnTicket
from bot.gateway.turns import PARKED_AT_MOST, TurnRunner, parking
from bot.ports import UnderstandingAway
from tests.builders import World


class NeverThere:
    """Fits `Conversation`: this text is the end of it each time."""

    async def is_ready(self) -> bool:
        return False

    async def say(self, sender_key: str, text: str, ticket: TurnTicket) -> None:
        raise UnderstandingAway


@pytest.mark.parametrize(("waited", "wait"), [(0, 3), (10, 3), (60, 6), (600, 30), (36_000, 30)])
def test_the_longer_it_waits_the_more_seldom_it_is_tried(waited: int, wait: int) -> None:
    assert parking(timedelta(seconds=waited)) == timedelta(seconds=wait)


async def test_what_is_never_understood_goes_to_a_person_after_a_day(world: World) -> None:
    resident = await world.resident()
    await world.arrives(resident, "第一句")
    turns = Turns(world.database, "a:1:x")
    runner = TurnRunner(turns, world.bus, NeverThere(), world.clock, count=lambda *_: None)
    running = asyncio.create_task(runner.run())

    runner.wake(resident.conversation_id)
    await becomes(world, "parked")
    assert await resident.templates() == ["kept_for_later"]
    world.clock.advance(PARKED_AT_MOST)
    runner.wake(resident.conversation_id)
    await becomes(world, "quarantined")
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)

    assert await resident.templates() == ["kept_for_later", "kept_for_a_person", "callback_asked"]


async def becomes(world: World, state: str) -> None:
    async with asyncio.timeout(10):
        while True:
            async with world.database.read() as conn:
                if (await conn.execute(select(inbox.c.state))).scalar_one() == state:
                    return
            await asyncio.sleep(0.02)
