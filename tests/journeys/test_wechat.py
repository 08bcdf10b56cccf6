"""A resident has nothing but WeChat: they tell, choose by number, and hear what becomes of it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.journeys.photos import photo_with_gps
from tests.journeys.town import Journey, journey_in
from tests.journeys.wechat_town import Follower, WeChatTown, wechat_town
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
        await _lives_through(wechat, journey)


async def _lives_through(wechat: WeChatSimulator, journey: Journey) -> None:
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
    await worker.shows(photo_with_gps())
    await worker.presses("button_resolve")
    resolved = await anna.reads("push_resolved")
    assert resolved.way == "custom"
    await anna.user.writes(anna.number_of(resolved, word("button_satisfied")))
    await anna.reads("rated_satisfied")
    assert [knock.status for knock in wechat.calling.knocks] == [200] * len(wechat.calling.knocks)
