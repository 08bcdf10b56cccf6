"""A resident asks for a person: somebody on duty owes a call, and nobody calls twice."""

from datetime import timedelta

import pytest

from actions.application.commands.following import RequestCallback
from actions.application.commands.working import TakeCallback
from actions.domain.people import Role
from tests.builders import Someone, World


@pytest.fixture
async def resident(world: World) -> Someone:
    return await world.resident("何姨", home="BL-45")


async def test_the_duty_worker_of_the_grid_is_told_with_the_last_words(
    world: World, resident: Someone
) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3", roster_key="gwf-3")
    other = await world.worker("小陈", Role.GWF, "G1", roster_key="gwf-1")
    await world.arrives(resident, "你们到底管不管")
    await world.arrives(resident, "我电话13812345678")

    await resident.does(RequestCallback())

    told = await worker.last("callback_wanted")
    assert "你们到底管不管" in told.text
    assert "13812345678" not in told.text
    assert "何姨" not in told.text
    assert await other.heard() == []
    assert "16:30" in (await resident.last("callback_asked")).text


async def test_the_resident_hears_who_took_it(world: World, resident: Someone) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3")
    await resident.does(RequestCallback())

    await worker.presses("button_take_callback")

    assert "网格员" in (await resident.last("callback_taken")).text
    await worker.presses("button_talked")
    assert (await resident.templates())[-1] == "callback_talked"
    assert (await worker.templates())[-1] == "callback_closed"


async def test_only_the_first_of_two_gets_it(world: World, resident: Someone) -> None:
    first = await world.worker("阿梅", Role.GWF, "G3")
    second = await world.worker("小陈", Role.GWF, "G3")
    await resident.does(RequestCallback())

    await first.presses("button_take_callback")
    await second.presses("button_take_callback")

    assert (await second.templates())[-1] == "error_out_of_date"
    assert (await resident.templates()).count("callback_taken") == 1


async def test_nobody_takes_a_call_of_another_area(world: World, resident: Someone) -> None:
    await world.worker("阿梅", Role.GWF, "G3")
    stranger = await world.worker("小陈", Role.GWF, "G1")
    neighbour = await world.resident()
    await resident.does(RequestCallback())

    await stranger.does(TakeCallback(callback_id=1))
    await neighbour.does(TakeCallback(callback_id=1))

    assert await stranger.templates() == ["error_not_found"]
    assert await neighbour.templates() == ["error_not_found"]


async def test_a_second_request_reminds_of_the_first(world: World, resident: Someone) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3")
    await resident.does(RequestCallback())
    await resident.does(RequestCallback())

    numbers = {said.row["content"]["params"]["number"] for said in await worker.heard()}

    assert len(numbers) == 1


@pytest.mark.parametrize("role", [Role.GLD, Role.CMT, Role.DSP, Role.PRM])
async def test_without_a_grid_worker_somebody_else_is_told(
    world: World, resident: Someone, role: Role
) -> None:
    somebody = await world.worker("某人", role, "LJ")

    await resident.does(RequestCallback())

    assert await somebody.templates() == ["callback_wanted"]


async def test_somebody_whose_home_is_unknown_is_called_by_any_grid(world: World) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3")

    await (await world.resident()).does(RequestCallback())

    assert await worker.templates() == ["callback_wanted"]


async def test_a_call_nobody_took_in_time_goes_up_once(world: World, resident: Someone) -> None:
    await world.worker("阿梅", Role.GWF, "G3")
    lead = await world.worker("老区", Role.GLD, "LJ")
    await resident.does(RequestCallback())
    world.clock.advance(timedelta(hours=3))

    await world.tick()
    await world.tick()

    assert await lead.templates() == ["callback_late"]


async def test_the_desk_is_reminded_once_an_hour_however_often_somebody_asks(
    world: World, resident: Someone
) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3")

    for _ in range(5):
        await resident.does(RequestCallback())
    assert await worker.templates() == ["callback_wanted"]
    world.clock.advance(timedelta(hours=1))
    await resident.does(RequestCallback())
    await worker.presses("button_take_callback")
    world.clock.advance(timedelta(hours=1))
    await resident.does(RequestCallback())

    assert (await worker.templates()).count("callback_wanted") == 2
    assert (await resident.templates()).count("callback_asked") == 7


async def test_whoever_lost_the_role_does_not_go_on_writing_to_the_caller(
    world: World, resident: Someone
) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3")
    await resident.does(RequestCallback())
    await worker.presses("button_take_callback")
    await worker.presses("button_write_to_caller")
    await world.revoke(worker)

    await worker.answers("您在家吗")

    assert (await worker.templates())[-1] == "error_not_found"
    assert "callback_words" not in await resident.templates()
