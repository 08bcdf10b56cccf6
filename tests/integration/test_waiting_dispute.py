"""Disputed between two bodies: ruled on within the clock, and made safe meanwhile."""

from datetime import timedelta

import pytest

from actions.application.commands.waiting import RuleItStays, TemporaryDone
from actions.application.commands.working import ReturnTicket, ShowOptions
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from tests.builders import Someone, World


@pytest.fixture
async def firm(world: World) -> Someone:
    return await world.worker("白鹭物业", Role.PRM, "BL", roster_key="prm-bl")


@pytest.fixture
async def lead(world: World) -> Someone:
    return await world.worker("老区", Role.GLD, "LJ")


@pytest.fixture
async def street(world: World) -> Someone:
    return await world.worker("街道", Role.DSP, "RT")


@pytest.fixture
async def resident(world: World) -> Someone:
    return await world.resident("何姨", home="BL-45")


@pytest.fixture
async def handrail(world: World, firm: Someone, lead: Someone, resident: Someone) -> Ticket:
    """Urgent, with a temporary step, offered to the property firm."""
    ticket = await world.filed(resident, "BLD01", "BL-45", "三楼扶手松了")
    assert ticket.assignee == firm.id
    return ticket


async def returned(by: Someone, reason: str = "reason_not_my_duty") -> None:
    await by.presses("button_not_mine")
    await by.presses(reason)


async def test_disputed_between_firm_and_department_it_is_ruled_on_and_worked_on_meanwhile(
    world: World, firm: Someone, lead: Someone, resident: Someone
) -> None:
    department = await world.worker("电梯维保", Role.DPT, "LJ", roster_key="dpt-lift")
    lift = await world.filed(resident, "BLD03", "BL-45", "电梯又停了")
    assert lift.assignee == firm.id
    await returned(firm)
    both = await lead.last("lead_returned")
    assert "被物业退回：不是本岗职责" in both.text
    assert "电梯" in both.text
    assert "主管部门" in both.text
    assert "停用并告知" in (await firm.last("returned_meanwhile")).text

    await firm.presses("button_temporary")
    await firm.shows("taped-off")
    assert (await resident.last("push_temporary")).photos == ["taped-off"]
    assert (await world.ticket(lift)).status is TicketStatus.RETURNED
    world.clock.advance(timedelta(hours=1))
    await lead.presses("button_hand_to")

    ruled = await world.ticket(lift)
    assert (ruled.status, ruled.assignee) == (TicketStatus.DISPATCHED, department.id)
    assert (ruled.contact_due_at, ruled.settle_due_at) == (lift.contact_due_at, lift.settle_due_at)
    assert "work_ruled" in await firm.templates()
    assert "主管部门" in (await resident.last("push_reassigned")).text
    await department.presses("button_accept")
    await department.presses("button_resolve")
    await department.shows("running-again")
    await resident.presses("button_satisfied")
    assert (await world.ticket(lift)).status is TicketStatus.CLOSED_FIXED
    verbs = [entry.verb for entry in await world.timeline(lift)]
    assert verbs.index(Verb.RETURN) < verbs.index(Verb.TEMPORARY) < verbs.index(Verb.RULE)


async def test_the_ruling_may_be_that_it_stays_with_a_reason(
    world: World, firm: Someone, lead: Someone, resident: Someone, handrail: Ticket
) -> None:
    await returned(firm)
    heard = await resident.templates()

    await lead.presses("button_it_stays")
    await lead.shows("map")
    assert (await lead.templates())[-1] == "waiting_needs_words"
    await lead.answers("45栋扶手是物业管的")

    ticket = await world.ticket(handrail)
    assert (ticket.status, ticket.assignee) == (TicketStatus.DISPATCHED, firm.id)
    told = await firm.last("work_ruled_stays")
    assert "45栋扶手是物业管的" in told.text
    assert "button_accept" in told.labels
    assert await resident.templates() == heard
    await firm.presses("button_accept")
    assert (await world.ticket(handrail)).status is TicketStatus.ACCEPTED


async def test_a_ruling_counts_once(
    world: World, firm: Someone, lead: Someone, handrail: Ticket
) -> None:
    await returned(firm)
    await lead.presses("button_it_stays")
    await lead.presses("reason_your_duty")

    await lead.presses("reason_your_duty")

    assert (await lead.templates())[-1] == "error_moved_on"
    verbs = [entry.verb for entry in await world.timeline(handrail)]
    assert verbs.count(Verb.RULE) == 1


async def test_only_a_lead_rules(
    world: World, firm: Someone, resident: Someone, handrail: Ticket
) -> None:
    await returned(firm)

    for one in (firm, resident):
        await one.does(RuleItStays(ticket_id=handrail.id or 0, reason="your_duty"))
        assert (await one.templates())[-1] == "error_not_allowed"
    assert (await world.ticket(handrail)).status is TicketStatus.RETURNED


async def test_of_another_kind_it_is_put_to_the_lead_again_with_who_is_next(
    world: World, firm: Someone, lead: Someone, handrail: Ticket
) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3", roster_key="gwf-3")
    await returned(firm, "reason_wrong_category")
    await lead.presses("button_recategorise")

    await lead.answers("邻居太吵")
    await lead.presses("button_later_dates")

    assert (await lead.templates()).count("lead_returned") == 2
    assert "网格员" in (await lead.last("lead_returned")).text
    await lead.presses("button_hand_to")
    assert (await world.ticket(handrail)).assignee == worker.id


async def test_the_second_return_is_the_streets_to_rule_on(
    world: World, firm: Someone, lead: Someone, street: Someone, handrail: Ticket
) -> None:
    await returned(firm)
    await lead.presses("button_it_stays")
    await lead.presses("reason_your_area")
    before = await lead.templates()

    await returned(firm)

    assert "lead_returned_again" in await street.templates()
    assert "lead_returned_again" not in await lead.templates()
    await lead.presses("button_it_stays")
    await lead.presses("button_hand_to_other")
    assert (await lead.templates())[len(before) :] == ["ruling_at_street", "ruling_at_street"]
    assert (await world.ticket(handrail)).status is TicketStatus.RETURNED
    await street.presses("button_it_stays")
    await street.presses("reason_your_duty")
    assert (await world.ticket(handrail)).status is TicketStatus.DISPATCHED


async def test_without_a_street_the_lead_rules_the_second_time_too(
    world: World, firm: Someone, lead: Someone, handrail: Ticket
) -> None:
    await returned(firm)
    await lead.presses("button_it_stays")
    await lead.presses("reason_your_area")

    await returned(firm)
    await lead.presses("button_it_stays")
    await lead.presses("reason_your_area")

    assert (await world.ticket(handrail)).status is TicketStatus.DISPATCHED


async def test_the_residents_hear_of_a_dispute_after_a_day_and_again_after_another(
    world: World, firm: Someone, resident: Someone, handrail: Ticket
) -> None:
    neighbour = await world.resident("陈叔", home="BL-45")
    await world.joins(neighbour, handrail)
    before = await resident.templates()
    await returned(firm)
    await world.tick()
    assert await resident.templates() == before

    world.clock.advance(timedelta(hours=24, minutes=1))
    await world.tick()
    await world.tick()
    assert (await resident.templates()).count("push_still_disputed") == 1
    assert (await neighbour.templates()).count("push_still_disputed") == 1
    assert "物业" not in (await resident.last("push_still_disputed")).text
    world.clock.advance(timedelta(hours=24))
    await world.tick()

    assert (await resident.templates()).count("push_still_disputed") == 2


async def test_what_was_ruled_within_the_day_is_never_heard_of(
    world: World, firm: Someone, lead: Someone, resident: Someone, handrail: Ticket
) -> None:
    await returned(firm)
    await lead.presses("button_it_stays")
    await lead.presses("reason_your_area")

    world.clock.advance(timedelta(hours=30))
    await world.tick()

    assert "push_still_disputed" not in await resident.templates()


async def test_what_does_not_press_asks_for_no_first_step(
    world: World, lead: Someone, resident: Someone
) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3", roster_key="gwf-3")
    ticket = await world.filed(resident, "NOI01", "BL-45")
    assert ticket.assignee == worker.id

    await returned(worker)

    assert "returned_meanwhile" not in await worker.templates()


async def test_the_temporary_step_is_shown_and_the_lasting_one_follows(
    world: World, firm: Someone, resident: Someone, handrail: Ticket
) -> None:
    await firm.presses("button_accept")
    await firm.presses("button_go_there")
    await firm.does(ShowOptions(ticket_id=handrail.id or 0))
    await firm.presses("button_temporary")

    await firm.answers("先拿铁丝绑牢了，拉了警戒线，问13900001111")

    told = (await resident.last("push_temporary")).text
    assert "先拿铁丝绑牢了" in told
    assert "13900001111" not in told
    assert "大家商量" in told
    after = await firm.last("temporary_kept")
    assert {"button_schedule", "button_resolve", "button_deliberate"} == set(after.labels)
    assert (await world.ticket(handrail)).status is TicketStatus.IN_PROGRESS
    await firm.presses("button_schedule")
    assert (await firm.templates())[-1] == "schedule_when"


async def test_a_temporary_step_belongs_to_whoever_has_the_matter(
    world: World, firm: Someone, lead: Someone, resident: Someone, handrail: Ticket
) -> None:
    number = handrail.id or 0
    for one in (lead, resident):
        await one.does(TemporaryDone(ticket_id=number))
        assert (await one.templates())[-1] == "error_not_allowed"
    await firm.does(TemporaryDone(ticket_id=number))
    assert (await firm.templates())[-1] == "error_moved_on"
    assert Verb.TEMPORARY not in [entry.verb for entry in await world.timeline(handrail)]


async def test_with_nobody_to_rule_nothing_is_returned(world: World, resident: Someone) -> None:
    firm = await world.worker("白鹭物业", Role.PRM, "BL")
    ticket = await world.filed(resident, "BLD01", "BL-45", "扶手松了")

    await firm.does(ReturnTicket(ticket_id=ticket.id or 0, reason="not_my_duty"))

    assert (await firm.templates())[-1] == "return_nobody_rules"
    assert (await world.ticket(ticket)).status is TicketStatus.DISPATCHED
