"""Where words leave room it is asked first: is it danger, is it a matter, which of two kinds?"""

import pytest

from actions.application.commands.telling import (
    AddDetail,
    Affirm,
    AskQuestion,
    AskStatus,
    CallPerson,
    Chat,
    Deny,
    Heard,
    RaiseEmergency,
    Rate,
    Reopen,
    TakeText,
    Urge,
    Withdraw,
)
from actions.domain.decision import UNCLASSIFIED
from actions.domain.emergency import EmergencyKind
from tests.builders import Someone, World
from tests.talk import say

PERHAPS = 0.6


async def last(resident: Someone) -> str:
    return (await resident.templates())[-1]


async def test_what_may_be_talk_is_filed_only_after_a_yes(world: World) -> None:
    resident = await world.resident()
    await say(resident, "45栋那个楼梯扶手哦", "BLD01", told=PERHAPS)
    assert await last(resident) == "ask_matter"

    await resident.presses("button_file_it")

    assert await last(resident) == "draft_card_U"


@pytest.mark.parametrize(
    ("word", "heard", "then"), [("要", Affirm, "draft_card_U"), ("不用", Deny, "draft_dropped")]
)
async def test_a_plain_yes_or_no_answers_whether_to_file(
    world: World, word: str, heard: type[Heard], then: str
) -> None:
    resident = await world.resident()
    await say(resident, "45栋那个楼梯扶手哦", "BLD01", told=PERHAPS)

    await say(resident, word, kind=heard)

    assert await last(resident) == then


async def test_more_words_about_it_count_as_a_yes(world: World) -> None:
    resident = await world.resident()
    await say(resident, "45栋那个楼梯扶手哦", "BLD01", told=PERHAPS)

    await say(resident, "一碰就晃", kind=AddDetail)

    assert await last(resident) == "draft_card_U"


async def test_danger_heard_without_a_rule_is_asked_about_before_anything_else(
    world: World,
) -> None:
    resident = await world.resident()
    await say(resident, "45栋我爸靠在沙发上怎么叫都不应", "SVC03", emergency=0.9, told=PERHAPS)
    assert await last(resident) == "ask_danger"

    await resident.presses("button_somebody_in_danger")

    assert "emergency_danger" in await resident.templates()
    assert len(await world.every_ticket()) == 1


async def test_a_cry_that_looks_like_talk_is_asked_about_too(world: World) -> None:
    resident = await world.resident()
    await say(resident, "他不动了", kind=Chat, intent="other", emergency=0.8)

    assert await last(resident) == "ask_danger"
    await say(resident, "没有", kind=Deny)
    assert "emergency_danger" not in await resident.templates()
    assert await world.every_ticket() == []
    assert await last(resident) == "ask_matter"


async def write(resident: Someone, text: str) -> None:
    """As an answer that no model reads."""
    inbox_id = await resident.world.arrives(resident, text)
    await resident.world.run(TakeText(text=text), resident, inbox_id=inbox_id)


@pytest.mark.parametrize("word", ["有危险", "佢好危險", "she is in danger"])
async def test_a_typed_yes_to_danger_raises_the_alarm(world: World, word: str) -> None:
    resident = await world.resident()
    await say(resident, "45栋我爸靠在沙发上怎么叫都不应", "SVC03", emergency=0.9)

    await write(resident, word)

    assert "emergency_danger" in await resident.templates()


@pytest.mark.parametrize("word", ["没有危险", "冇危險", "no, the water comes from inside"])
async def test_a_typed_no_to_danger_goes_on_at_once(world: World, word: str) -> None:
    resident = await world.resident()
    await say(resident, "45栋楼梯扶手松了", "BLD01", emergency=0.6)

    await write(resident, word)

    assert await last(resident) == "draft_card_U"
    assert await world.every_ticket() == []


async def test_who_cannot_tell_is_not_sent_to_a_lift(world: World) -> None:
    resident = await world.resident()
    await say(resident, "45栋楼梯扶手松了", "BLD01", emergency=0.6)

    await write(resident, "不知道")

    assert await last(resident) == "danger_unsure_else"


async def test_a_danger_named_in_answer_is_the_one_that_is_raised(world: World) -> None:
    resident = await world.resident()
    await say(resident, "45栋楼道有股怪味", "SAN04", emergency=0.6)

    text = "有人困在电梯里了"
    cry = RaiseEmergency(kind=EmergencyKind.named("trapped_in_lift"), text=text)
    await world.run(cry, resident, inbox_id=await world.arrives(resident, text))

    assert "emergency_trapped_in_lift" in await resident.templates()
    [number] = await world.every_ticket()
    async with world.reading() as uow:
        assert (await uow.tickets.get(number)).category == "BLD02"
        assert await uow.drafts.open_of(resident.conversation_id) == []


async def test_a_danger_put_as_a_question_is_asked_about(world: World) -> None:
    resident = await world.resident()
    await say(resident, "我爸叫不应怎么办", kind=AskQuestion, intent="ask_info", emergency=0.8)
    assert await last(resident) == "ask_danger"

    await resident.presses("button_nobody_in_danger")

    assert await last(resident) == "ask_matter"


async def test_danger_that_comes_to_light_in_a_detail_is_asked_about(world: World) -> None:
    resident = await world.resident()
    await say(resident, "45栋楼梯扶手松了", "BLD01")

    await say(resident, "他现在不动了", kind=AddDetail, emergency=0.8)

    assert await last(resident) == "ask_danger"


async def test_of_several_matters_the_dangerous_one_is_raised_with_all_the_words(
    world: World,
) -> None:
    resident = await world.resident()
    lamp, father = "45栋楼道灯坏了", "我爸怎么叫都不应"
    matters = ((lamp, "BLD01"), (father, "SVC03"))
    await say(resident, f"{lamp}，{father}", "BLD01", matters=matters, emergency=0.9)

    await resident.presses("button_somebody_in_danger")

    [number] = await world.every_ticket()
    async with world.reading() as uow:
        text = (await uow.tickets.timeline(number))[1].data["words"]
        assert lamp in text
        assert father in text


@pytest.mark.parametrize("word", ["不用", "唔使喇", "no need, thanks"])
async def test_no_need_heard_as_a_detail_files_nothing(world: World, word: str) -> None:
    resident = await world.resident()
    await say(resident, "45栋那个楼梯扶手哦", "BLD01", told=PERHAPS)

    await say(resident, word, kind=AddDetail)

    assert "draft_card_U" not in await resident.templates()


async def test_gas_that_turns_out_to_be_danger_is_told_of_as_gas(world: World) -> None:
    resident = await world.resident()
    await say(resident, "45栋厨房味道怪怪的", "UTL03", emergency=0.7)

    await resident.presses("button_somebody_in_danger")

    assert "emergency_gas" in await resident.templates()


async def test_two_likely_kinds_are_a_choice_of_two(world: World) -> None:
    resident = await world.resident()
    await say(resident, "45栋门口又吵又占地方", "NOI04", "ORD01", "SAN04", share=0.44)

    asked = await resident.last("ask_category")
    assert asked.labels == ["category_chip", "category_chip", "button_none_of_these"]


async def test_what_fits_nothing_goes_to_a_person_as_it_was_said(world: World) -> None:
    resident = await world.resident()
    await say(resident, "45栋有样东西我也说不上来是什么", "SAN01", "PUB01", share=0.1)

    assert (await last(resident)).startswith("draft_card_")
    await resident.presses("button_submit")
    [number] = await world.every_ticket()
    async with world.reading() as uow:
        assert (await uow.tickets.get(number)).category == UNCLASSIFIED


async def test_a_short_word_that_fits_nothing_is_asked_about(world: World) -> None:
    resident = await world.resident()
    await say(resident, "那个", "SAN01", share=0.1)
    assert await last(resident) == "ask_what_matter"


async def test_a_detail_of_nothing_that_sounds_dangerous_is_asked_about(world: World) -> None:
    resident = await world.resident()
    await say(resident, "他现在不动了", kind=AddDetail, emergency=0.8)

    assert await last(resident) == "ask_danger"


@pytest.mark.parametrize("heard", [Urge, AskStatus, Withdraw, CallPerson, Rate, Reopen])
async def test_danger_is_asked_about_whatever_the_words_seem_to_want(
    world: World, heard: type[Heard]
) -> None:
    resident = await world.resident()
    await say(resident, "上次说的阿婆今天也没开门", "SVC03", kind=heard, emergency=0.8)

    assert await last(resident) == "ask_danger"


async def test_a_bare_no_to_danger_is_no_part_of_the_matter(world: World) -> None:
    resident = await world.resident()
    await say(resident, "45栋隔離間屋三日冇人應門", "SVC03", emergency=0.8)
    await write(resident, "冇危險")

    async with world.reading() as uow:
        [draft] = await uow.drafts.open_of(resident.conversation_id)
    assert draft.text == "45栋隔離間屋三日冇人應門"
