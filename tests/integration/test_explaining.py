"""Nothing more can be done: the committee says so with its reason, and the resident may object."""

import pytest

from actions.application.commands.deciding import ExplainTicket
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus
from tests.builders import Someone, World


@pytest.fixture
async def worker(world: World) -> Someone:
    return await world.worker("阿梅", Role.GWF, "G3", roster_key="gwf-3")


@pytest.fixture
async def committee(world: World) -> Someone:
    return await world.worker("林主任", Role.CMT, "LJ")


@pytest.fixture
async def resident(world: World) -> Someone:
    return await world.resident("何姨", home="BL-45")


@pytest.fixture
async def returned_twice(
    world: World, worker: Someone, committee: Someone, resident: Someone
) -> Ticket:
    """Said to be settled, twice denied, and now with the committee."""
    lead = await world.worker("老区", Role.GLD, "LJ")
    ticket = await world.filed(resident, "NOI01", "BL-45", "楼上半夜练鼓")
    for person in (worker, lead):
        await _settle(person)
        await resident.presses("button_dissatisfied")
        await resident.answers("还是吵")
    return await world.ticket(ticket)


async def test_the_committee_that_settles_it_again_is_offered_to_explain(
    world: World, committee: Someone, resident: Someone, returned_twice: Ticket
) -> None:
    assert returned_twice.assignee == committee.id
    await _settle(committee)

    assert "button_explain" in (await committee.last("resolved")).labels
    await committee.presses("button_explain")
    await committee.answers("查了四次都没有超标，法律上不能再强制")

    assert (await world.ticket(returned_twice)).status is TicketStatus.CLOSED_UNFIXED
    told = await resident.last("push_unfixed")
    assert "没有超标" in told.text
    assert "button_reopen" in told.labels


async def test_the_supervisor_hears_of_it_and_may_explain_as_well(
    world: World, committee: Someone, returned_twice: Ticket
) -> None:
    supervisor = await world.worker("督查", Role.SUP, "LJ")
    await _settle(committee)

    assert "supervisor_resolved" in await supervisor.templates()
    await supervisor.presses("button_more")
    await supervisor.presses("button_explain")
    await supervisor.shows("picture")
    assert (await supervisor.templates())[-1] == "decide_needs_words"
    await supervisor.answers("已经没有别的办法")

    assert (await world.ticket(returned_twice)).status is TicketStatus.CLOSED_UNFIXED


async def test_the_resident_may_reopen_what_was_explained(
    world: World, committee: Someone, resident: Someone, returned_twice: Ticket
) -> None:
    await _settle(committee)
    await committee.presses("button_explain")
    await committee.answers("没有别的办法")

    await resident.presses("button_reopen")
    await resident.answers("请街道来量")

    assert (await world.ticket(returned_twice)).reopenings == 3


async def test_it_is_not_offered_the_first_time_nor_to_the_grid(
    world: World, worker: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, "NOI01", "BL-45", "楼上半夜练鼓")
    await _settle(worker)

    assert "button_explain" not in (await worker.last("resolved")).labels
    await worker.does(ExplainTicket(ticket_id=ticket.id or 0))
    assert (await worker.templates())[-1] == "error_not_allowed"


async def test_what_was_rated_meanwhile_needs_no_explaining(
    world: World, committee: Someone, resident: Someone, returned_twice: Ticket
) -> None:
    await _settle(committee)
    await committee.presses("button_explain")
    await resident.presses("button_satisfied")

    await committee.answers("没有别的办法")

    assert (await committee.templates())[-1] == "error_moved_on"
    assert (await world.ticket(returned_twice)).status is TicketStatus.CLOSED_FIXED


async def _settle(person: Someone) -> None:
    await person.presses("button_accept")
    await person.presses("button_resolve")
    await person.answers("上门谈过")
