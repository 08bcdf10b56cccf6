"""A question is answered with its source, put back where it is unclear, and never made up."""

import pytest
from sqlalchemy import func, select

from actions.adapters.database.erasure import SqlPrivacy
from actions.adapters.database.schema.knowing import unanswered
from actions.adapters.database.unanswered import KEPT
from actions.application.commands.knowing import ShowAnswer, ShowUnanswered, TellInstead
from actions.application.commands.telling import Affirm, AskQuestion, Chat, Deny, Rate, TellMatter
from actions.application.ports_knowledge import WhyUnanswered
from actions.domain.people import Role
from tests.builders import LOCALES, Someone, World, the_knowledge, the_texts
from tests.talk import say


async def asks(someone: Someone, text: str, *hits: tuple[str, float], leaf: str = "OTH01") -> None:
    await say(someone, text, leaf, kind=AskQuestion, intent="faq", knowledge=hits)


async def noted(world: World) -> list[tuple[str, str]]:
    query = select(unanswered.c.why, unanswered.c.entry).order_by(unanswered.c.inbox_id)
    async with world.database.read() as conn:
        return [(row.why, row.entry) for row in await conn.execute(query)]


@pytest.fixture
async def resident(world: World) -> Someone:
    return await world.resident(home="BL-45")


# -- an answer ------------------------------------------------------------------------------------


async def test_a_certain_answer_is_given_with_its_source_and_ways_on(
    world: World, resident: Someone
) -> None:
    await asks(resident, "车位去哪登记", ("parking-space", 0.95), ("visitors", 0.2))

    said = await resident.last("knowledge_answer")
    assert "行驶证" in said.text
    assert "物业服务处的公告" in said.text
    assert "11月3日" in said.text
    assert said.labels == ["button_answer_helped", "button_ask_further", "button_tell_instead"]
    assert await world.every_ticket() == []
    assert await noted(world) == []


@pytest.mark.parametrize(
    ("locale", "words"),
    [("zh-CN", "来自"), ("zh-HK", "出處"), ("en", "Source")],
)
async def test_it_is_said_in_the_language_of_whoever_asked(
    world: World, locale: str, words: str
) -> None:
    resident = await world.resident(locale=locale)
    await asks(resident, "parking", ("parking-space", 0.95))
    row = (await resident.last("knowledge_answer")).row

    text = world.wording.render(row["template"], row["content"]["params"], locale)

    assert the_knowledge().entries["parking-space"].answer[locale] in text
    assert words in text


async def test_what_waits_half_told_is_offered_again_after_the_answer(resident: Someone) -> None:
    await say(resident, "扶手松了", "BLD01")
    await asks(resident, "车位去哪登记", ("parking-space", 0.95))

    assert (await resident.templates())[-2:] == ["knowledge_answer", "draft_waits"]


async def test_an_answer_nobody_stands_by_any_more_says_so(world: World, resident: Someone) -> None:
    until = the_knowledge().entries["elder-canteen"].valid_until
    assert until is not None
    world.clock.set(world.clock.now().replace(year=until.year + 1, month=1, day=15))

    await asks(resident, "饭堂多少钱", ("elder-canteen", 0.95))

    said = await resident.last("knowledge_unconfirmed")
    assert "没人核对过" in said.text
    assert world.community.office.phone.dial in said.text


async def test_what_is_for_another_estate_is_not_given(world: World) -> None:
    elsewhere = await world.resident(home="RY-2")
    await asks(elsewhere, "旧楼怎么装电梯", ("old-building-lift", 0.95))
    assert (await elsewhere.templates())[-1] == "no_answer_known"

    await asks(elsewhere, "白鹭新村旧楼怎么装电梯", ("old-building-lift", 0.95))
    assert "只适用于白鹭新村" in (await elsewhere.last("knowledge_answer")).text


async def test_where_somebody_lives_is_not_known_it_is_said_whom_the_answer_is_for(
    world: World,
) -> None:
    somebody = await world.resident()
    await asks(somebody, "旧楼怎么装电梯", ("old-building-lift", 0.95))

    assert "只适用于白鹭新村" in (await somebody.last("knowledge_answer")).text


async def test_an_entry_that_is_gone_is_not_shown(world: World, resident: Someone) -> None:
    await asks(resident, "车位去哪登记", ("gone", 0.99))
    assert (await resident.templates())[-1] == "no_answer_known"

    await resident.does(ShowAnswer(entry="gone", inbox_id=1))
    assert (await resident.templates())[-1] == "error_out_of_date"


# -- after an answer ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "kind", "template"),
    [
        ("有帮助", Chat, "knowledge_helped"),
        ("好的", Affirm, "knowledge_helped"),
        ("不是", Deny, "no_answer_known"),
        ("没用", Rate, "no_answer_known"),
        ("请人回答", TellMatter, "ticket_filed_unassigned"),
    ],
)
async def test_words_do_what_the_buttons_do(
    resident: Someone, words: str, kind: type[AskQuestion], template: str
) -> None:
    await asks(resident, "车位去哪登记", ("parking-space", 0.95))
    await say(resident, words, "OTH01", kind=kind)

    assert template in (await resident.templates())[-2:]


async def test_an_answer_that_did_not_help_goes_to_a_person_and_is_counted(
    world: World, resident: Someone
) -> None:
    await world.worker("阿欣", Role.GWF, "LJ")
    await asks(resident, "车位去哪登记", ("parking-space", 0.95))
    await resident.presses("button_ask_further")

    assert "ticket_filed_question" in await resident.templates()
    assert await noted(world) == [(WhyUnanswered.NO_HELP, "parking-space")]


async def test_what_was_no_question_becomes_a_matter_once(world: World, resident: Someone) -> None:
    await say(
        resident,
        "45栋垃圾没人收怎么办",
        "OTH01",
        "SAN01",
        kind=AskQuestion,
        intent="faq",
        knowledge=(("waste-sorting", 0.95),),
    )
    await resident.presses("button_tell_instead")

    said = await resident.last("ask_category")
    assert said.buttons[0]["command"]["leaf"] == "SAN01"
    await resident.presses("category_chip")
    assert [t for t in await resident.templates() if t.startswith("draft_card_")]

    pressed = await resident.last("knowledge_answer")
    again = next(b for b in pressed.buttons if b["label"] == "button_tell_instead")
    await world.press(again["command"], resident)
    assert (await resident.templates())[-1] == "error_out_of_date"


async def test_words_nobody_wrote_become_no_matter(resident: Someone) -> None:
    await resident.does(TellInstead(inbox_id=987654))

    assert (await resident.templates())[-1] == "error_out_of_date"


# -- which was meant ------------------------------------------------------------------------------


async def test_of_two_near_answers_the_person_chooses(world: World, resident: Someone) -> None:
    await asks(resident, "装修的事", ("renovation-hours", 0.6), ("renovation-procedure", 0.5))
    said = await resident.last("knowledge_which")
    assert said.labels == ["knowledge_chip", "knowledge_chip", "button_none_of_these"]
    assert said.buttons[1]["params"]["title"]["$named"]["zh-CN"] == "装修怎么报备"

    await resident.presses("knowledge_chip", nth=1)

    assert "押金" in (await resident.last("knowledge_answer")).text


async def test_a_position_in_the_list_chooses_too(resident: Someone) -> None:
    await asks(resident, "装修的事", ("renovation-hours", 0.6), ("renovation-procedure", 0.5))
    await say(resident, "第二个", kind=Chat, intent="other")

    assert "押金" in (await resident.last("knowledge_answer")).text


async def test_yes_takes_the_only_one_that_was_offered(resident: Someone) -> None:
    await asks(resident, "装修的事", ("renovation-hours", 0.6), ("lift-firm", 0.01))
    assert (await resident.last("knowledge_this")).labels[0] == "knowledge_chip"
    await say(resident, "是的", kind=Affirm)

    assert "18:00" in (await resident.last("knowledge_answer")).text


@pytest.mark.parametrize(("words", "kind"), [("都不是", Chat), ("不是", Deny)])
async def test_none_of_them_is_honest_and_counted(
    world: World, resident: Someone, words: str, kind: type[AskQuestion]
) -> None:
    await asks(resident, "装修的事", ("renovation-hours", 0.6), ("renovation-procedure", 0.5))
    await say(resident, words, kind=kind, intent="deny")

    said = await resident.last("no_answer_known")
    assert said.labels == ["button_let_answer", "button_call_person"]
    assert await noted(world) == [(WhyUnanswered.NONE_MEANT, "")]
    await resident.presses("button_let_answer")
    assert len(await world.every_ticket()) == 1


# -- beside other talk ----------------------------------------------------------------------------


async def test_a_report_that_resembles_an_entry_is_filed_like_any_other(
    world: World, resident: Someone
) -> None:
    await say(resident, "45栋电梯坏了", "BLD05", knowledge=(("lift-firm", 0.99),))

    templates = await resident.templates()
    assert templates[-1].startswith("draft_card_")
    assert not [each for each in templates if each.startswith("knowledge")]


async def test_a_wish_hears_of_the_way_and_its_card_still_comes_last(resident: Someone) -> None:
    await say(
        resident, "45栋想要个车位", "PRK01", intent="request", knowledge=(("parking-space", 0.95),)
    )
    templates = await resident.templates()
    assert templates[-2] == "knowledge_hint"
    assert templates[-1].startswith("draft_card_")

    await say(resident, "提交", kind=Affirm)
    assert (await resident.templates())[-1].startswith("ticket_filed")


async def test_a_question_taken_for_a_report_hears_of_the_answer_above_its_card(
    resident: Someone,
) -> None:
    await say(resident, "45栋旧电池该丢进哪一个桶", "SAN01", knowledge=(("waste-sorting", 0.7),))
    templates = await resident.templates()
    assert templates[-2] == "knowledge_hint"
    assert templates[-1].startswith("draft_card_")

    await resident.presses("knowledge_chip")
    assert "四类" in (await resident.last("knowledge_answer")).text


async def test_what_may_be_talk_and_asks_is_answered_with_filing_one_tap_away(
    world: World, resident: Someone
) -> None:
    sure = (("waste-sorting", 0.95),)
    await say(resident, "45栋旧电池该丢哪一个桶", "SAN01", told=0.7, knowledge=sure)
    assert (await resident.templates())[-1] == "knowledge_answer"

    await resident.presses("button_tell_instead")

    assert (await resident.last("ask_category")).buttons[0]["command"]["leaf"] == "SAN01"


async def test_what_tells_and_does_not_ask_is_no_question(resident: Someone) -> None:
    sure = (("waste-sorting", 0.95),)
    await say(resident, "45栋垃圾桶满了", "SAN01", told=0.7, knowledge=sure)

    assert not [each for each in await resident.templates() if each.startswith("knowledge")]


async def test_nothing_to_read_comes_before_a_danger(resident: Someone) -> None:
    await say(resident, "45栋燃气味很大打哪个电话", "UTL03", knowledge=(("gas-line", 0.99),))

    assert not [each for each in await resident.templates() if each.startswith("knowledge")]


async def test_a_question_taken_for_talk_is_answered_where_the_answer_is_certain(
    resident: Someone,
) -> None:
    await say(
        resident, "垃圾几点倒", kind=Chat, intent="other", knowledge=(("waste-sorting", 0.9),)
    )
    assert (await resident.templates())[-1] == "knowledge_answer"

    await say(resident, "今天真热", kind=Chat, intent="other", knowledge=(("waste-sorting", 0.5),))
    assert (await resident.templates())[-1] == "chat_other"


# -- what is missing ------------------------------------------------------------------------------


async def test_those_who_lead_see_what_was_not_answered_without_who_asked(
    world: World, resident: Someone
) -> None:
    lead = await world.worker("老区", Role.GLD, "LJ")
    await asks(resident, "我住45栋501,电话13812345678,护照去哪换")
    await asks(await world.resident(), "游泳池几点开")
    await asks(await world.resident(), "游泳池几点开？")

    await lead.does(ShowUnanswered())

    said = (await lead.last("unanswered")).text
    assert "游泳池几点开？（2 次）" in said
    assert "护照去哪换" in said
    assert "13812345678" not in said
    assert "501" not in said


async def test_what_may_be_about_somebody_is_not_listed(world: World, resident: Someone) -> None:
    lead = await world.worker("老区", Role.GLD, "LJ")
    await asks(resident, "网格长收钱去哪告", leaf="OTH03")
    await lead.does(ShowUnanswered())

    assert (await lead.templates())[-1] == "unanswered_none"


async def test_nobody_else_sees_them(world: World, resident: Someone) -> None:
    await asks(resident, "护照去哪换")
    await resident.does(ShowUnanswered())

    assert (await resident.templates())[-1].startswith("error_")


async def test_only_the_newest_are_kept(world: World, resident: Someone) -> None:
    await asks(resident, "护照去哪换")
    async with world.reading() as uow:
        for number in range(1000, 1000 + KEPT + 5):
            await uow.unanswered.note(number, WhyUnanswered.NOTHING_FITS)  # type: ignore[arg-type]
        await uow.commit()

    async with world.database.read() as conn:
        count, oldest = (
            await conn.execute(select(func.count(), func.min(unanswered.c.inbox_id)))
        ).one()
    assert (count, oldest) == (KEPT, 1005)


async def test_an_old_question_is_left_out_once_its_writer_is_forgotten(
    world: World, resident: Someone
) -> None:
    lead = await world.worker("老区", Role.GLD, "LJ")
    await asks(resident, "护照去哪换")
    await SqlPrivacy(world.database, world.clock, world.community).erase(resident.id)

    await lead.does(ShowUnanswered())

    assert (await lead.templates())[-1] == "unanswered_none"
    assert await noted(world) == []


def test_every_text_about_answers_is_there_in_every_language() -> None:
    keys = [key for key in the_texts().keys if key.startswith(("knowledge_", "unanswered"))]

    assert len(keys) >= 12
    assert all(the_texts().template(key, locale) for key in keys for locale in LOCALES)
