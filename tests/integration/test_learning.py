"""What was understood wrongly and put right is kept to learn from, with its writer's consent."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from actions.adapters.database.schema.learning import corrections
from actions.adapters.database.schema.messaging import understood
from actions.adapters.database.schema.people import consents
from actions.application.commands.deciding import CorrectCategory, DeclineTicket
from actions.application.commands.drafting import ChooseCategory, DropDraft
from actions.application.commands.learning import AllowLearning, OnlyTalk
from actions.application.commands.telling import AddDetail, Affirm
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from tests.builders import Someone, World
from tests.talk import say

RAIL = "45栋楼梯扶手松了"
MINE = "我家904对面的灯不亮了，电话13812345678"


@pytest.fixture
async def lead(world: World) -> Someone:
    await world.worker("阿梅", Role.GWF, "G3", roster_key="gwf-3")
    return await world.worker("老区", Role.GLD, "LJ")


@pytest.fixture
async def resident(world: World) -> Someone:
    return await world.resident("何姨", home="BL-45")


async def kept(world: World) -> list[Mapping[str, Any]]:
    async with world.database.read() as conn:
        rows = (await conn.execute(select(corrections).order_by(corrections.c.id))).mappings()
        return [dict(row) for row in rows]


async def only(world: World) -> Mapping[str, Any]:
    (row,) = await kept(world)
    return row


async def draft_of(someone: Someone) -> int:
    async with someone.world.reading() as uow:
        (draft,) = await uow.drafts.open_of(someone.conversation_id)
    return int(draft.id or 0)


async def puts_right(someone: Someone, leaf: str) -> int:
    number = await draft_of(someone)
    await someone.does(ChooseCategory(draft_id=number, leaf=leaf))
    return number


async def filed(someone: Someone, text: str, leaf: str) -> Ticket:
    await say(someone, text, leaf)
    await someone.presses("button_submit")
    (number,) = await someone.world.every_ticket()
    async with someone.world.reading() as uow:
        return await uow.tickets.get(number)


async def test_another_kind_on_the_card_is_a_correction_without_the_words(
    world: World, resident: Someone
) -> None:
    await say(resident, RAIL, "PUB04", "BLD01")

    await puts_right(resident, "BLD01")

    row = await only(world)
    assert (row["thought"], row["corrected"]) == ("PUB04", "BLD01")
    assert (row["side"], row["kind"], row["state"]) == ("resident", "category", "open")
    assert (row["model"], row["data"]) == ("taught", "")
    assert row["parse"]["leaves"][0][0] == "PUB04"
    assert (row["words"], row["consent"]) == ("", "unasked")


async def test_the_first_of_those_offered_is_none(world: World, resident: Someone) -> None:
    await say(resident, RAIL, "BLD01", "PUB04", share=0.2)

    await puts_right(resident, "BLD01")

    assert await kept(world) == []


async def test_the_last_choice_counts_and_going_back_is_no_correction(
    world: World, resident: Someone
) -> None:
    await say(resident, RAIL, "PUB04")

    await puts_right(resident, "BLD01")
    await puts_right(resident, "NOI01")
    assert (await only(world))["corrected"] == "NOI01"

    await puts_right(resident, "PUB04")
    assert await kept(world) == []


async def test_consent_is_asked_once_after_filing_and_brings_the_masked_words(
    world: World, lead: Someone, resident: Someone
) -> None:
    await say(resident, f"45栋扶手松了,{MINE}", "PUB04")
    await puts_right(resident, "BLD01")
    await say(resident, "晚上七点后在家", kind=AddDetail, intent="supplement")
    await resident.presses("button_submit")
    assert (await resident.templates())[-1] == "learn_ask"

    await resident.presses("button_learn_yes")

    row = await only(world)
    assert row["consent"] == "given"
    assert row["words"].startswith("45栋扶手松了")
    assert "13812345678" not in row["words"]
    assert "904" not in row["words"]
    assert "七点" not in row["words"]
    await say(resident, "46栋信箱掉了一个门", "SAN02")
    await puts_right(resident, "PUB01")
    await resident.presses("button_submit")
    assert (await resident.templates()).count("learn_ask") == 1
    assert (await kept(world))[-1]["words"] == "46栋信箱掉了一个门"


async def test_a_yes_in_words_is_a_yes(world: World, lead: Someone, resident: Someone) -> None:
    await say(resident, RAIL, "PUB04")
    await puts_right(resident, "BLD01")
    await resident.presses("button_submit")

    await say(resident, "可以", kind=Affirm, intent="affirm")

    assert (await resident.templates())[-1] == "learn_yes"
    assert (await only(world))["words"] == RAIL


async def test_a_no_keeps_no_words_and_nobody_asks_again(
    world: World, lead: Someone, resident: Someone
) -> None:
    await say(resident, RAIL, "PUB04")
    await puts_right(resident, "BLD01")
    await resident.presses("button_submit")

    await resident.presses("button_learn_no")
    await say(resident, "46栋信箱掉了一个门", "SAN02")
    await puts_right(resident, "PUB01")
    await resident.presses("button_submit")

    assert {row["words"] for row in await kept(world)} == {""}
    assert (await resident.templates()).count("learn_ask") == 1
    assert (await resident.templates())[-2:] != ["learn_no", "learn_ask"]


async def test_taken_back_every_word_goes(world: World, lead: Someone, resident: Someone) -> None:
    await say(resident, RAIL, "PUB04")
    await puts_right(resident, "BLD01")
    await resident.presses("button_submit")
    await resident.presses("button_learn_yes")

    await resident.presses("button_learn_back")

    row = await only(world)
    assert (row["words"], row["consent"]) == ("", "refused")
    assert (await resident.templates())[-1] == "learn_taken_back"
    async with world.database.read() as conn:
        left = (await conn.execute(select(consents.c.withdrawn_at))).scalars().all()
    assert None not in left


async def test_the_desk_puts_it_right_and_the_reporter_is_not_bothered(
    world: World, lead: Someone, resident: Someone
) -> None:
    await resident.does(AllowLearning(allow=True))
    ticket = await filed(resident, RAIL, "PUB04")

    await lead.does(CorrectCategory(ticket_id=ticket.id or 0, leaf="BLD01"))

    row = await only(world)
    assert (row["side"], row["corrected"], row["ticket_id"]) == ("worker", "BLD01", ticket.id)
    assert (row["person_id"], row["words"]) == (resident.id, RAIL)
    assert "learn_ask" not in await lead.templates()


async def test_back_to_what_the_model_thought_teaches_nothing(
    world: World, lead: Someone, resident: Someone
) -> None:
    await say(resident, RAIL, "BLD01")
    await puts_right(resident, "PUB04")
    await resident.presses("button_submit")
    (number,) = await world.every_ticket()

    await lead.does(CorrectCategory(ticket_id=number, leaf="BLD01"))

    assert [row["side"] for row in await kept(world)] == ["resident"]


@pytest.mark.parametrize(
    ("leaves", "kind"),
    [("SAF06 BLD01", "calm"), ("BLD01 SAF06", "danger"), ("BLD01 PUB04", "category")],
)
async def test_it_is_noted_where_a_danger_was_misjudged(
    world: World, lead: Someone, resident: Someone, leaves: str, kind: str
) -> None:
    thought, meant = leaves.split()
    ticket = await filed(resident, RAIL, thought)

    await lead.does(CorrectCategory(ticket_id=ticket.id or 0, leaf=meant))

    assert (await only(world))["kind"] == kind


async def test_a_ticket_that_was_none_is_declined_as_talk(
    world: World, lead: Someone, resident: Someone
) -> None:
    committee = await world.worker("林主任", Role.CMT, "LJ")
    ticket = await filed(resident, "45栋今天天气真好", "OTH99")

    await committee.does(DeclineTicket(ticket_id=ticket.id or 0, door="-", reason="no_matter"))

    row = await only(world)
    assert (row["kind"], row["thought"], row["corrected"]) == ("talk", "OTH99", "")
    assert "再说一遍" in (await resident.last("push_declined")).text


async def test_a_dropped_draft_may_have_been_talk_only(world: World, resident: Someone) -> None:
    await say(resident, "45栋扶手这东西真是老了", "BLD01")
    number = await draft_of(resident)
    await resident.presses("button_drop")
    assert await kept(world) == []

    await resident.presses("button_only_talk")

    assert (await only(world))["kind"] == "talk"
    assert (await resident.templates())[-2:] == ["only_talk_noted", "learn_ask"]
    assert number == (await only(world))["draft_id"]


async def test_nobody_says_so_of_a_draft_of_another_or_one_that_stands(
    world: World, resident: Someone
) -> None:
    other = await world.resident()
    await say(resident, RAIL, "BLD01")
    number = await draft_of(resident)

    await resident.does(OnlyTalk(draft_id=number))
    await resident.does(DropDraft(draft_id=number))
    await other.does(OnlyTalk(draft_id=number))

    assert await kept(world) == []


async def test_what_few_may_know_of_is_counted_and_never_kept(
    world: World, lead: Someone, resident: Someone
) -> None:
    few = next(c for c in world.community.categories.values() if c.privacy == "restricted")
    await resident.does(AllowLearning(allow=True))
    ticket = await filed(resident, RAIL, few.code)

    await lead.does(CorrectCategory(ticket_id=ticket.id or 0, leaf="BLD01"))

    row = await only(world)
    assert (row["words"], row["consent"]) == ("", "never")


async def test_what_was_told_for_another_is_never_kept(
    world: World, lead: Someone, resident: Someone
) -> None:
    await resident.does(AllowLearning(allow=True))
    await say(resident, "帮我妈报一下,她家45栋三楼扶手松了", "PUB04")

    await puts_right(resident, "BLD01")

    assert ((await only(world))["words"], (await only(world))["consent"]) == ("", "never")


async def test_where_there_is_another_side_the_card_asks_nobody_for_consent(
    world: World, lead: Someone, resident: Someone
) -> None:
    await say(resident, "45栋1203天天打麻将到半夜", "BLD01")
    await puts_right(resident, "NOI01")

    await resident.presses("button_submit")

    assert "learn_ask" not in await resident.templates()


async def test_what_was_told_longer_ago_than_drafts_are_kept_is_not_brought_back(
    world: World, lead: Someone, resident: Someone
) -> None:
    await say(resident, RAIL, "PUB04")
    await puts_right(resident, "BLD01")
    await resident.presses("button_submit")
    world.clock.set(world.clock.now() + timedelta(days=40))

    await resident.presses("button_learn_yes")
    await resident.presses("button_learn_yes")

    assert (await only(world))["consent"] == "given"


async def test_every_turn_that_was_understood_names_its_model_and_data(
    world: World, resident: Someone
) -> None:
    await say(resident, RAIL, "BLD01")

    async with world.database.read() as conn:
        row = (await conn.execute(select(understood))).mappings().one()
    assert (row["model"], row["data"]) == ("taught", "")


async def test_a_no_to_whether_to_file_it_says_that_it_was_talk(
    world: World, resident: Someone
) -> None:
    await say(resident, "45栋那个楼梯扶手哦", "BLD01", told=0.6)

    await resident.presses("button_drop")

    row = await only(world)
    assert (row["kind"], row["thought"], row["corrected"]) == ("talk", "BLD01", "")
    assert (await resident.last("draft_dropped")).labels == []


@pytest.mark.parametrize(
    ("label", "kind", "corrected"),
    [
        ("button_nobody_in_danger", "calm", "SVC03"),
        ("button_somebody_in_danger", "danger", "SAF06"),
    ],
)
async def test_an_answer_to_a_danger_the_model_was_unsure_of_is_learned_from(
    world: World, resident: Someone, label: str, kind: str, corrected: str
) -> None:
    await say(resident, "45栋我爸靠在沙发上怎么叫都不应", "SVC03", emergency=0.9, told=0.6)

    await resident.presses(label)

    row = await only(world)
    assert (row["kind"], row["thought"], row["corrected"]) == (kind, "SVC03", corrected)


async def test_who_is_stuck_in_a_broken_lift_tells_news_and_no_correction(
    world: World, resident: Someone
) -> None:
    await say(resident, "45栋电梯停了", "BLD03")

    await resident.presses("button_nobody_trapped")

    assert await kept(world) == []


async def test_words_that_were_kept_go_when_it_turns_out_to_be_for_few(
    world: World, lead: Someone, resident: Someone
) -> None:
    await resident.does(AllowLearning(allow=True))
    await say(resident, RAIL, "PUB04", "BLD01")
    await puts_right(resident, "BLD01")
    assert (await only(world))["words"] == RAIL
    await resident.presses("button_submit")
    (number,) = await world.every_ticket()

    await lead.does(CorrectCategory(ticket_id=number, leaf="SAF07"))

    assert {(row["side"], row["words"], row["consent"]) for row in await kept(world)} == {
        ("resident", "", "never"),
        ("worker", "", "never"),
    }
