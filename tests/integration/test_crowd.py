"""While many wait to be taken in, few turns run; afterwards everybody has their turn."""

import asyncio

from actions.adapters.database.turns import Turns
from actions.application.turn_ticket import TurnTicket
from bot.gateway.turns import FEW, TurnRunner
from bot.ports import UnderstandingAway
from tests.builders import World

MANY = 3 * FEW


class Held:
    """Fits `Conversation`: keeps whoever speaks until it is let go, then understands nobody."""

    def __init__(self, awaited: int) -> None:
        self._awaited = awaited
        self.speaking = 0
        self.most = 0
        self.tried = 0
        self.are_there = asyncio.Event()
        self.may_go = asyncio.Event()
        self.was_everybody = asyncio.Event()

    async def is_ready(self) -> bool:
        return True

    async def say(self, sender_key: str, text: str, ticket: TurnTicket) -> None:
        self.speaking += 1
        self.most = max(self.most, self.speaking)
        if self.speaking == self._awaited:
            self.are_there.set()
        try:
            await self.may_go.wait()
        finally:
            self.speaking -= 1
        self.tried += 1
        if self.tried == MANY:
            self.was_everybody.set()
        raise UnderstandingAway


async def begun(world: World, held: Held, *, is_crowded: bool) -> asyncio.Task[None]:
    residents = [await world.resident() for _ in range(MANY)]
    for resident in residents:
        await world.arrives(resident, "楼道灯坏了")
    runner = TurnRunner(
        Turns(world.database, "a:1:x"),
        world.bus,
        held,
        world.clock,
        count=lambda *_: None,
        is_crowded=lambda: is_crowded,
    )
    for resident in residents:
        runner.wake(resident.conversation_id)
    return asyncio.create_task(runner.run())


async def ended(running: asyncio.Task[None]) -> None:
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_in_a_crowd_few_turns_run_and_nobody_is_left_out(world: World) -> None:
    held = Held(FEW)
    running = await begun(world, held, is_crowded=True)
    await held.are_there.wait()

    held.may_go.set()
    await held.was_everybody.wait()

    assert held.most == FEW
    await ended(running)


async def test_otherwise_all_turns_run_at_once(world: World) -> None:
    held = Held(MANY)
    running = await begun(world, held, is_crowded=False)

    await held.are_there.wait()

    assert held.speaking == MANY
    held.may_go.set()
    await ended(running)


async def test_only_arrivals_that_share_a_commit_are_a_crowd(world: World) -> None:
    someone = await world.resident()

    await world.arrives(someone, "一个人")

    assert not world.intake.is_crowded
