"""A resident has nothing but WeChat: they tell, choose by number, and hear what becomes of it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from actions.adapters.database.schema.messaging import outbox
from actions.adapters.database.schema.people import channel_addresses as addresses
from actions.adapters.database.schema.wechat import wechat_windows
from actions.bootstrap import House, open_house
from bot.settings import read_settings
from tests.journeys.photos import photo_with_gps
from tests.journeys.town import Journey, journey_in
from tests.journeys.wechat_town import PATIENCE, Follower, WeChatTown, wechat_town
from tests.journeys.words import word
from tests.simulators.wechat import WeChatSimulator


@pytest.fixture
async def place(
    store_url: str, tmp_path: Path
) -> AsyncIterator[tuple[WeChatSimulator, WeChatTown]]:
    async with wechat_town(tmp_path, store_url) as opened:
        yield opened


async def test_a_matter_is_told_filed_and_settled(
    place: tuple[WeChatSimulator, WeChatTown],
) -> None:
    wechat, town = place
    async with journey_in(town) as journey:
        await _lives_through(wechat, town, journey)


async def _lives_through(wechat: WeChatSimulator, town: WeChatTown, journey: Journey) -> None:
    assert await wechat.calling.verify() == (200, "5837397520665436492")
    worker = await journey.worker("PRM", "BL-45", "物业小罗")
    anna = Follower(wechat, wechat.user("oAnna"))

    await anna.user.follows()
    greeting = await anna.reads("welcome")
    assert greeting.way == "reply"
    await anna.reads("privacy_in_chat")
    told = "45栋楼梯扶手松了"
    journey.rasa.teach(told, "report", "BLD01")
    await anna.user.writes(told, times=3)
    card = await anna.reads_of("扶手松了")
    assert card.way == "reply"
    chosen = anna.number_of(card, word("button_submit"))
    await anna.user.writes(f"回复{chosen}")
    await anna.reads("ticket_filed_two_tracks")
    filed = [each for each in anna.user.seen() if "LL-" in each.text]
    assert len(filed) == 1

    await worker.presses("button_accept")
    # Two days after her last word the platform lets nobody write to her.
    town.waits(timedelta(days=7))
    await worker.presses("button_resolve")
    await worker.shows(photo_with_gps())
    await worker.hears_text("resolved")
    heard = len(anna.user.seen())
    await _until(town, lambda house: _held(house, town))
    assert len(anna.user.seen()) == heard
    await anna.user.writes("在吗")
    resolved = await anna.reads("push_resolved")
    assert resolved.way in ("reply", "custom")
    await anna.user.writes(anna.number_of(resolved, word("button_satisfied")))
    await anna.reads("rated_satisfied")

    await anna.user.leaves()
    await _until(town, _is_forgotten)
    assert [knock.status for knock in wechat.calling.knocks] == [200] * len(wechat.calling.knocks)
    assert {call.code for call in wechat.calls} == {0}


async def _until(town: WeChatTown, holds: Callable[[House], Awaitable[bool]]) -> None:
    """Look into the town's own database until it is so."""
    async with (
        asyncio.timeout(PATIENCE),
        open_house(read_settings(town.environment()).house) as house,
    ):
        while not await holds(house):  # noqa: ASYNC110 - it is another process
            await asyncio.sleep(0.1)


async def _held(house: House, town: WeChatTown) -> bool:
    """What is for later is not tried again before she has done something."""
    later = town.now() + timedelta(days=1)
    waits = outbox.c.channel == "wechat", outbox.c.state == "ready", outbox.c.not_before > later
    async with house.database.read() as conn:
        return (await conn.execute(select(outbox.c.id).where(*waits))).first() is not None


async def _is_forgotten(house: House) -> bool:
    async with house.database.read() as conn:
        known = (await conn.execute(select(addresses.c.id))).first()
        named = (await conn.execute(select(wechat_windows.c.openid))).first()
    return known is None and named is None
