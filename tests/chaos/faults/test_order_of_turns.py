"""Many chats at once: each in its order, one message at a time, by names that tell nothing (D7, D9)."""

import asyncio
import re
from collections import defaultdict
from random import Random

import pytest
from sqlalchemy import select

from actions.adapters.database.first_contact import add_conversation, add_person
from actions.adapters.database.schema.messaging import conversations
from actions.adapters.database.turns import Turns
from actions.application.turn_ticket import TurnTicket
from bot.gateway.turns import TurnRunner
from tests.builders import Someone, World
from tests.chaos.faults.houses import comes, neighbourhood, taking_in
from tests.understanding import TaughtUnderstanding

#: The name Rasa and Redis hear of a conversation.
OPAQUE = re.compile(r"c_[0-9a-f]{32}")


class Attentive(TaughtUnderstanding):
    """Takes any time for any text, and notices two of one chat at once."""

    def __init__(self, world: World, expected: int) -> None:
        super().__init__(world.bus, Turns(world.database, "a:1:x").actor)
        self._random = Random(7)
        self._expected = expected
        self._speaking: set[str] = set()
        self.order: defaultdict[str, list[str]] = defaultdict(list)
        self.overlaps: list[str] = []
        self.heard_all = asyncio.Event()

    async def say(self, sender_key: str, text: str, ticket: TurnTicket) -> None:
        if sender_key in self._speaking:
            self.overlaps.append(text)
        self._speaking.add(sender_key)
        await asyncio.sleep(self._random.uniform(0, 0.01))
        await super().say(sender_key, text, ticket)
        self._speaking.discard(sender_key)
        self.order[sender_key].append(text)
        if len(self.heard) == self._expected:
            self.heard_all.set()


async def in_order(world: World, chats: int, each: int) -> None:
    attentive = Attentive(world, chats * each)
    runner = TurnRunner(
        Turns(world.database, "a:1:x"), world.bus, attentive, world.clock, count=lambda *_: None
    )
    running = asyncio.create_task(runner.run())
    residents = [await world.resident() for _ in range(chats)]

    async def talk(number: int, resident: Someone) -> None:
        for n in range(each):
            await comes(world, resident, f"{number}号第{n}句")
            runner.wake(resident.conversation_id)

    async with taking_in(world), asyncio.timeout(300):
        await asyncio.gather(*(talk(number, each) for number, each in enumerate(residents)))
        await attentive.heard_all.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)

    assert attentive.overlaps == []
    assert len(attentive.order) == chats
    for texts in attentive.order.values():
        number = texts[0].partition("号")[0]
        assert texts == [f"{number}号第{n}句" for n in range(each)]


async def test_messages_sent_together_are_handled_one_by_one_in_order(store_url: str) -> None:
    async with neighbourhood(store_url) as world:
        await in_order(world, 8, 6)


@pytest.mark.chaos
async def test_two_hundred_chats_of_ten_messages_keep_their_order(store_url: str) -> None:
    async with neighbourhood(store_url) as world:
        await in_order(world, 200, 10)


@pytest.mark.parametrize("account", ["*", "?[a-z]:/..", "c_1", "内网\u202e", "'; DROP TABLE inbox"])
async def test_whatever_a_platform_calls_somebody_rasa_hears_a_name_of_ours(
    store_url: str, account: str
) -> None:
    async with neighbourhood(store_url) as world, world.database.write() as conn:
        now = world.clock.now()
        someone = await add_person(conn, locale="zh-CN", area="RT", now=now)
        await add_conversation(
            conn, someone, channel="telegram", account=account, area="RT", now=now
        )
        key = (await conn.execute(select(conversations.c.sender_key))).scalar_one()

    assert OPAQUE.fullmatch(key), key
