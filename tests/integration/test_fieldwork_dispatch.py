"""A filed ticket finds its worker, or a person who picks one; it is never lost."""

from datetime import timedelta

from actions.application.commands.following import ReopenTicket
from actions.application.commands.working import DispatchTicket, ShowRecord
from actions.application.handlers.dispatch import clocks
from actions.domain.identifiers import AreaCode, LeafCode
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from tests.builders import Someone, World


async def dissatisfied(world: World, resident: Someone, ticket: Ticket, worker: Someone) -> Ticket:
    """Accepted, settled with a note, and not good enough."""
    await worker.presses("button_accept")
    await worker.presses("button_resolve")
    await worker.answers("劝过了，对方答应十点后不练")
    await resident.presses("button_dissatisfied")
    await resident.answers("昨晚又练到一点")
    return await world.ticket(ticket)


async def test_a_ticket_goes_to_the_worker_of_its_grid(world: World) -> None:
    elsewhere = await world.worker("小陈", Role.GWF, "G1", "G2", roster_key="gwf-1")
    here = await world.worker("阿梅", Role.GWF, "G3", "G4", roster_key="gwf-3")
    resident = await world.resident(home="BL-45")

    ticket = await world.filed(resident, "NOI01", "BL-45", "楼上天天半夜练架子鼓")

    assert (ticket.status, ticket.assignee) == (TicketStatus.DISPATCHED, here.id)
    card = await here.last("work_dispatched")
    assert card.labels == [
        "button_accept", "button_not_mine", "button_step_aside", "button_record",
    ]  # fmt: skip
    assert card.lines["时段"] == "夜里"
    assert "反映" not in card.lines
    assert card.row["content"]["card"]["countdown_to"] is not None
    assert await elsewhere.heard() == []


async def test_the_resident_is_not_told_twice_who_has_it(world: World) -> None:
    await world.worker("阿梅", Role.GWF, "G3")
    resident = await world.resident(home="BL-45")

    await world.filed(resident, "NOI01", "BL-45")

    assert await resident.templates() == ["ticket_filed"]


async def test_the_reporter_is_told_in_one_breath_who_really_has_it(world: World) -> None:
    await world.worker("阿梅", Role.GWF, "G3")
    resident = await world.resident(home="BL-45")

    await world.filed(resident, "PUB03", "BL-45", "路灯不亮")

    assert await resident.templates() == ["ticket_filed"]
    assert "3号网格的网格员" in (await resident.last("ticket_filed")).text


async def test_without_a_known_place_a_lead_decides_who_gets_it(world: World) -> None:
    lead = await world.worker("老区", Role.GLD, "LJ", roster_key="gld-1")
    worker = await world.worker("阿梅", Role.GWF, "G3", roster_key="gwf-3")
    resident = await world.resident()

    ticket = await world.filed(resident, "NOI01", "LJ", "不知道哪里一直有人唱歌")
    assert ticket.status is TicketStatus.TRIAGE
    assert "ticket_filed_unassigned" in await resident.templates()
    card = await lead.last("lead_triage_place")
    assert "button_hand_to_other" in card.labels

    await lead.presses("button_hand_to")

    ticket = await world.ticket(ticket)
    assert (ticket.status, ticket.assignee) == (TicketStatus.DISPATCHED, worker.id)
    assert "work_dispatched" in await worker.templates()
    assert "push_dispatched" in await resident.templates()


async def test_what_fits_no_category_is_looked_at_by_a_lead(world: World) -> None:
    lead = await world.worker("老区", Role.GLD, "LJ")
    await world.worker("阿梅", Role.GWF, "G3")
    resident = await world.resident()

    ticket = await world.filed(resident, "OTH99", "BL-45", "有件事说不清")

    assert ticket.status is TicketStatus.TRIAGE
    assert await lead.templates() == ["lead_triage"]


async def test_where_there_is_only_one_worker_that_worker_gets_it(world: World) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3")
    resident = await world.resident()

    lamp = await world.filed(resident, "PUB03", "BL-45", "路灯不亮")
    vague = await world.filed(resident, "OTH99", "BL-45", "有件事说不清")

    assert (lamp.assignee, vague.assignee) == (worker.id, worker.id)


async def test_with_nobody_at_work_at_all_the_ticket_stands_in_triage(world: World) -> None:
    resident = await world.resident()

    ticket = await world.filed(resident, "PUB03", "BL-45", "路灯不亮")

    assert ticket.status is TicketStatus.TRIAGE
    assert await resident.templates() == ["ticket_filed_unassigned"]


async def test_an_emergency_does_not_wait_for_a_place(world: World) -> None:
    property_office = await world.worker("白鹭物业", Role.PRM, "BL")
    await world.worker("老区", Role.GLD, "LJ")
    resident = await world.resident()

    ticket = await world.filed(resident, "GRN02", "LJ", "大树倒下来压到人了")

    assert ticket.status is TicketStatus.DISPATCHED
    told = await world.everything_said()
    assert [said.row["urgent"] for said in told if said.template == "work_dispatched"] == [True]
    assert ticket.assignee is not None
    assert property_office.id > 0


async def test_a_place_said_later_sends_it_on_its_way(world: World) -> None:
    await world.worker("老区", Role.GLD, "LJ")
    worker = await world.worker("阿梅", Role.GWF, "G3")
    resident = await world.resident()
    ticket = await world.filed(resident, "NOI01", "LJ", "不知道哪里一直有人唱歌")

    await resident.alters(ticket, Verb.RELOCATE, grid=world.community.path(AreaCode("G3")))

    ticket = await world.ticket(ticket)
    assert (ticket.status, ticket.assignee) == (TicketStatus.DISPATCHED, worker.id)


async def test_a_returned_ticket_is_ruled_on_by_the_lead(world: World) -> None:
    lead = await world.worker("老区", Role.GLD, "LJ")
    first = await world.worker("阿梅", Role.GWF, "G3")
    second = await world.worker("阿欢", Role.GWP, "G3")
    resident = await world.resident()
    ticket = await world.filed(resident, "NOI01")

    await first.presses("button_not_mine")
    await first.presses("reason_no_capacity")
    assert (await world.ticket(ticket)).status is TicketStatus.RETURNED
    told = await lead.last("lead_returned")
    assert "手上的事太多" in told.text
    assert all(button["params"].get("name") != "阿梅" for button in told.buttons)
    before = len(await resident.heard())
    await lead.presses("button_hand_to")

    ticket = await world.ticket(ticket)
    assert (ticket.status, ticket.assignee) == (TicketStatus.DISPATCHED, second.id)
    assert "work_ruled" in await first.templates()
    assert len(await resident.heard()) == before + 1, "a part-time worker is another role"


async def test_a_reason_may_be_written_instead(world: World) -> None:
    lead = await world.worker("老区", Role.GLD, "LJ")
    worker = await world.worker("阿梅", Role.GWF, "G3")
    await world.filed(await world.resident(), "NOI01")

    await worker.presses("button_not_mine")
    await worker.answers("我和这家是亲戚，电话 13800138000")

    assert "我和这家是亲戚，电话 138" not in (told := (await lead.last("lead_returned")).text)
    assert "亲戚" in told


async def test_nothing_is_returned_where_nobody_could_rule(world: World) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3")
    ticket = await world.filed(await world.resident(), "NOI01")

    await worker.presses("button_not_mine")

    assert (await worker.templates())[-1] == "return_nobody_rules"
    assert (await world.ticket(ticket)).status is TicketStatus.DISPATCHED


async def test_a_reopened_ticket_goes_one_level_up_with_half_the_clock(world: World) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3")
    lead = await world.worker("老区", Role.GLD, "LJ")
    resident = await world.resident()
    ticket = await world.filed(resident, "NOI01")

    ticket = await dissatisfied(world, resident, ticket, worker)

    category = world.community.category(LeafCode("NOI01"))
    half = clocks(category, world.clock.now(), world.community, divisor=2)
    assert (ticket.status, ticket.assignee) == (TicketStatus.DISPATCHED, lead.id)
    assert ticket.settle_due_at == half["settle_due_at"]
    assert "work_dissatisfied" in await worker.templates()
    assert "网格长" in (await resident.last("push_dispatched")).text


async def test_the_second_time_the_committee_has_it_and_the_supervisor_follows(
    world: World,
) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3")
    lead = await world.worker("老区", Role.GLD, "LJ")
    committee = await world.worker("周主任", Role.CMT, "LJ")
    supervisor = await world.worker("督查员", Role.SUP, "RT")
    resident = await world.resident()
    ticket = await world.filed(resident, "NOI01")
    ticket = await dissatisfied(world, resident, ticket, worker)

    ticket = await dissatisfied(world, resident, ticket, lead)

    assert ticket.assignee == committee.id
    assert await supervisor.templates() == ["supervisor_follows"]


async def test_a_closed_ticket_reopened_by_its_reporter_goes_up_as_well(world: World) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3")
    lead = await world.worker("老区", Role.GLD, "LJ")
    resident = await world.resident()
    ticket = await world.filed(resident, "NOI01")
    await worker.presses("button_accept")
    await worker.presses("button_resolve")
    await worker.answers("劝过了")
    await resident.presses("button_satisfied")
    world.clock.advance(timedelta(days=3))

    await resident.does(ReopenTicket(ticket_id=ticket.id or 0))
    await resident.answers("又开始了")

    assert (await world.ticket(ticket)).assignee == lead.id
    assert "work_reopened" in await worker.templates()


async def test_somebody_who_is_away_or_full_is_passed_over(world: World) -> None:
    until = world.clock.now() + timedelta(days=1)
    away = await world.worker("阿梅", Role.GWF, "G3", away_until=until)
    here = await world.worker("小陈", Role.GWF, "G3")

    ticket = await world.filed(await world.resident(), "NOI01")

    assert ticket.assignee == here.id
    assert await away.heard() == []


async def test_a_button_from_before_somebody_left_is_out_of_date(world: World) -> None:
    lead = await world.worker("老区", Role.GLD, "LJ")
    worker = await world.worker("阿梅", Role.GWF, "G3")
    ticket = await world.filed(await world.resident(), "OTH99")
    await world.revoke(worker)

    await lead.does(DispatchTicket(ticket_id=ticket.id or 0, to=worker.id))

    assert (await lead.templates())[-1] == "error_out_of_date"
    assert (await world.ticket(ticket)).status is TicketStatus.TRIAGE


async def test_the_worker_who_was_revoked_cannot_go_on(world: World) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3")
    ticket = await world.filed(await world.resident(), "NOI01")
    await world.revoke(worker)

    await worker.presses("button_accept")

    assert (await worker.templates())[-1] == "error_not_found"
    assert (await world.ticket(ticket)).status is TicketStatus.DISPATCHED


async def test_a_complaint_about_staff_goes_round_the_staff(world: World) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3")
    lead = await world.worker("老区", Role.GLD, "LJ")
    street = await world.worker("分拨员", Role.DSP, "RT")

    ticket = await world.filed(await world.resident(), "OTH03", "BL-45", "网格员态度很差")

    assert ticket.assignee == street.id
    assert await worker.heard() == []
    assert await lead.heard() == []


async def test_a_complaint_about_staff_waits_rather_than_reach_the_staff(world: World) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3")
    lead = await world.worker("老区", Role.GLD, "LJ")

    ticket = await world.filed(await world.resident(), "OTH03", "BL-45", "网格员态度很差")

    assert ticket.status is TicketStatus.TRIAGE
    assert await worker.heard() == []
    assert await lead.heard() == []
    await lead.does(ShowRecord(ticket_id=ticket.id or 0))
    await lead.does(DispatchTicket(ticket_id=ticket.id or 0, to=worker.id))
    assert await lead.templates() == ["error_not_found", "error_not_found"]
