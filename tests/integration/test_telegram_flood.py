"""One chat that sends without end is heard up to a bound, told once, and holds up nobody else."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.gateway.throttle import FROM_ONE_CHAT
from tests.builders import World
from tests.integration.telegram_house import TelegramHouse, opened_telegram

MOST = int(FROM_ONE_CHAT.burst)


@pytest.fixture
async def house(world: World, tmp_path: Path) -> AsyncIterator[TelegramHouse]:
    async with opened_telegram(world, tmp_path / "media") as opened_one:
        yield opened_one


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)  # no query decides it
async def test_a_flood_is_bounded_and_told_once_and_danger_in_it_is_heard(
    house: TelegramHouse,
) -> None:
    chen, li = house.telegram.user(1001, "陈"), house.telegram.user(1002, "李")
    for number in range(MOST + 30):
        chen.writes(f"第{number}句")
    chen.writes("着火了，快来人")
    li.writes("路灯不亮")

    await house.arrives()

    texts = await house.texts()
    assert [text for text in texts if text.startswith("第")] == [f"第{n}句" for n in range(MOST)]
    assert texts.count("着火了，快来人") == 1
    assert texts.count("路灯不亮") == 1
    assert (await house.kinds()).count("unread") == 1
    assert (await house.states()).count("refused") == 30

    house.world.clock.advance(timedelta(minutes=1))
    chen.writes("过了一会儿再说")
    await house.arrives()
    assert (await house.texts())[MOST:].count("过了一会儿再说") == 1


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
async def test_cries_for_help_without_end_are_bounded_as_well(house: TelegramHouse) -> None:
    chen = house.telegram.user(1001, "陈")
    for number in range(MOST + 60):
        chen.writes(f"着火了{number}")

    await house.arrives()

    kept = [text for text in await house.texts() if text.startswith("着火了")]
    assert MOST < len(kept) <= MOST + 31
