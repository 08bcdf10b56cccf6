"""Photos given later by who reported it: whoever handles it looks at them knowing what they tell."""

import pytest
from sqlalchemy import select

from actions.adapters.database.schema.records import audit
from actions.application.commands.following import AnswerTicket
from actions.application.commands.telling import CallPerson
from actions.application.commands.working import AskReporter
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from tests.builders import Someone, World
from tests.integration.discreet import SUNG, knows_nothing
from tests.talk import say


@pytest.fixture
async def worker(world: World) -> Someone:
    return await world.worker("阿梅", Role.GWF, "G3", roster_key="gwf-3")


@pytest.fixture
async def reporter(world: World) -> Someone:
    return await world.resident("何姨", home="BL-45")


@pytest.fixture
async def sung(world: World, worker: Someone, reporter: Someone) -> Ticket:
    return await world.filed(reporter, "NOI01", "BL-45", SUNG, photos=["from-my-window"])


async def _audited(world: World) -> list[str]:
    async with world.database.read() as conn:
        found = select(audit.c.object).where(audit.c.action == "evidence")
        return list((await conn.execute(found)).scalars())


async def test_a_photo_given_as_an_answer_waits_behind_the_warning(
    world: World, worker: Someone, reporter: Someone, sung: Ticket
) -> None:
    await worker.presses("button_accept")
    await worker.presses("button_ask_reporter")
    await worker.answers("能拍一张吗？")
    await reporter.presses("button_answer")
    await reporter.shows("from-my-kitchen")

    answered = await worker.last("relay_answer")
    assert answered.photos == []
    assert "照片" in answered.text
    await knows_nothing(worker, "from-my-kitchen")
    assert await _audited(world) == []
    await worker.presses("button_evidence")
    assert "from-my-kitchen" in (await worker.last("evidence")).photos
    assert await _audited(world) == [f"ticket:{sung.number}"]


async def test_a_photo_sent_as_a_word_of_ones_own_waits_behind_it_as_well(
    worker: Someone, reporter: Someone, sung: Ticket
) -> None:
    await worker.presses("button_accept")
    await reporter.does(AnswerTicket(ticket_id=sung.id or 0))
    await reporter.shows("from-my-kitchen")

    assert (await worker.last("relay_from_reporter")).labels[-1] == "button_evidence"
    await knows_nothing(worker, "from-my-kitchen")


async def test_a_photo_for_who_asked_from_the_desk_waits_behind_it_as_well(
    world: World, reporter: Someone
) -> None:
    street = await world.worker("街道", Role.DSP, "RT")
    ticket = await world.filed(reporter, "OTH99", "BL-45", "有人唱歌")
    await street.does(AskReporter(ticket_id=ticket.id or 0))
    await street.answers("能拍一张吗？")
    await reporter.presses("button_answer")
    await reporter.shows("from-my-kitchen")

    await knows_nothing(street, "from-my-kitchen")
    await street.presses("button_evidence")
    assert (await street.last("evidence")).photos == ["from-my-kitchen"]


async def test_a_photo_of_what_has_no_other_side_is_shown_at_once(
    world: World, worker: Someone, reporter: Someone
) -> None:
    await world.filed(reporter, "BLD01", "BL-45", "三楼扶手松了")
    await worker.presses("button_accept")
    await worker.presses("button_ask_reporter")
    await worker.answers("能拍一张吗？")
    await reporter.presses("button_answer")
    await reporter.shows("handrail")

    assert (await worker.last("relay_answer")).photos == ["handrail"]


async def test_a_photo_in_a_call_of_who_spoke_of_somebody_comes_with_the_warning(
    world: World, worker: Someone, reporter: Someone, sung: Ticket
) -> None:
    await say(reporter, "找个真人", kind=CallPerson, intent="human")
    await worker.presses("button_take_callback")
    await worker.presses("button_write_to_caller")
    await worker.answers("您好，能拍一张吗？")
    await reporter.presses("button_reply")
    await reporter.shows("from-my-kitchen")

    said = await worker.last("callback_said")
    assert said.photos == ["from-my-kitchen"]
    assert "只您自己看" in said.text
    assert [about.split(":")[0] for about in await _audited(world)] == ["callback"]
