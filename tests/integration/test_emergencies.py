"""Danger: advice first, filed at once, a person alerted; no form and no model in between."""

import pytest

from actions.application.commands.base import Command
from actions.application.commands.following import (
    RequestCallback,
    ShowHelp,
    ShowMine,
    SwitchLocale,
)
from actions.application.commands.telling import (
    AddDetail,
    Affirm,
    AskStatus,
    GiveLocation,
    Heard,
    RaiseEmergency,
    TellMatter,
)
from actions.domain.category import Urgency
from actions.domain.emergency import detect
from actions.domain.people import Role
from actions.domain.place import Location
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from tests.builders import Someone, World
from tests.talk import say

GAS = "厨房一直有煤气味头晕"


async def cries(someone: Someone, text: str) -> None:
    kind = detect(text)
    assert kind is not None
    await someone.does(RaiseEmergency(kind=kind, text=text))


async def test_gas_gets_the_number_first_and_a_person_is_alerted(world: World) -> None:
    duty = await world.worker("王书记", Role.CMT, "LJ", roster_key="cmt-1")
    resident = await world.resident()

    await cries(resident, "45栋" + GAS)

    first, second = await resident.heard()
    assert first.template == "emergency_gas"
    assert "119" in first.text
    assert first.row["urgent"]
    assert second.template == "emergency_alerted"
    assert "LL-" in second.text
    assert "work_dispatched" in await duty.templates()


async def test_without_a_place_the_place_is_asked_and_taken_from_the_next_words(
    world: World,
) -> None:
    await world.worker("王书记", Role.CMT, "LJ", roster_key="cmt-1")
    resident = await world.resident()

    await cries(resident, GAS)
    await resident.answers("6栋904")

    assert (await resident.templates())[-1] == "emergency_more"
    async with world.reading() as uow:
        (mine,) = await uow.tickets.of_person(resident.id)
        ticket = await uow.tickets.get(mine.id)
    assert ticket.location["label"].endswith("6栋")
    assert ticket.status is TicketStatus.DISPATCHED


async def test_crying_twice_is_one_ticket(world: World) -> None:
    resident = await world.resident()

    await cries(resident, "45栋" + GAS)
    await cries(resident, "快来煤气味越来越大了")

    async with world.reading() as uow:
        assert len(await uow.tickets.of_person(resident.id)) == 1


async def test_somebody_trapped_after_all_turns_the_lift_matter_into_an_emergency(
    world: World,
) -> None:
    duty = await world.worker("王书记", Role.CMT, "LJ", roster_key="cmt-1")
    resident = await world.resident()
    await say(resident, "2栋电梯又坏了", "BLD03")

    await resident.presses("button_somebody_trapped")

    assert "emergency_trapped_in_lift" in await resident.templates()
    assert "work_dispatched" in await duty.templates()


async def test_nobody_on_duty_still_files_it(world: World) -> None:
    resident = await world.resident()

    await cries(resident, "45栋" + GAS)

    async with world.reading() as uow:
        (mine,) = await uow.tickets.of_person(resident.id)
    assert mine.status == TicketStatus.TRIAGE.value


async def the_matter(world: World, someone: Someone) -> Ticket:
    async with world.reading() as uow:
        (mine,) = await uow.tickets.of_person(someone.id)
        return await uow.tickets.get(mine.id)


@pytest.mark.parametrize(
    ("words", "kind"), [("有", Affirm), ("有!我妈在里面", AddDetail), ("yes, my mum", TellMatter)]
)
async def test_a_yes_in_words_to_the_danger_question_is_a_yes(
    world: World, words: str, kind: type[Heard]
) -> None:
    duty = await world.worker("王书记", Role.CMT, "LJ", roster_key="cmt-1")
    resident = await world.resident()
    await say(resident, "2栋电梯又坏了", "BLD03")

    await say(resident, words, kind=kind)

    assert "emergency_trapped_in_lift" in await resident.templates()
    assert "work_dispatched" in await duty.templates()


@pytest.mark.parametrize("words", ["有啊", "里面有人", "困住了", "我就在里面"])
async def test_a_yes_needs_no_model(world: World, words: str) -> None:
    resident = await world.resident()
    await say(resident, "2栋电梯又坏了", "BLD03")

    assert await resident.answers(words)

    assert "emergency_trapped_in_lift" in await resident.templates()


async def test_whoever_is_not_sure_hears_how_to_find_out(world: World) -> None:
    resident = await world.resident()
    await say(resident, "2栋电梯又坏了", "BLD03")

    await resident.answers("不知道啊")
    assert (await resident.templates())[-1] == "danger_unsure"
    await resident.answers("听清楚了,里面有人")

    assert "emergency_trapped_in_lift" in await resident.templates()


async def test_words_that_say_neither_are_kept_and_asked_about_once_more(world: World) -> None:
    resident = await world.resident()
    await say(resident, "2栋电梯又坏了", "BLD03")

    await resident.answers("门口的灯也不亮")
    assert (await resident.templates())[-1] == "ask_emergency"
    await resident.answers("坏了三天")

    card = (await resident.heard())[-1]
    assert card.template.startswith("draft_card")
    assert "门口的灯也不亮" in str(card.row["content"])


async def test_nobody_stuck_goes_on_and_words_are_words_again(world: World) -> None:
    resident = await world.resident()
    await say(resident, "2栋电梯又坏了", "BLD03")

    await resident.presses("button_nobody_trapped")

    async with world.reading() as uow:
        assert (await uow.conversations.get(resident.conversation_id)).awaiting is None


async def test_a_danger_told_as_the_answer_takes_the_matter_with_it(world: World) -> None:
    resident = await world.resident()
    await say(resident, "2栋电梯又坏了", "BLD03")

    await cries(resident, "里面有人晕倒了")

    said = await resident.templates()
    assert {"emergency_injury", "emergency_trapped_in_lift"} <= set(said)
    assert (await the_matter(world, resident)).location["label"].endswith("2栋")


async def test_the_danger_question_stands_until_it_is_answered(world: World) -> None:
    resident = await world.resident()
    await say(resident, "2栋电梯又坏了", "BLD03")

    await resident.shows("photo-1")
    await say(resident, "门口的灯也不亮", kind=AddDetail)

    assert await resident.templates() == ["ask_emergency"] * 3
    await say(resident, "没人,里面是空的", kind=AddDetail)
    assert (await resident.templates())[-1].startswith("draft_card")


async def test_a_pin_says_where_the_danger_is(world: World) -> None:
    duty = await world.worker("王书记", Role.CMT, "LJ", roster_key="cmt-1")
    resident = await world.resident()
    building = next(a for a in world.community.areas.values() if a.code == "BL-45")
    await cries(resident, GAS)

    await resident.does(
        GiveLocation(location=Location(lat=building.lat, lon=building.lon, label=""))
    )

    ticket = await the_matter(world, resident)
    assert ticket.area == world.community.path(building.code)
    assert "45栋" in (await duty.last("work_relocated")).text
    assert "place_of_what" not in await resident.templates()


async def test_a_place_picked_from_the_list_says_where_the_danger_is(world: World) -> None:
    resident = await world.resident()
    await cries(resident, GAS)

    await resident.does(GiveLocation(location=Location(), place="BL-45"))

    assert (await the_matter(world, resident)).location["place"] == "BL-45"


async def test_the_place_is_taken_also_after_words_that_name_none(world: World) -> None:
    resident = await world.resident()
    await cries(resident, GAS)

    await resident.answers("快点来啊")
    await resident.answers("6栋904")

    assert (await the_matter(world, resident)).location["label"].endswith("6栋")


async def test_whoever_settles_it_can_look_at_a_photo_of_the_danger(world: World) -> None:
    resident = await world.resident()
    await cries(resident, "45栋" + GAS)

    await resident.shows("photo-1")

    ticket = await the_matter(world, resident)
    async with world.reading() as uow:
        assert ticket.id is not None
        assert await uow.tickets.photos(ticket.id, "report") == ["photo-1"]


async def test_another_danger_has_its_own_numbers(world: World) -> None:
    resident = await world.resident()
    await cries(resident, "2栋电梯困住人了")

    await cries(resident, "厨房着火了快来")

    assert "emergency_fire" in await resident.templates()
    async with world.reading() as uow:
        both = [await uow.tickets.get(mine.id) for mine in await uow.tickets.of_person(resident.id)]
    assert {ticket.category for ticket in both} == {"SAF06", "BLD02"}
    assert len({ticket.location["place"] for ticket in both}) == 1


async def test_dangers_filed_alike_are_told_apart(world: World) -> None:
    resident = await world.resident()
    await cries(resident, "2栋着火了")

    await cries(resident, "有人触电了")
    await cries(resident, "火势越来越大,着火的是三楼")

    said = await resident.templates()
    assert said.count("emergency_electric_shock") == 1
    assert said.count("emergency_fire") == 1
    async with world.reading() as uow:
        assert len(await uow.tickets.of_person(resident.id)) == 2


@pytest.mark.parametrize("words", ["火灭了", "误会,开玩笑的", "it's out"])
async def test_it_is_over_in_words(world: World, words: str) -> None:
    duty = await world.worker("王书记", Role.CMT, "LJ", roster_key="cmt-1")
    resident = await world.resident()
    await cries(resident, "45栋着火了")

    await resident.answers(words)

    assert (await resident.templates())[-1] == "emergency_over"
    assert "work_added" in await duty.templates()
    assert await awaited(resident) is None


async def test_it_is_over_by_button(world: World) -> None:
    duty = await world.worker("王书记", Role.CMT, "LJ", roster_key="cmt-1")
    resident = await world.resident()
    await cries(resident, "45栋着火了")

    await resident.presses("button_danger_over")

    assert (await resident.templates())[-1] == "emergency_over"
    assert "危险已经过去" in (await duty.last("work_added")).text
    assert await awaited(resident) is None


async def awaited(someone: Someone) -> str | None:
    async with someone.world.reading() as uow:
        awaiting = (await uow.conversations.get(someone.conversation_id)).awaiting
    return str(awaiting["for"]) if awaiting else None


async def test_once_the_place_is_known_other_wishes_get_through(world: World) -> None:
    resident = await world.resident()
    await cries(resident, "45栋着火了")

    await say(resident, "我之前报的路灯修得怎样了", kind=AskStatus)

    assert not (await resident.templates())[-1].startswith("emergency")
    assert await awaited(resident) == "emergency"


@pytest.mark.parametrize(
    "button", [SwitchLocale(locale="en"), ShowMine(), ShowHelp(), RequestCallback()]
)
async def test_a_button_in_between_does_not_end_the_danger(world: World, button: Command) -> None:
    resident = await world.resident()
    await cries(resident, GAS)

    await resident.does(button)

    assert await awaited(resident) == "emergency"


async def test_a_button_of_yesterday_does_not_end_the_danger(world: World) -> None:
    resident = await world.resident()
    await say(resident, "45栋路灯不亮", "PUB01")
    await resident.presses("button_drop")
    await cries(resident, GAS)

    await resident.presses("button_drop")

    assert (await resident.templates())[-1] == "error_out_of_date"
    assert await awaited(resident) == "emergency"


async def test_nobody_on_duty_is_said(world: World) -> None:
    resident = await world.resident()

    await cries(resident, "45栋" + GAS)
    assert (await resident.templates())[-1] == "emergency_unmanned"
    await resident.answers("越来越浓")
    assert (await resident.templates())[-1] == "emergency_more_unheard"

    other = await world.resident()
    await cries(other, GAS)
    assert (await other.templates())[-1] == "emergency_unmanned_where"


async def test_a_matter_that_does_not_wait_is_never_asked_about_likeness(world: World) -> None:
    first, second = await world.resident(), await world.resident()
    urgent = next(c for c in world.community.categories.values() if c.urgency is Urgency.E)
    await world.filed(first, urgent.code, "BL-45", "44栋变压器有异响")

    await say(second, "45栋变压器有异响", urgent.code)

    said = await second.templates()
    assert "ask_same_matter" not in said
    assert said[-1] == "draft_card_E"


async def test_a_lead_who_has_not_handed_it_out_hears_that_it_is_over(world: World) -> None:
    resident = await world.resident()
    await cries(resident, "45栋着火了")
    lead = await world.worker("王书记", Role.CMT, "LJ", roster_key="cmt-1")

    await resident.presses("button_danger_over")

    assert (await resident.templates())[-1] == "emergency_over"
    assert "lead_danger_over" in await lead.templates()


async def test_what_a_worker_has_closed_can_still_be_said_to_be_over(world: World) -> None:
    resident = await world.resident()
    await cries(resident, "45栋着火了")
    await resident.alters(await the_matter(world, resident), Verb.WITHDRAW)

    await resident.presses("button_danger_over")

    assert (await resident.templates())[-1] == "emergency_over_unheard"
