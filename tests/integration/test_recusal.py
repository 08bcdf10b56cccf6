"""Who a matter is about neither sees nor handles it, whatever their role."""

import pytest

from actions.application.commands.following import (
    AddToTicket,
    RateTicket,
    RequestCallback,
    ShowTicket,
)
from actions.application.commands.mediating import StepAside
from actions.application.commands.telling import AskStatus
from actions.application.commands.working import (
    AcceptTicket,
    DispatchTicket,
    ShowOptions,
    ShowRecord,
    ShowTodo,
    TransferTicket,
)
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from tests.builders import Someone, World
from tests.talk import say

RUDE = "上门的人态度很差，骂我"


@pytest.fixture
async def reporter(world: World) -> Someone:
    return await world.resident("何姨", home="BL-45")


@pytest.fixture
async def supervisor(world: World) -> Someone:
    return await world.worker("街道督查员", Role.SUP, "RT")


async def complains(reporter: Someone, world: World, text: str = RUDE, chip: int = 0) -> Ticket:
    """The road of a resident: words, whom it is about, the card."""
    await say(reporter, text, "OTH03")
    await reporter.presses("subject_chip", nth=chip)
    await reporter.presses("button_submit")
    return await newest(reporter, world)


async def newest(reporter: Someone, world: World) -> Ticket:
    async with world.reading() as uow:
        found = (await uow.tickets.of_person(reporter.id, limit=1))[0]
        return await uow.tickets.get(found.id)


async def sees_nothing(someone: Someone, ticket: Ticket) -> None:
    """By no list, button or number, and never in other words than of what is not there."""
    number = ticket.id or 0
    before = len(await someone.heard())
    for command in (
        ShowRecord(ticket_id=number), ShowOptions(ticket_id=number), ShowTicket(ticket_id=number),
        AcceptTicket(ticket_id=number), DispatchTicket(ticket_id=number),
        StepAside(ticket_id=number, confirmed=True),
    ):  # fmt: skip
        await someone.does(command)
    await say(someone, f"{ticket.number} 到哪了", kind=AskStatus, intent="status")
    heard = (await someone.heard())[before:]
    assert {said.template for said in heard} == {"error_not_found"}
    assert ticket.number not in " ".join(said.text for said in heard)
    await someone.does(ShowTodo())
    assert ticket.number not in str((await someone.heard())[-1].row["content"])


async def never_heard_of(someone: Someone, ticket: Ticket) -> None:
    assert [s.template for s in await someone.heard() if s.row["ticket_id"] == ticket.id] == []


async def test_a_staff_complaint_that_its_subject_cannot_see(
    world: World, reporter: Someone, supervisor: Someone
) -> None:
    worker = await world.worker("网格员阿梅", Role.GWF, "G3", roster_key="gwf-3")
    mate = await world.worker("网格员小陈", Role.GWF, "G4")
    await say(reporter, RUDE, "OTH03")
    asked = await reporter.last("ask_subject")
    assert str(asked.buttons[0]["params"]).count("G3") == 1
    assert asked.labels[-1] == "button_subject_unsaid"
    await reporter.presses("subject_chip")
    assert "subject_noted" in await reporter.templates()
    await reporter.presses("button_submit")

    ticket = await newest(reporter, world)
    assert list(ticket.recused) == [worker.id]
    assert ticket.assignee == supervisor.id
    for someone in (worker, mate):
        await never_heard_of(someone, ticket)
        await sees_nothing(someone, ticket)
    await supervisor.presses("button_accept")
    assert (await world.ticket(ticket)).status is TicketStatus.ACCEPTED
    assert "push_accepted_staff" in await reporter.templates()
    assert "网格员阿梅" in (await supervisor.last("work_dispatched")).lines["投诉对象"]


@pytest.mark.parametrize(
    ("role", "area"),
    [(Role.GLD, "LJ"), (Role.CMT, "LJ"), (Role.DSP, "RT"), (Role.SUP, "RT"), (Role.PRM, "BL")],
)
async def test_no_role_lets_the_subject_in(
    world: World, reporter: Someone, role: Role, area: str
) -> None:
    subject = await world.worker("被投诉人", role, area)
    other = await world.worker("另一位", Role.CMT, "LJ")
    await say(reporter, RUDE, "OTH03")
    await reporter.writes("就是被投诉人")
    await reporter.presses("button_submit")

    ticket = await newest(reporter, world)
    assert list(ticket.recused) == [subject.id]
    await never_heard_of(subject, ticket)
    await sees_nothing(subject, ticket)
    assert "lead_nobody_free" in await other.templates()


async def test_somebody_named_in_the_complaint_is_kept_away_though_it_was_not_said_whom(
    world: World, reporter: Someone, supervisor: Someone
) -> None:
    worker = await world.worker("网格员阿梅", Role.GWF, "G3", roster_key="gwf-3")
    await say(reporter, "阿梅上门骂人", "OTH03")
    await reporter.presses("button_subject_unsaid")
    await reporter.presses("button_submit")

    ticket = await newest(reporter, world)
    assert list(ticket.recused) == [worker.id]


async def test_not_said_goes_to_the_supervisor_all_the_same(
    world: World, reporter: Someone, supervisor: Someone
) -> None:
    await say(reporter, RUDE, "OTH03")
    await reporter.presses("button_subject_unsaid")
    await reporter.presses("button_submit")

    assert (await newest(reporter, world)).assignee == supervisor.id
    assert "subject_not_known" in await reporter.templates()


async def test_a_supervisor_complained_about_leaves_it_to_the_dispatcher(
    world: World, reporter: Someone, supervisor: Someone
) -> None:
    dispatcher = await world.worker("街道分拨员", Role.DSP, "RT")
    await say(reporter, RUDE, "OTH03")
    await reporter.writes("督查员")
    await reporter.presses("button_submit")

    ticket = await newest(reporter, world)
    assert ticket.assignee == dispatcher.id
    await sees_nothing(supervisor, ticket)


async def test_the_one_who_handles_ones_matter_is_one_tap_away(
    world: World, reporter: Someone, supervisor: Someone
) -> None:
    firm = await world.worker("物业", Role.PRM, "BL")
    await world.filed(reporter, "BLD01", "BL-45")
    await say(reporter, RUDE, "OTH03")
    chip = (await reporter.last("ask_subject")).buttons[0]
    assert "subject_my_case" in str(chip["params"])
    await reporter.presses("subject_chip")
    await reporter.presses("button_submit")

    assert list((await newest(reporter, world)).recused) == [firm.id]


async def test_a_photo_for_an_answer_is_kept_and_asked_beside(
    world: World, reporter: Someone, supervisor: Someone
) -> None:
    await say(reporter, RUDE, "OTH03")
    await reporter.shows("badge")

    assert (await reporter.templates())[-1] == "ask_subject"


async def test_a_worker_never_handles_their_own_complaint(world: World) -> None:
    supervisor = await world.worker("督查", Role.SUP, "RT")
    ticket = await world.filed(supervisor, "OTH03", "", RUDE)

    assert ticket.assignee is None


async def test_nobody_calls_their_own_work_good(world: World) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3")
    ticket = await world.filed(worker, "SAN01", "BL-45", "垃圾没收")
    if ticket.assignee != worker.id:
        pytest.fail("the worker was to have it")
    await worker.presses("button_accept")
    await worker.presses("button_go_there")
    await worker.shows("clean")
    await worker.presses("button_resolve")
    assert (await world.ticket(ticket)).status is TicketStatus.RESOLVED

    await worker.alters(ticket, Verb.SATISFIED)

    assert (await worker.templates())[-1] == "error_not_allowed"
    assert (await world.ticket(ticket)).status is TicketStatus.RESOLVED


async def test_the_rest_of_a_complaint_goes_round_its_subject_as_well(
    world: World, reporter: Someone, supervisor: Someone
) -> None:
    subject = await world.worker("社区周主任", Role.CMT, "LJ")
    await say(reporter, "周主任态度差，也不回电话", "OTH03")
    await reporter.presses("button_subject_unsaid")
    await reporter.presses("button_submit")
    first = await newest(reporter, world)
    await supervisor.presses("button_accept")
    await supervisor.presses("button_resolve")
    await supervisor.answers("已经约谈，也道歉了")
    await reporter.does(RateTicket(ticket_id=first.id or 0, verdict="partly"))
    await reporter.answers("还是不回电话")

    rest = await newest(reporter, world)
    assert rest.id != first.id
    assert list(rest.recused) == [subject.id]
    await never_heard_of(subject, rest)


async def test_a_call_wanted_after_a_complaint_is_not_for_its_subject(
    world: World, reporter: Someone, supervisor: Someone
) -> None:
    subject = await world.worker("网格员阿梅", Role.GWF, "G3", roster_key="gwf-3")
    lead = await world.worker("老区", Role.GLD, "LJ")
    await say(reporter, "阿梅上门骂人", "OTH03")
    await reporter.presses("button_subject_unsaid")
    await reporter.presses("button_submit")
    await reporter.does(RequestCallback())

    assert await subject.heard() == []
    assert await lead.templates() == ["callback_wanted"]


# -- stepping aside --------------------------------------------------------------------------


async def test_a_worker_who_is_the_noisy_neighbour_steps_aside_without_a_trace(
    world: World, reporter: Someone
) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3", roster_key="gwf-3")
    ticket = await world.filed(reporter, "NOI01", "BL-45", "楼上中午唱歌")
    mate = await world.worker("小陈", Role.GWF, "G3")
    before = await reporter.templates()
    await worker.presses("button_step_aside")
    assert (await world.ticket(ticket)).assignee == worker.id
    await worker.presses("button_step_aside_really")

    now = await world.ticket(ticket)
    assert (now.assignee, list(now.recused)) == (mate.id, [worker.id])
    assert (await worker.templates())[-1] == "stepped_aside"
    assert await reporter.templates() == before
    await mate.does(ShowRecord(ticket_id=ticket.id or 0))
    assert "回避" not in str((await mate.last("record")).lines)
    count = len(await worker.heard())
    await sees_nothing(worker, ticket)
    await mate.presses("button_accept")
    await mate.does(TransferTicket(ticket_id=ticket.id or 0))
    offered = [button["command"].get("to") for button in (await mate.heard())[-1].buttons]
    assert worker.id not in offered
    later = (await worker.heard())[count:]
    assert all(said.row["ticket_id"] != ticket.id for said in later)


@pytest.mark.parametrize("steps", [(), ("button_go_there",)])
async def test_a_worker_steps_aside_at_work_and_a_lead_gets_it(
    world: World, reporter: Someone, steps: tuple[str, ...]
) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3")
    lead = await world.worker("老区", Role.GLD, "LJ")
    ticket = await world.filed(reporter, "NOI01", "BL-45", "楼上中午唱歌")
    await worker.presses("button_accept")
    for label in steps:
        await worker.presses(label)
    await worker.does(StepAside(ticket_id=ticket.id or 0, confirmed=True))

    assert (await world.ticket(ticket)).assignee == lead.id
    assert "回避" not in str([said.text for said in await reporter.heard()])


async def test_news_still_on_its_way_to_somebody_who_stepped_aside_is_not_shown(
    world: World, reporter: Someone
) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3")
    await world.worker("小陈", Role.GWF, "G3")
    ticket = await world.filed(reporter, "NOI01", "BL-45", "楼上中午唱歌")
    await reporter.does(AddToTicket(ticket_id=ticket.id or 0))
    await reporter.answers("今天又唱")
    owner = await world.ticket(ticket)
    assert owner.assignee == worker.id

    await worker.does(StepAside(ticket_id=ticket.id or 0, confirmed=True))

    async with world.reading() as uow:
        owed = await uow.outbox.waiting_for(worker.id)
    assert [each.template for each in owed if each.ticket_id == ticket.id] == []


async def test_nobody_left_leaves_it_with_nobody_rather_than_with_the_subject(
    world: World, reporter: Someone
) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3")
    ticket = await world.filed(reporter, "NOI01", "BL-45", "楼上中午唱歌")
    await worker.does(StepAside(ticket_id=ticket.id or 0, confirmed=True))

    now = await world.ticket(ticket)
    assert worker.id in now.recused
    await sees_nothing(worker, now)


async def test_a_resident_has_nothing_to_step_aside_from(world: World, reporter: Someone) -> None:
    await world.worker("阿梅", Role.GWF, "G3")
    ticket = await world.filed(reporter, "NOI01", "BL-45", "楼上中午唱歌")
    await (await world.resident()).does(StepAside(ticket_id=ticket.id or 0, confirmed=True))

    assert (await world.ticket(ticket)).recused == ()


async def test_a_staff_complaint_is_nothing_the_council_decides_on(world: World) -> None:
    supervisor = await world.worker("督查", Role.SUP, "RT")
    committee = await world.worker("周主任", Role.CMT, "LJ")
    chair = await world.worker("主持", Role.CHR, "LJ")
    resident = await world.resident()
    await world.filed(resident, "OTH03", "", RUDE)

    assert "谁定" not in (await supervisor.last("work_dispatched")).lines
    assert await committee.templates() == []
    assert await chair.templates() == []
