"""Who asks for a person gets to talk to one, in the chat, without either side's identity."""

from actions.application.commands.telling import CallPerson
from actions.domain.people import Role
from tests.builders import Someone, World
from tests.talk import say


async def called(world: World) -> tuple[Someone, Someone]:
    worker = await world.worker("阿梅", Role.GWF, "LJ", roster_key="gwf-3")
    resident = await world.resident("何姨-真名", home="BL-45")
    await say(resident, "找个真人", kind=CallPerson, intent="human")
    await worker.presses("button_take_callback")
    return resident, worker


async def test_the_two_write_to_each_other_through_the_bot(world: World) -> None:
    resident, worker = await called(world)

    await worker.presses("button_write_to_caller")
    await worker.answers("您好,请问是什么事?")
    await resident.presses("button_reply")
    await say(resident, "我妈走失了已经报警,电话13812345678", "SAF07")

    assert "请问是什么事" in (await resident.last("callback_words")).text
    said = await worker.last("callback_said")
    assert "我妈走失了" in said.text
    assert "13812345678" not in said.text
    assert "何姨" not in "".join(s.text for s in await worker.heard())


async def test_a_closed_call_takes_no_more_words(world: World) -> None:
    resident, worker = await called(world)
    await worker.presses("button_write_to_caller")
    await worker.answers("您好")
    await worker.presses("button_talked")

    await resident.presses("button_reply")

    assert (await resident.templates())[-1] == "error_out_of_date"


async def test_a_third_person_is_no_side_of_it(world: World) -> None:
    resident, worker = await called(world)
    await worker.presses("button_write_to_caller")
    await worker.answers("您好")
    stranger = await world.resident()

    button = (await resident.last("callback_words")).buttons[0]["command"]
    await world.press(button, stranger)

    assert await stranger.templates() == ["error_not_found"]
