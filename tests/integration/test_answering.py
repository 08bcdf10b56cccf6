"""A yes, a no and bare words answer what was put last, and nothing else."""

from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from actions.application.commands.telling import (
    AddDetail,
    Affirm,
    CallPerson,
    Chat,
    Deny,
    GiveLocation,
    Heard,
    TellMatter,
    Withdraw,
)
from actions.domain.button_words import WORDS, labels_worded
from actions.domain.place import Location
from actions.domain.understood import Entity
from tests.builders import Someone, World
from tests.talk import say


async def card(world: World) -> Someone:
    resident = await world.resident()
    await say(resident, "45栋楼梯扶手松了", "BLD01")
    assert (await resident.templates())[-1] == "draft_card_U"
    return resident


async def drafts_of(resident: Someone) -> int:
    async with resident.world.reading() as uow:
        return len(await uow.drafts.open_of(resident.conversation_id))


async def test_yes_to_dropping_drops_and_joins_nobody(world: World) -> None:
    ticket = await world.filed(await world.resident(), "BLD05", "BL-45", "天花板漏水")
    await world.joins(await world.resident(), ticket)
    resident = await world.resident()
    await say(resident, "45栋楼道漏水", "BLD05")
    await say(resident, "算了不报了", kind=Withdraw)
    assert (await resident.templates())[-1] == "ask_drop_draft"

    await say(resident, "好", kind=Affirm)

    assert (await resident.templates())[-1] == "draft_dropped"
    assert await world.every_ticket() == [ticket.id]
    assert await drafts_of(resident) == 0


async def test_no_to_dropping_keeps(world: World) -> None:
    resident = await card(world)
    await say(resident, "算了", kind=Withdraw)

    await say(resident, "不是", kind=Deny)

    assert (await resident.templates())[-1] == "draft_card_U"


@pytest.mark.parametrize("text", ["算了", "不用了", "never mind", "唔使喇"])
async def test_giving_up_is_no_yes(world: World, text: str) -> None:
    resident = await card(world)

    await say(resident, text, kind=Affirm)

    assert (await resident.templates())[-1] == "ask_drop_draft"
    assert await world.every_ticket() == []


@pytest.mark.parametrize("text", ["嗯", "哦", "ok", "1"])
async def test_a_hum_files_nothing(world: World, text: str) -> None:
    resident = await card(world)

    await say(resident, text, kind=Affirm)

    assert await world.every_ticket() == []


@pytest.mark.parametrize(
    "text", ["对", "是的", "提交", "好的", "可以", "交", "submit", "Yes", "係", "啱"]
)
async def test_a_plain_yes_files_the_card(world: World, text: str) -> None:
    resident = await card(world)

    await say(resident, text, kind=Affirm)

    assert len(await world.every_ticket()) == 1


async def test_a_yes_after_other_talk_offers_what_waits(world: World) -> None:
    resident = await card(world)
    for _ in range(2):
        await say(resident, "今天天气真好", kind=Chat, intent="smalltalk")

    await say(resident, "好的", kind=Affirm)

    assert (await resident.templates())[-1] == "draft_waits"
    assert await world.every_ticket() == []


async def test_a_yes_means_the_draft_shown_not_another(world: World) -> None:
    resident = await world.resident()
    await say(resident, "楼道灯不亮", "BLD04")
    await say(resident, "45栋楼下垃圾堆了三天没人来收拾,臭得不行", "SAN01")
    assert (await resident.templates())[-1].startswith("draft_card")

    await say(resident, "提交", kind=Affirm)

    assert len(await world.every_ticket()) == 1
    assert "楼道灯不亮" in (await resident.last("draft_waits")).text


@pytest.mark.parametrize(
    ("text", "then"),
    [
        ("改地点", "ask_place"),
        ("改类别", "ask_category"),
        ("加照片", "ask_photo_or_detail"),
        ("补充", "ask_photo_or_detail"),
        ("不要了", "draft_dropped"),
        ("提交", "ticket_filed_unassigned"),
    ],
)
async def test_the_words_on_a_button_press_it(world: World, text: str, then: str) -> None:
    resident = await card(world)

    await say(resident, text, kind=CallPerson)

    assert (await resident.templates())[-1] == then


async def test_the_same_one_in_words_joins_it(world: World) -> None:
    ticket = await world.filed(await world.resident(), "BLD05", "BL-45", "天花板漏水")
    await world.joins(await world.resident(), ticket)
    resident = await world.resident()
    await say(resident, "45栋楼道漏水", "BLD05")

    await say(resident, "是同一件", kind=AddDetail)

    assert (await resident.templates())[-1] == "joined_sealed"


@pytest.mark.parametrize("language", ["zh_CN", "zh_HK", "en"])
def test_every_button_is_known_by_its_words(language: str) -> None:
    folder = Path(f"config/texts/{language}")
    texts: dict[str, str] = {}
    for theme in sorted(folder.glob("*.yml")):
        texts |= yaml.safe_load(theme.read_text("utf-8"))
    for label in WORDS:
        assert label in labels_worded(texts[label])


async def files_anonymously(resident: Someone) -> bool:
    await resident.presses("button_submit")
    (number,) = await resident.world.every_ticket()
    async with resident.world.reading() as uow:
        return bool((await uow.tickets.timeline(number))[1].data["anonymous"])


@pytest.mark.parametrize(
    "text",
    ["匿名", "匿名提交", "我要匿名", "不要说是我", "别告诉他是我", "别告诉别人是谁说的", "唔好話佢知係我", "唔好話係我",
     "I want to stay anonymous", "别告诉物业是我反映的", "可以匿名吗"],
)  # fmt: skip
@pytest.mark.parametrize("kind", [CallPerson, AddDetail, Affirm, TellMatter])
async def test_no_name_in_words_changes_the_card(
    world: World, text: str, kind: type[Heard]
) -> None:
    resident = await card(world)

    await say(resident, text, "OTH03", kind=kind, share=0.5)

    assert (await resident.templates())[-2:] == ["anonymous_on", "draft_card_U"]
    assert await files_anonymously(resident)


async def test_with_the_name_again(world: World) -> None:
    resident = await card(world)
    await say(resident, "匿名", kind=AddDetail)

    await say(resident, "不匿名了", kind=Affirm)

    assert (await resident.templates())[-2:] == ["anonymous_off", "draft_card_U"]
    assert not await files_anonymously(resident)


async def test_the_first_message_may_ask_for_no_name(world: World) -> None:
    resident = await world.resident()

    await say(resident, "我要匿名反映45栋楼梯扶手松了好多天没人修", "BLD01")

    assert await files_anonymously(resident)


async def test_no_name_asked_before_the_matter(world: World) -> None:
    resident = await world.resident()
    await say(resident, "我要匿名", kind=CallPerson)

    await say(resident, "45栋楼梯扶手松了", "BLD01")

    assert await files_anonymously(resident)


async def test_photos_before_the_words_go_with_them(world: World) -> None:
    resident = await world.resident()
    await resident.shows("photo-1")
    await resident.shows("photo-2")

    await say(resident, "45栋楼梯扶手松了", "BLD01")

    assert (await resident.last("draft_card_U")).photos == ["photo-1", "photo-2"]
    await say(resident, "46栋楼下垃圾堆了三天没人来收拾,臭得不行", "SAN01")
    assert (await resident.heard())[-1].photos == []


async def test_a_pin_before_the_words_is_their_place(world: World) -> None:
    resident = await world.resident()
    building = next(a for a in world.community.areas.values() if a.code == "BL-45")
    await resident.does(
        GiveLocation(location=Location(lat=building.lat, lon=building.lon, label=""))
    )

    await say(resident, "楼梯扶手松了", "BLD01")

    assert "45栋" in (await resident.last("draft_card_U")).lines["地方"]


async def test_photos_long_before_the_words_are_not_theirs(world: World) -> None:
    resident = await world.resident()
    await resident.shows("photo-1")
    world.clock.advance(timedelta(minutes=31))

    await say(resident, "45栋楼梯扶手松了", "BLD01")

    assert (await resident.last("draft_card_U")).photos == []


async def test_photos_too_many_are_said_to_be_left_out(world: World) -> None:
    resident = await card(world)
    most = world.community.policy.max_photos

    await resident.shows(*(f"photo-{number}" for number in range(most + 2)))

    said = await resident.last("photos_left_out")
    assert f"{most} 张" in said.text
    assert "2 张" in said.text
    assert (await resident.templates())[-1] == "draft_card_U"


@pytest.mark.parametrize(
    ("text", "spot"),
    [("三楼走廊灯坏了", "三楼走廊"), ("门口有个大坑", "门口"), ("902漏水", "902"), ("三樓走廊燈壞咗", "三樓走廊")],
)  # fmt: skip
async def test_a_floor_or_a_spot_alone_is_asked_about(world: World, text: str, spot: str) -> None:
    resident = await world.resident()
    entity = Entity(kind="location", text=spot, start=0, end=len(spot))

    await say(resident, text, "BLD04", entities=(entity,))
    assert (await resident.templates())[-1] == "ask_place"
    await say(resident, "902", kind=AddDetail)
    assert (await resident.templates())[-1] == "ask_place"
    await say(resident, "45栋", kind=AddDetail)

    assert "45栋" in (await resident.heard())[-1].lines["地方"]


async def test_a_spot_that_names_more_is_a_place(world: World) -> None:
    resident = await world.resident()
    entity = Entity(kind="location", text="老榕树门口", start=0, end=5)

    await say(resident, "老榕树门口路灯不亮", "PUB03", entities=(entity,))

    assert (await resident.templates())[-1] == "draft_card_N"


async def test_a_building_that_is_not_here_is_asked_about(world: World) -> None:
    resident = await world.resident()
    entity = Entity(kind="location", text="88栋", start=0, end=3)

    await say(resident, "88栋楼梯扶手松了", "BLD01", entities=(entity,))
    assert "没有88栋" in (await resident.heard())[-1].text
    await say(resident, "87栋", kind=AddDetail)
    assert "没有87栋" in (await resident.heard())[-1].text
    await say(resident, "45栋", kind=AddDetail)

    assert "45栋" in (await resident.last("draft_card_U")).lines["地方"]


async def test_who_keeps_to_a_building_is_believed_in_the_end(world: World) -> None:
    resident = await world.resident()
    await say(resident, "88栋楼梯扶手松了", "BLD01")

    for _ in range(3):
        await say(resident, "88栋", kind=AddDetail)

    assert (await resident.last("draft_card_U")).lines["地方"] == "88栋"


async def test_a_home_once_said_is_told_back_and_not_asked_again(world: World) -> None:
    resident = await world.resident()

    await say(resident, "我家楼上半夜唱歌", "NOI01")
    await say(resident, "45栋", "NOI01", kind=AddDetail)
    await resident.presses("button_submit")
    await say(resident, "我家门口的灯不亮", "BLD04")

    templates = await resident.templates()
    assert templates.count("ask_place") == 1
    assert "45栋" in (await resident.last("home_kept")).text
    assert templates[-1].startswith("draft_card_")


async def test_talk_that_names_a_place_corrects_the_half_told_matter(world: World) -> None:
    resident = await world.resident()
    await say(resident, "leak in block 45", "BLD05")

    await say(resident, "sorry I meant block 46", kind=Chat, intent="wrong_chat")

    assert "46栋" in (await resident.last("draft_card_U")).lines["地方"]
