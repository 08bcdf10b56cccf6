"""A resident tells a matter in their own way and ends with a number."""

from datetime import timedelta

import pytest

from actions.application.commands.telling import AddDetail, Affirm, AskStatus, Deny, GiveLocation
from actions.application.pressable import from_json
from actions.domain.people import Role
from actions.domain.place import Location
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import Verb
from actions.domain.understood import Entity
from tests.builders import Someone, World
from tests.talk import say


async def test_a_complete_message_ends_in_one_card_and_one_tap_files_it(world: World) -> None:
    await world.worker("阿梅", Role.GWF, "G3", "G4", roster_key="gwf-3")
    resident = await world.resident()

    await say(resident, "45栋楼梯扶手松了,我妈早上差点摔下去", "BLD01")
    card = await resident.last("draft_card_U")
    await resident.presses("button_submit")

    assert card.lines["地方"] == "45栋 · 楼梯"
    assert card.lines["事情"] == "45栋楼梯扶手松了,我妈早上差点摔下去"
    filed = await resident.last("ticket_filed_two_tracks")
    assert "LL-" in filed.text
    assert (await resident.templates())[:2] == ["draft_card_U", "ticket_filed_two_tracks"]


async def test_a_missing_place_is_asked_once_and_taken_in_any_words(world: World) -> None:
    resident = await world.resident()

    await say(resident, "楼梯扶手松了", "BLD01")
    await say(resident, "45栋三楼转角", "BLD01", kind=AddDetail)

    assert await resident.templates() == ["ask_place", "draft_card_U"]
    card = await resident.last("draft_card_U")
    assert "45栋" in card.lines["地方"]
    assert "三楼转角" in card.lines["地方"]


async def test_a_place_nobody_knows_is_kept_in_the_persons_words(world: World) -> None:
    resident = await world.resident()

    await say(resident, "路灯不亮", "PUB03")
    await say(resident, "老榕树那个转弯的地方", "PUB03", kind=AddDetail)
    await resident.presses("button_submit")

    assert (await resident.last("draft_card_N")).lines["地方"] == "老榕树那个转弯的地方"
    assert "LL-" in (await resident.last("ticket_filed_unassigned")).text


async def test_a_known_home_is_offered_and_yes_takes_it(world: World) -> None:
    resident = await world.resident(home="BL-45")

    await say(resident, "楼梯扶手松了", "BLD01")
    asked = await resident.last("ask_place")
    await say(resident, "是的", kind=Affirm)

    assert asked.labels == ["place_chip"]
    assert "45栋" in (await resident.last("draft_card_U")).lines["地方"]


async def test_my_upstairs_neighbour_needs_no_question_once_the_home_is_known(
    world: World,
) -> None:
    resident = await world.resident(home="BL-45")

    await say(resident, "我家楼上半夜唱歌", "NOI01")

    assert await resident.templates() == ["draft_card_N"]


async def test_the_card_can_be_corrected_before_it_is_filed(world: World) -> None:
    resident = await world.resident()
    await say(resident, "45栋门口的灯不亮", "BLD04", "PUB03")

    await resident.presses("button_change_place")
    await say(resident, "不对,是46栋", "BLD04", kind=AddDetail)
    await resident.presses("button_change_category")
    await resident.presses("category_chip")

    card = await resident.last("draft_card_N")
    assert "46栋" in card.lines["地方"]
    filed = await resident.presses("button_submit")
    assert filed


async def test_two_matters_in_one_message_become_two_tickets_with_one_confirmation(
    world: World,
) -> None:
    resident = await world.resident()

    await say(
        resident,
        "45栋楼梯扶手松了,楼下垃圾房好臭",
        "BLD01",
        matters=(("45栋楼梯扶手松了", "BLD01"), ("楼下垃圾房好臭", "SAN01")),
    )
    await resident.presses("button_submit_all")

    templates = await resident.templates()
    assert templates.count("draft_batch") == 1
    numbers = {s.text for s in await resident.heard() if s.template.startswith("ticket_filed")}
    assert len(numbers) == 2


async def test_an_unsure_category_is_asked_with_three_plain_choices(world: World) -> None:
    resident = await world.resident()

    await say(resident, "45栋门口那个东西坏了", "BLD04", "PUB03", "BLD01", share=0.2)
    asked = await resident.last("ask_category")
    await resident.presses("category_chip", nth=1)

    assert asked.labels.count("category_chip") == 3
    assert (await resident.templates())[-1].startswith("draft_card_")


async def test_a_neighbours_like_matter_is_offered_and_me_too_files_nothing_new(
    world: World,
) -> None:
    first = await world.resident()
    ticket = await world.filed(first, "BLD01", "BL-45", "三楼扶手松了")
    second = await world.resident()

    await say(second, "45栋楼道扶手松了", "BLD01")
    offered = await second.last("ask_same_matter")
    await second.presses("button_same_matter")

    assert offered.labels == ["button_same_matter", "button_another_matter"]
    assert "三楼扶手松了" not in offered.text + "".join(offered.lines.values())
    assert "2 户" in (await second.last("joined")).text
    async with world.reading() as uow:
        assert set(await uow.tickets.followers(ticket.id)) == {first.id, second.id}


async def test_another_matter_at_the_same_place_is_filed_on_its_own(world: World) -> None:
    first = await world.resident()
    await world.filed(first, "BLD01", "BL-45", "扶手松了")
    second = await world.resident()

    await say(second, "45栋楼道扶手松了", "BLD01")
    await second.presses("button_another_matter")
    await second.presses("button_submit")

    assert "ticket_filed_unassigned" in await second.templates()


async def test_an_anonymous_report_shows_its_name_to_nobody_who_handles_it(world: World) -> None:

    worker = await world.worker("阿梅", Role.GWF, "G3", "G4", roster_key="gwf-3")
    resident = await world.resident("何姨-真名")

    await say(resident, "45栋楼上半夜唱歌", "NOI01")
    await resident.presses("button_anonymous")
    await resident.presses("button_submit")

    told = " ".join(s.text + str(s.lines) for s in await worker.heard())
    assert "何姨" not in told
    assert "work_dispatched" in await worker.templates()


async def test_what_is_not_the_communitys_is_said_with_the_right_door(world: World) -> None:
    resident = await world.resident()

    await say(resident, "老板拖欠工资三个月", "OTH04")

    said = await resident.last("beyond_remit")
    assert said.labels == ["button_pass_on", "button_door_is_enough"]
    assert "：" in said.text


async def test_a_broken_lift_is_asked_about_people_first(world: World) -> None:
    resident = await world.resident()

    await say(resident, "2栋电梯又坏了", "BLD03")
    asked = await resident.last("ask_emergency")
    await say(resident, "没有", kind=Deny)

    assert asked.labels == ["button_nobody_trapped", "button_somebody_trapped"]
    assert "draft_card_U" in await resident.templates()


async def test_a_pin_gives_the_place(world: World) -> None:
    resident = await world.resident()
    building = next(a for a in world.community.areas.values() if a.code == "BL-45")

    await say(resident, "楼梯扶手松了", "BLD01")
    await resident.does(
        GiveLocation(location=Location(lat=building.lat, lon=building.lon, label=""))
    )

    assert "45栋" in (await resident.last("draft_card_U")).lines["地方"]


async def test_a_photo_joins_the_half_told_matter(world: World) -> None:
    resident = await world.resident()

    await say(resident, "45栋楼梯扶手松了", "BLD01")
    await resident.shows("photo-1")

    assert (await resident.last("draft_card_U")).photos == ["photo-1"]


async def test_nobodys_draft_can_be_filed_by_another(world: World) -> None:
    one, other = await world.resident(), await world.resident()
    await say(one, "45栋楼梯扶手松了", "BLD01")

    button = (await one.last("draft_card_U")).buttons[0]["command"]

    await other.does(from_json(button))

    assert await other.templates() == ["error_not_found"]


@pytest.mark.parametrize("text", ["嗯", "随便", "。。。"])
async def test_a_message_without_a_matter_begins_none(world: World, text: str) -> None:
    resident = await world.resident()

    await say(resident, text, share=0.0)

    assert await resident.templates() == ["ask_what_matter"]


async def test_no_with_the_right_place_corrects_the_card(world: World) -> None:
    resident = await world.resident()
    await say(resident, "45栋门口的路灯不亮", "PUB03")

    await say(resident, "不对,是46栋", kind=Deny)

    assert "46栋" in (await resident.last("draft_card_N")).lines["地方"]


async def alike(world: World) -> tuple[Someone, Ticket]:
    """A neighbour's open matter, and a resident who is asked whether it is the same."""
    ticket = await world.filed(await world.resident(), "BLD05", "BL-45", "天花板漏水")
    await world.joins(await world.resident(), ticket)
    second = await world.resident()
    await say(second, "45栋楼道漏水", "BLD05")
    assert (await second.templates())[-1] == "ask_same_matter"
    return second, ticket


async def test_yes_to_the_same_matter_joins_it(world: World) -> None:
    second, ticket = await alike(world)

    await say(second, "是的", kind=Affirm)

    assert await world.every_ticket() == [ticket.id]
    assert (await second.templates())[-1] == "joined_sealed"


async def test_no_to_the_same_matter_goes_on_with_ones_own(world: World) -> None:
    second, _ = await alike(world)

    await say(second, "不是", kind=Deny)

    assert (await second.templates())[-1] == "draft_card_U"


async def test_the_same_matter_told_again_adds_its_words_and_photos(world: World) -> None:
    resident = await world.resident()
    ticket = await world.filed(resident, "BLD05", "BL-45", "天花板漏水")
    await say(resident, "45栋天花板漏得更大了,墙都鼓了", "BLD05")
    await resident.shows("photo-1")

    await resident.presses("button_add_to_that")

    added = [e for e in await world.timeline(ticket) if e.verb is Verb.ADD]
    assert [(e.data["text"], e.data["photos"]) for e in added] == [
        ("45栋天花板漏得更大了,墙都鼓了", ["photo-1"])
    ]


async def test_what_a_neighbour_called_the_spot_is_not_shown_to_others(world: World) -> None:
    first, second = await world.resident(), await world.resident()
    building = next(a for a in world.community.areas.values() if a.code == "BL-45")
    pin = Location(lat=building.lat, lon=building.lon, label="张伟家门口")
    await say(first, "天花板漏水", "BLD05")
    await first.does(GiveLocation(location=pin))
    await first.presses("button_submit")
    async with world.reading() as uow:
        (filed,) = await uow.tickets.of_person(first.id)
        ticket = await uow.tickets.get(filed.id)
    await world.joins(await world.resident(), ticket)

    await say(second, "45栋楼道漏水", "BLD05")
    await second.presses("button_same_matter")
    await say(second, "到哪了", kind=AskStatus)
    await say(second, "我的事", kind=AskStatus)

    shown = [str(said.row["content"]) for said in await second.heard()]
    assert not any("张伟" in content for content in shown)


async def test_each_matter_has_the_place_that_was_said_with_it(world: World) -> None:
    resident = await world.resident()
    text = "望月台灯坏了,听雨轩垃圾没人收"
    places = tuple(
        Entity(kind="location", text=word, start=text.find(word), end=text.find(word) + 3)
        for word in ("望月台", "听雨轩")
    )

    await say(
        resident, text, "PUB01",
        matters=(("望月台灯坏了", "PUB01"), ("听雨轩垃圾没人收", "SAN01")), entities=places,
    )  # fmt: skip

    told = (await resident.last("draft_batch")).text
    assert "望月台" in told
    assert "听雨轩" in told


async def test_more_words_are_added_to_a_long_story(world: World) -> None:
    resident = await world.resident()
    await say(resident, "45栋楼梯扶手松了" + "说来话长" * 600, "BLD01")

    await say(resident, "最后一句最要紧", kind=AddDetail)
    await resident.presses("button_submit")

    (number,) = await world.every_ticket()
    async with world.reading() as uow:
        submitted = (await uow.tickets.timeline(number))[1]
    assert submitted.data["words"].endswith("最后一句最要紧")


async def test_the_half_told_matter_is_offered_after_another_was_filed(world: World) -> None:
    resident = await world.resident()
    await say(resident, "楼道灯不亮", "BLD04")

    await say(resident, "45栋楼下垃圾堆了三天没人来收拾", "SAN01")
    await resident.presses("button_submit")

    assert "楼道灯不亮" in (await resident.last("draft_waits")).text


async def test_a_yes_much_later_files_nothing_unseen(world: World) -> None:
    resident = await world.resident()
    await say(resident, "45栋楼梯扶手松了", "BLD01")
    world.clock.advance(timedelta(hours=5))

    await say(resident, "好的", kind=Affirm)

    assert await world.every_ticket() == []
    assert (await resident.templates())[-1] == "draft_card_U"


async def test_one_yes_files_everything_on_the_list(world: World) -> None:
    resident = await world.resident()
    await say(
        resident, "45栋灯坏了,垃圾没人收", "BLD01",
        matters=(("45栋灯坏了", "BLD01"), ("垃圾没人收", "SAN01")),
    )  # fmt: skip
    assert (await resident.templates())[-1] == "draft_batch"

    await say(resident, "好", kind=Affirm)

    assert len(await world.every_ticket()) == 2


async def test_what_is_only_deliberated_is_promised_no_temporary_step(world: World) -> None:
    await world.worker("阿梅", Role.GWF, "G3", "G4", roster_key="gwf-3")
    resident = await world.resident()
    await world.filed(resident, "BLD07", "BL-45", "想加装电梯")

    assert (await resident.heard())[-1].template == "ticket_filed_deliberated"
