"""Words pass between reporter and worker without either learning who the other is."""

from datetime import timedelta

import pytest

from actions.application.commands.following import (
    AnswerTicket,
    LeaveQuestions,
    WithdrawTicket,
)
from actions.application.commands.working import AskReporter, TransferTicket
from actions.application.turn import Turn
from actions.domain.identifiers import TicketId
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from tests.builders import Someone, World


@pytest.fixture
async def worker(world: World) -> Someone:
    return await world.worker("阿梅", Role.GWF, "G3")


@pytest.fixture
async def resident(world: World) -> Someone:
    return await world.resident("何姨", home="BL-45")


@pytest.fixture
async def accepted(world: World, worker: Someone, resident: Someone) -> Ticket:
    ticket = await world.filed(resident, "NOI01", "BL-45", "楼上半夜练鼓", anonymous=True)
    await worker.presses("button_accept")
    return ticket


async def ask(worker: Someone, text: str) -> None:
    await worker.presses("button_ask_reporter")
    await worker.answers(text)


async def test_a_question_stops_the_clock_until_it_is_answered(
    world: World, worker: Someone, resident: Someone, accepted: Ticket
) -> None:
    due = accepted.settle_due_at
    await ask(worker, "是几楼？打我手机 13800138000")
    assert (await world.ticket(accepted)).status is TicketStatus.NEEDS_INFO
    asked = await resident.last("relay_question")
    assert "是几楼" in asked.text
    assert "13800138000" not in asked.text
    assert asked.labels == ["button_answer"]
    world.clock.advance(timedelta(hours=5))

    await resident.presses("button_answer")
    await resident.answers("九楼，微信 13911112222")

    ticket = await world.ticket(accepted)
    assert ticket.status is TicketStatus.ACCEPTED
    assert due is not None
    # From half past two to the end of the office's day, though it was answered at half past seven.
    assert ticket.settle_due_at == due + timedelta(hours=3)
    assert world.community.hours.is_open(ticket.settle_due_at - timedelta(minutes=1))
    told = await worker.last("relay_answer")
    assert "九楼" in told.text
    assert "13911112222" not in told.text
    assert (await resident.templates())[-1] == "relay_thanks"


async def test_neither_side_learns_who_the_other_is(
    world: World, worker: Someone, resident: Someone, accepted: Ticket
) -> None:
    await ask(worker, "是几楼？")
    await resident.presses("button_answer")
    await resident.answers("九楼")
    await worker.presses("button_message_reporter")
    await worker.answers("今晚去看")

    to_worker = str([said.row["content"] for said in await worker.heard()])
    to_resident = str([said.row["content"] for said in await resident.heard()])
    assert "何姨" not in to_worker
    assert "participant-" not in to_worker
    assert "阿梅" not in to_resident
    assert "网格员" in (await resident.last("relay_from_worker")).text


async def test_the_first_word_counts_as_contact(
    world: World, worker: Someone, resident: Someone, accepted: Ticket
) -> None:
    await worker.presses("button_message_reporter")
    await worker.answers("收到，今晚去看")
    await worker.presses("button_message_reporter")
    await worker.answers("改明天")

    verbs = [entry.verb for entry in await world.timeline(accepted)]
    assert verbs.count(Verb.CONTACT) == 1
    assert (await world.ticket(accepted)).contacted_at is not None


async def test_photos_pass_as_well(
    world: World, worker: Someone, resident: Someone, accepted: Ticket
) -> None:
    await ask(worker, "拍一张？")
    await resident.presses("button_answer")

    await resident.shows("ceiling")

    await worker.presses("button_evidence")
    assert (await worker.last("evidence")).photos == ["ceiling"]


async def test_a_photo_alone_is_no_question(
    world: World, worker: Someone, accepted: Ticket
) -> None:
    await worker.presses("button_ask_reporter")

    await worker.shows("blurred")

    assert (await worker.templates())[-1] == "relay_needs_words"
    assert (await world.ticket(accepted)).status is TicketStatus.ACCEPTED


async def test_the_reporter_may_reply_without_being_asked(
    world: World, worker: Someone, resident: Someone, accepted: Ticket
) -> None:
    await worker.presses("button_message_reporter")
    await worker.answers("今晚去看")

    await resident.presses("button_reply")
    await resident.answers("九点以后在家")

    assert "九点以后在家" in (await worker.last("relay_from_reporter")).text
    assert (await world.ticket(accepted)).status is TicketStatus.ACCEPTED


async def test_a_follower_hears_that_it_waits_but_not_the_question(
    world: World, worker: Someone, resident: Someone, accepted: Ticket
) -> None:
    neighbour = await world.resident()
    await world.joins(neighbour, accepted)

    await ask(worker, "是几楼？")

    assert await neighbour.templates() == ["push_waiting_sealed"]
    await neighbour.does(AnswerTicket(ticket_id=accepted.id or 0))
    assert (await neighbour.templates())[-1] == "error_not_allowed"


async def test_a_reporter_who_left_is_not_written_to(
    world: World, worker: Someone, resident: Someone, accepted: Ticket
) -> None:
    await world.joins(await world.resident(), accepted)
    await resident.presses("button_withdraw")
    await resident.presses("button_withdraw_really")
    before = len(await resident.heard())

    await worker.presses("button_message_reporter")
    await worker.answers("今晚去看")

    assert (await worker.templates())[-1] == "relay_nobody"
    assert len(await resident.heard()) == before


async def test_a_lead_asks_while_the_ticket_has_nobody(world: World, resident: Someone) -> None:
    lead = await world.worker("老区", Role.GLD, "LJ")
    ticket = await world.filed(resident, "OTH99", "BL-45", "有件事说不清")

    await lead.does(AskReporter(ticket_id=ticket.id or 0))
    await lead.answers("具体是什么事？")
    assert "网格长" in (await resident.last("relay_question")).text
    await resident.presses("button_answer")
    await resident.answers("楼上漏水")

    assert "楼上漏水" in (await lead.last("relay_answer")).text
    assert (await world.ticket(ticket)).status is TicketStatus.TRIAGE


async def test_the_line_keeps_working_when_somebody_else_has_it(
    world: World, worker: Someone, resident: Someone, accepted: Ticket
) -> None:
    colleague = await world.worker("小陈", Role.GWF, "G3")
    await worker.presses("button_message_reporter")
    await worker.answers("今晚去看")
    await worker.does(
        TransferTicket(ticket_id=accepted.id or 0, to=colleague.id, reason="off_duty")
    )

    await resident.presses("button_reply")
    await resident.shows("tonight")
    await colleague.presses("button_accept")
    await colleague.presses("button_message_reporter")
    await colleague.shows("corridor")

    await colleague.presses("button_evidence")
    assert (await colleague.last("evidence")).photos == ["tonight"]
    assert "relay_from_reporter" not in await worker.templates()
    assert (await resident.last("relay_from_worker")).photos == ["corridor"]


async def test_identity_numbers_are_masked_both_ways(
    worker: Someone, resident: Someone, accepted: Ticket
) -> None:
    await worker.presses("button_message_reporter")
    await worker.answers("我身份证 440702199001011236，打 13900001111")
    await resident.presses("button_reply")
    await resident.answers("我的是 44070219900101123X")

    assert "13900001111" not in (await resident.last("relay_from_worker")).text
    assert "440702199001011" not in (await resident.last("relay_from_worker")).text
    assert "440702199001011" not in (await worker.last("relay_from_reporter")).text


async def test_nobody_is_asked_when_everybody_has_left(
    world: World, worker: Someone, resident: Someone, accepted: Ticket
) -> None:
    async with world.open_uow(Turn(cause="leaving")) as uow:
        await uow.tickets.unfollow(TicketId(accepted.id or 0), resident.id)
        await uow.commit()

    await worker.presses("button_ask_reporter")
    said = (await worker.heard())[-1]
    assert said.template == "relay_nobody_answers"
    assert "button_resolve" in said.labels

    assert (await world.ticket(accepted)).status is TicketStatus.ACCEPTED


async def test_who_leaves_while_the_question_is_written_does_not_stop_the_clock(
    world: World, worker: Someone, resident: Someone, accepted: Ticket
) -> None:
    await worker.presses("button_ask_reporter")
    async with world.open_uow(Turn(cause="leaving")) as uow:
        await uow.tickets.unfollow(TicketId(accepted.id or 0), resident.id)
        await uow.commit()

    await worker.answers("是几楼？")

    assert (await worker.templates())[-1] == "relay_nobody_answers"
    assert (await world.ticket(accepted)).status is TicketStatus.ACCEPTED


async def test_whoever_goes_for_good_is_waited_for_by_nobody(
    world: World, worker: Someone, resident: Someone, accepted: Ticket
) -> None:
    await ask(worker, "是几楼？")
    assert (await world.ticket(accepted)).status is TicketStatus.NEEDS_INFO

    await resident.does(LeaveQuestions())

    assert (await world.ticket(accepted)).status is TicketStatus.ACCEPTED
    told = (await worker.heard())[-1]
    assert told.template == "relay_nobody_answers"
    assert accepted.number in told.text
    assert "button_resolve" in told.labels


async def test_of_several_the_next_is_asked_when_the_first_goes_for_good(
    world: World, worker: Someone, resident: Someone, accepted: Ticket
) -> None:
    neighbour = await world.resident("李姨")
    await world.joins(neighbour, accepted)
    await ask(worker, "是几楼？")

    await resident.does(LeaveQuestions())

    asked = await neighbour.last("relay_question")
    assert "是几楼" in asked.text
    assert asked.labels == ["button_answer"]
    assert (await world.ticket(accepted)).status is TicketStatus.NEEDS_INFO


async def test_who_was_asked_nothing_goes_without_a_word(
    world: World, worker: Someone, resident: Someone, accepted: Ticket
) -> None:
    before = len(await worker.heard())

    await resident.does(LeaveQuestions())

    assert len(await worker.heard()) == before
    assert (await world.ticket(accepted)).status is TicketStatus.ACCEPTED


async def test_of_several_the_next_is_asked_when_the_first_leaves(
    world: World, worker: Someone, resident: Someone, accepted: Ticket
) -> None:
    neighbour = await world.resident("李姨")
    await world.joins(neighbour, accepted)
    await ask(worker, "是几楼？")

    await resident.does(WithdrawTicket(ticket_id=accepted.id or 0, confirmed=True))

    assert (await neighbour.last("relay_question")).labels == ["button_answer"]
    await neighbour.presses("button_answer")
    await neighbour.answers("九楼")
    assert (await world.ticket(accepted)).status is TicketStatus.ACCEPTED
