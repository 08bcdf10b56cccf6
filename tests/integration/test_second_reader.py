"""Who has the words of an emergency understood asks once about each, and is stopped by nothing."""

from datetime import timedelta

import pytest
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import func, select

from actions.adapters.database.schema.messaging import effects, understood
from actions.adapters.database.second_readings import WORTH_IT, SqlSecondReadings
from actions.application.turn import SECOND_READING
from actions.application.turn_ticket import TurnTicket, seal
from actions.conversation.catalogue import build_actions
from actions.domain.people import Role
from actions.server import create_action_app
from bot.gateway.second_reading import TRIES, SecondReader
from tests.builders import World
from tests.integration.afterwards import CRY, OTHER, RULED, Afterwards, Passing, cries, only
from tests.understanding import TaughtUnderstanding

TOKEN = "t0ken-" + "Zq7_" * 9
KEY = b"k" * 32


@pytest.fixture
def afterwards(world: World) -> Afterwards:
    return Afterwards(world)


class Carried:
    """Fits `Conversation`: keeps what it was given to carry."""

    ticket: TurnTicket

    async def is_ready(self) -> bool:
        return True

    async def say(self, sender_key: str, text: str, ticket: TurnTicket) -> None:
        self.ticket = ticket


async def test_it_is_read_once_and_kept_for_reviewers(world: World, afterwards: Afterwards) -> None:
    await world.worker("王书记", Role.CMT, "LJ", roster_key="cmt-1")
    resident = await world.resident()
    afterwards.teach(OTHER)
    await cries(resident)

    for _ in range(3):
        await afterwards.looks()

    assert afterwards.understanding.heard == [CRY]
    async with world.database.read() as conn:
        read = select(func.count()).select_from(effects).where(effects.c.step == SECOND_READING)
        assert (await conn.execute(read)).scalar_one() == 1
        assert (await conn.execute(select(func.count()).select_from(understood))).scalar_one() == 1


async def test_while_understanding_is_away_it_waits_and_uses_up_no_try(
    world: World, afterwards: Afterwards
) -> None:
    await world.worker("王书记", Role.CMT, "LJ", roster_key="cmt-1")
    resident = await world.resident()
    afterwards.teach(OTHER)
    afterwards.understanding.is_away = True
    await cries(resident)
    for _ in range(TRIES + 1):
        await afterwards.looks()
    assert (await only(resident)).category == RULED

    afterwards.understanding.is_away = False
    await afterwards.looks()

    assert (await only(resident)).category == OTHER


class Deaf(TaughtUnderstanding):
    """There, and nothing ever comes of what it is told."""

    async def say(self, sender_key: str, text: str, ticket: TurnTicket) -> None:
        self.heard.append(text)


async def test_words_of_which_nothing_comes_are_let_be(world: World) -> None:
    await world.worker("王书记", Role.CMT, "LJ", roster_key="cmt-1")
    deaf, passing = Deaf(world.bus, world._actor), Passing()
    reader = SecondReader(SqlSecondReadings(world.database), deaf, world.clock, passing=passing)
    await cries(await world.resident())

    for _ in range(TRIES * 3):
        passing.now += 10_000
        await reader.look()

    assert len(deaf.heard) == TRIES


async def test_nothing_is_read_after_a_day(world: World, afterwards: Afterwards) -> None:
    await world.worker("王书记", Role.CMT, "LJ", roster_key="cmt-1")
    await cries(await world.resident())
    world.clock.advance(WORTH_IT + timedelta(minutes=1))

    assert await afterwards.store.waiting(world.clock.now()) == []


async def test_rasa_brings_what_it_understood_to_the_ticket_and_says_nothing(
    world: World, afterwards: Afterwards
) -> None:
    """The intent it found does not matter, nor who holds the conversation by now."""
    await world.worker("王书记", Role.CMT, "LJ", roster_key="cmt-1")
    resident = await world.resident()
    await cries(resident)
    told = await resident.templates()
    carried = Carried()
    await SecondReader(afterwards.store, carried, world.clock).look()
    message = {
        "text": CRY,
        "metadata": {"turn": seal(carried.ticket, KEY)},
        "understood": {"text": CRY, "leaves": [[OTHER, 0.9]], "intent": {"name": "smalltalk"}},
    }
    call = {
        "next_action": "action_small_talk",
        "sender_id": "x",
        "tracker": {"sender_id": "x", "slots": {}, "latest_message": message, "events": [],
                    "paused": False, "active_loop": {}},
    }  # fmt: skip

    app = create_action_app(build_actions(world.bus, KEY), TOKEN)
    async with TestClient(TestServer(app)) as door:
        answers = [await door.post("/webhook", params={"token": TOKEN}, json=call) for _ in "ab"]

    assert [each.status for each in answers] == [200, 200]
    assert (await only(resident)).category == OTHER
    assert await resident.templates() == told
    assert await afterwards.store.waiting(world.clock.now()) == []
