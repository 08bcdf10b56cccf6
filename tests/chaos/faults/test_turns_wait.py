"""The store goes away in the middle of a turn: no message is blamed, and each is answered once (B8)."""

import asyncio

from sqlalchemy import func, select

from actions.adapters.database.delivery import Delivery
from actions.adapters.database.schema.messaging import inbox, messages
from actions.adapters.database.turns import MAX_ATTEMPTS, Turns
from actions.application.turn_ticket import TurnTicket
from bot.channels.webchat.hub import Hub
from bot.delivery.render import Renderer
from bot.delivery.worker import DeliveryWorker
from bot.gateway.turns import TurnRunner
from bot.metrics import Metrics
from tests.builders import World, opened
from tests.chaos.faults.houses import behind_a_proxy
from tests.chaos.proxy import FaultProxy
from tests.clock import FrozenClock
from tests.understanding import TaughtUnderstanding


class CutOff(TaughtUnderstanding):
    """Each time it has understood, the line to the store breaks, until it has done so often enough."""

    line: FaultProxy
    cuts = MAX_ATTEMPTS + 1

    async def say(self, sender_key: str, text: str, ticket: TurnTicket) -> None:
        if self.cuts:
            self.cuts -= 1
            self.line.lose_answers(to=b"INSERT INTO effects")
        await super().say(sender_key, text, ticket)


def delivery_of(world: World) -> DeliveryWorker:
    return DeliveryWorker(
        Delivery(world.database, "a:1:x"),
        Renderer(world.wording),
        Hub(),
        clock=world.clock,
        quiet_hours=world.community.quiet_hours,
        counts=Metrics(),
    )


async def test_a_line_that_breaks_in_every_turn_uses_up_no_try(lent_postgres_url: str) -> None:
    async with behind_a_proxy(lent_postgres_url) as (line, url):
        world = await opened(url, FrozenClock())
        turns = Turns(world.database, "a:1:x")
        rasa = CutOff(world.bus, turns.actor)
        rasa.line = line
        resident = await world.resident()
        await world.arrives(resident, "您好")
        runner = TurnRunner(turns, world.bus, rasa, world.clock, count=lambda *_: None)
        running = [
            asyncio.create_task(runner.run()),
            asyncio.create_task(delivery_of(world).run()),
        ]
        async with asyncio.timeout(120):
            while not await answers(world):  # noqa: ASYNC110  two loops of the product
                await asyncio.sleep(0.05)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

        async with world.database.read() as conn:
            kept = (await conn.execute(select(inbox.c.state, inbox.c.attempts))).one()
        assert tuple(kept) == ("done", 0)
        assert await answers(world) == 1
        assert line.answers_lost == MAX_ATTEMPTS + 1
        await world.database.close()


async def answers(world: World) -> int:
    query = select(func.count()).where(messages.c.direction == "out")
    async with world.database.read() as conn:
        return int((await conn.execute(query)).scalar_one())
