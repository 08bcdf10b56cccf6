"""Not the community's to settle: whose it is, how to object, and that somebody else decides."""

import asyncio

import pytest

from actions.application.commands.deciding import AppealTicket, DeclineTicket, MergeTicket
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from tests.builders import Someone, World


@pytest.fixture
async def committee(world: World) -> Someone:
    return await world.worker("林主任", Role.CMT, "LJ")


@pytest.fixture
async def resident(world: World) -> Someone:
    return await world.resident("何姨", home="BL-45")


@pytest.fixture
async def wages(world: World, committee: Someone, resident: Someone) -> Ticket:
    return await world.filed(resident, "OTH99", "BL-45", "老板欠薪三个月")


@pytest.fixture
async def declined(world: World, committee: Someone, wages: Ticket) -> Ticket:
    await committee.does(
        DeclineTicket(ticket_id=wages.id or 0, door="labour", reason="others_duty")
    )
    return await world.ticket(wages)


async def test_the_door_that_fits_comes_first_and_the_resident_hears_how_to_reach_it(
    world: World, committee: Someone, resident: Someone, wages: Ticket
) -> None:
    await committee.presses("button_more")
    await committee.presses("button_decline")

    asked = await committee.last("decline_whose")
    assert asked.labels[-1] == "button_no_door"
    await committee.presses("button_door")
    await committee.presses("reason_others_duty")

    assert (await world.ticket(wages)).status is TicketStatus.NOT_ACCEPTED
    told = await resident.last("push_declined")
    assert "人社局劳动监察" in told.text
    assert "12333" in told.text
    assert "归别的部门管" in told.text
    assert told.labels == ["button_appeal"]


async def test_door_and_reason_may_be_words_and_numbers_in_them_are_masked(
    world: World, committee: Someone, resident: Someone, wages: Ticket
) -> None:
    await committee.does(DeclineTicket(ticket_id=wages.id or 0))
    await committee.answers("镇劳动所，二楼3号窗，找小李13812345678")
    await committee.answers("这要劳动部门立案才能查")

    told = await resident.last("push_declined")
    assert "二楼3号窗" in told.text
    assert "立案才能查" in told.text
    assert "13812345678" not in told.text


async def test_where_nobody_fits_it_is_said_so(
    committee: Someone, resident: Someone, wages: Ticket
) -> None:
    await committee.does(DeclineTicket(ticket_id=wages.id or 0))
    await committee.presses("button_no_door")
    await committee.presses("reason_before_court")

    assert "没有对口的单位" in (await resident.last("push_declined")).text


async def test_a_photo_alone_declines_nothing(
    world: World, committee: Someone, wages: Ticket
) -> None:
    await committee.does(DeclineTicket(ticket_id=wages.id or 0, door="labour"))

    await committee.shows("picture")

    assert (await committee.templates())[-1] == "decide_needs_words"
    assert (await world.ticket(wages)).status is TicketStatus.TRIAGE
    await committee.answers("归劳动部门")
    assert (await world.ticket(wages)).status is TicketStatus.NOT_ACCEPTED


async def test_a_grid_lead_cannot_decline(world: World, wages: Ticket) -> None:
    lead = await world.worker("老区", Role.GLD, "LJ")

    await lead.does(DeclineTicket(ticket_id=wages.id or 0, door="labour", reason="others_duty"))

    assert (await lead.templates())[-1] == "error_not_allowed"
    assert (await world.ticket(wages)).status is TicketStatus.TRIAGE


async def test_two_at_once_decline_once(
    world: World, committee: Someone, resident: Someone, wages: Ticket
) -> None:
    other = await world.worker("陈副主任", Role.CMT, "LJ")
    command = DeclineTicket(ticket_id=wages.id or 0, door="labour", reason="others_duty")

    await asyncio.gather(committee.does(command), other.does(command))

    said = sorted([(await committee.templates())[-1], (await other.templates())[-1]])
    assert said == ["declined", "error_moved_on"]
    assert (await resident.templates()).count("push_declined") == 1


async def test_an_appeal_is_decided_by_somebody_else_who_is_told_why(
    world: World, committee: Someone, resident: Someone, declined: Ticket
) -> None:
    other = await world.worker("陈副主任", Role.CMT, "LJ")

    await resident.presses("button_appeal")
    await resident.answers("劳动所说要社区先盖章")

    assert (await world.ticket(declined)).status is TicketStatus.TRIAGE
    said = await resident.last("appealed")
    assert "16:30" in said.text
    told = await other.last("lead_appealed")
    assert "要社区先盖章" in told.text
    assert "lead_appealed" not in await committee.templates()


async def test_with_no_equal_the_level_above_decides(
    world: World, committee: Someone, resident: Someone, declined: Ticket
) -> None:
    street = await world.worker("街道小黄", Role.DSP, "LJ")

    await resident.presses("button_appeal")
    await resident.answers("我不同意")

    assert "街道" in (await resident.last("appealed")).text
    assert "lead_appealed" in await street.templates()


async def test_whoever_declined_cannot_decline_the_appeal_while_others_can(
    world: World, committee: Someone, resident: Someone, declined: Ticket
) -> None:
    street = await world.worker("街道小黄", Role.DSP, "LJ")
    await resident.presses("button_appeal")
    await resident.answers("我不同意")
    again = DeclineTicket(ticket_id=declined.id or 0, door="labour", reason="others_duty")

    await committee.does(again)

    assert (await committee.templates())[-1] == "appeal_not_by_you"
    assert (await world.ticket(declined)).status is TicketStatus.TRIAGE
    await street.does(again)
    assert (await world.ticket(declined)).status is TicketStatus.NOT_ACCEPTED


async def test_with_nobody_else_the_same_person_decides_and_it_is_said(
    world: World, committee: Someone, resident: Someone, declined: Ticket
) -> None:
    await resident.presses("button_appeal")
    await resident.answers("我不同意")

    assert "同一位" in (await resident.last("appealed_same_person")).text
    assert "lead_appealed_alone" in await committee.templates()
    await committee.does(
        DeclineTicket(ticket_id=declined.id or 0, door="labour", reason="others_duty")
    )
    declines = [e.actor for e in await world.timeline(declined) if e.verb is Verb.DECLINE]
    assert declines == [committee.id, committee.id]


async def test_an_appeal_can_be_dropped_before_it_is_made(
    world: World, resident: Someone, declined: Ticket
) -> None:
    await resident.presses("button_appeal")
    await resident.presses("button_never_mind")

    assert (await world.ticket(declined)).status is TicketStatus.NOT_ACCEPTED


async def test_a_neighbour_hears_it_and_only_the_reporter_can_object(
    world: World, committee: Someone, resident: Someone, wages: Ticket
) -> None:
    neighbour = await world.resident()
    await world.joins(neighbour, wages)
    await committee.does(
        DeclineTicket(ticket_id=wages.id or 0, door="labour", reason="others_duty")
    )

    assert (await neighbour.last("push_declined_for_follower")).labels == []
    await neighbour.does(AppealTicket(ticket_id=wages.id or 0))
    assert (await neighbour.templates())[-1] == "error_not_allowed"


async def test_who_was_merged_into_a_declined_matter_objects_for_themselves(
    world: World, committee: Someone, resident: Someone, wages: Ticket
) -> None:
    second = await world.resident("阿伯")
    own = await world.filed(second, "OTH99", "BL-45", "我也被欠薪")
    await committee.does(MergeTicket(ticket_id=own.id or 0, into=wages.id or 0, sure=True))
    await committee.does(
        DeclineTicket(ticket_id=wages.id or 0, door="labour", reason="others_duty")
    )
    assert (await world.ticket(own)).status is TicketStatus.NOT_ACCEPTED

    await second.presses("button_appeal")
    await second.answers("我的情况不一样")

    mine = await world.ticket(own)
    assert (mine.status, mine.master) == (TicketStatus.TRIAGE, "")
    assert (await world.ticket(wages)).status is TicketStatus.NOT_ACCEPTED


async def test_what_is_perhaps_not_ours_goes_to_those_who_may_say_so(world: World) -> None:
    lead = await world.worker("老区", Role.GLD, "LJ")
    committee = await world.worker("周主任", Role.CMT, "LJ")
    resident = await world.resident()

    await world.filed(resident, "OTH04", "BL-45", "工资三个月没发")

    assert (await committee.templates())[-1] == "lead_triage"
    assert await lead.templates() == []
