"""A worker on Telegram alone, a resident on the page; and the resident goes on on Telegram."""

from functools import partial

import pytest

from tests.journeys.photos import photo_with_gps
from tests.journeys.telegram_person import TelegramChat
from tests.journeys.town import Journey
from tests.journeys.web_person import WebPerson
from tests.journeys.words import bare

EACH_WAY = [
    "sqlite-polling",
    pytest.param("postgresql-webhook", marks=pytest.mark.postgres),
]


@pytest.mark.parametrize("town", EACH_WAY, indirect=True)
async def test_what_a_worker_does_on_telegram_is_seen_on_the_page_and_followed_on_telegram(
    journey: Journey,
) -> None:
    town, app = journey.town, journey.town.telegram
    assert app is not None
    journey.rasa.teach("我的事项", "status")
    journey.rasa.teach("新汀花园9栋楼梯扶手松了", "report", "BLD01")
    worker = await TelegramChat.opens(app, "新汀物业小邓")
    await worker.starts(await town.invite("PRM", "XT-9", "新汀物业小邓"))
    journey.follows(partial(town.forgets, worker.number))
    await worker.reads("welcome_worker")
    resident = await WebPerson.arrives(town.url)
    journey.follows(resident.leaves)

    await resident.says("新汀花园9栋楼梯扶手松了")
    await resident.presses("button_submit")
    number = await resident.hears_number()
    await worker.reads("work_dispatched", number=number)
    await worker.presses("button_accept")
    await resident.hears_text("push_accepted", number=number)
    await worker.presses("button_go_there")
    await resident.hears_text("push_started", number=number)
    await worker.presses("button_resolve")
    await worker.reads("proof_photo", number=number)
    await worker.shows(photo_with_gps())
    settled = await resident.hears_text("push_resolved", number=number)
    assert len(settled["photos"]) == 1

    offered = await resident.offers_link()
    assert offered["telegram"].startswith("https://t.me/")
    chat = await TelegramChat.opens(app, "何姨")
    await chat.starts(offered["telegram"].partition("?start=")[2])
    await chat.reads("link_done")
    told = await resident.hears_text("link_told")
    assert "Telegram" in told["text"]
    await chat.says("我的事项")
    await chat.reads_of(number)
    await resident.hears(lambda each: number in bare(each["text"]), what=f"of {number}")
    assert "我的事项" in [each["text"] for each in resident.messages if each["direction"] == "in"]
    await resident.presses("button_satisfied", on=settled)
    await resident.hears_text("rated_satisfied", number=number)
    await worker.reads("work_satisfied", number=number)
    assert [each["status"] for each in await resident.matters()] == ["closed_fixed"]


@pytest.mark.parametrize("town", ["sqlite-polling"], indirect=True)
async def test_one_tap_on_the_page_lets_go_of_whoever_used_the_code(journey: Journey) -> None:
    app = journey.town.telegram
    assert app is not None
    resident = await WebPerson.arrives(journey.town.url)
    journey.follows(resident.leaves)
    stranger = await TelegramChat.opens(app, "路人")
    journey.follows(partial(journey.town.forgets, stranger.number))
    await stranger.starts((await resident.offers_link())["code"])
    told = await resident.hears_text("link_told")

    await resident.presses("button_link_undo", on=told)

    await resident.hears_text("link_undone")
    await stranger.reads("link_undone_apart")
    await resident.says("以后只有我看得到")
    await resident.listens()
    assert all("以后只有我看得到" not in text for text in await stranger.everything())
