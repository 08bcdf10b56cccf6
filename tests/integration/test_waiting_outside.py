"""A matter with an outside body: its number, its news, asking after it, taking it back."""

from datetime import timedelta

import pytest

from actions.application.commands.following import ShowTicket
from actions.application.commands.waiting import (
    GiveReceipt,
    HandOutTicket,
    ReportNews,
    TakeBack,
)
from actions.application.commands.working import ShowOptions, ShowRecord
from actions.application.turn import Turn
from actions.domain.identifiers import TicketId
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from tests.builders import Someone, World


@pytest.fixture
async def worker(world: World) -> Someone:
    return await world.worker("阿梅", Role.GWF, "G3", roster_key="gwf-3")


@pytest.fixture
async def committee(world: World) -> Someone:
    return await world.worker("居委", Role.CMT, "LJ")


@pytest.fixture
async def resident(world: World) -> Someone:
    return await world.resident("何姨", home="BL-45")


@pytest.fixture
async def club(world: World, worker: Someone, committee: Someone, resident: Someone) -> Ticket:
    """A matter the worker cannot settle alone, on a Monday at half past two."""
    ticket = await world.filed(resident, "NOI01", "BL-45", "楼下KTV太吵")
    assert ticket.assignee == worker.id
    await worker.presses("button_accept")
    await worker.presses("button_go_there")
    return await world.ticket(ticket)


async def hand_out(by: Someone, ticket: Ticket, body: str = "市城管局", receipt: str = "") -> None:
    await by.does(ShowOptions(ticket_id=ticket.id or 0))
    await by.presses("button_hand_out")
    await by.answers(body)
    if receipt:
        await by.answers(receipt)
    else:
        await by.presses("button_no_receipt")


async def test_the_resident_hears_which_body_and_which_number(
    worker: Someone, resident: Someone, club: Ticket, world: World
) -> None:
    await hand_out(worker, club, receipt="CG-2026-0088")

    ticket = await world.ticket(club)
    assert (ticket.status, ticket.receipt) == (TicketStatus.EXTERNAL, "CG-2026-0088")
    assert ticket.assignee == worker.id
    told = (await resident.last("push_external")).text
    assert "市城管局" in told
    assert "CG-2026-0088" in told
    assert "3月5日" in told


async def test_the_hotline_is_one_tap_away_and_the_number_may_come_later(
    worker: Someone, resident: Someone, club: Ticket, world: World
) -> None:
    await worker.does(HandOutTicket(ticket_id=club.id or 0))
    chips = [b for b in (await worker.last("outside_which")).buttons if b["label"] == "chip_body"]
    await worker.presses("chip_body", nth=len(chips) - 1)
    await worker.presses("button_no_receipt")
    told = (await resident.last("push_external")).text
    assert "12345 热线" in told
    assert "还没给" in told

    world.clock.advance(timedelta(days=1, minutes=1))
    await world.tick()
    await world.tick()
    assert (await worker.templates()).count("outside_ask_receipt") == 1
    await worker.presses("button_give_receipt")
    await worker.answers("粤12345-778")

    assert (await world.ticket(club)).receipt == "粤12345-778"
    assert "粤12345-778" in (await resident.last("push_external_news")).text


async def test_after_three_working_days_of_silence_somebody_asks_and_again_and_then_the_lead(
    worker: Someone, committee: Someone, club: Ticket, world: World
) -> None:
    await hand_out(worker, club, receipt="A1")
    world.clock.advance(timedelta(days=2))
    await world.tick()
    assert "outside_ask" not in await worker.templates()

    world.clock.advance(timedelta(days=1, hours=1))
    await world.tick()
    await world.tick()
    assert (await worker.templates()).count("outside_ask") == 1
    asked = await worker.last("outside_ask")
    assert {"button_report_news", "button_outside_done", "button_take_back"} <= set(asked.labels)
    assert "outside_silent_lead" not in await committee.templates()
    for _ in range(2):
        world.clock.advance(timedelta(days=3))
        await world.tick()

    assert (await worker.templates()).count("outside_ask") == 3
    assert (await committee.templates()).count("outside_silent_lead") == 1


async def test_news_reaches_the_resident_and_puts_off_the_next_asking(
    worker: Someone, resident: Someone, club: Ticket, world: World
) -> None:
    await hand_out(worker, club, receipt="A1")
    world.clock.advance(timedelta(days=2))
    await worker.does(ReportNews(ticket_id=club.id or 0))

    await worker.answers("城管说周五去现场，联系13900001111")

    told = (await resident.last("push_external_news")).text
    assert "周五去现场" in told
    assert "13900001111" not in told
    world.clock.advance(timedelta(days=1, hours=1))
    await world.tick()
    assert "outside_ask" not in await worker.templates()


async def test_a_photographed_letter_is_news_as_well(
    worker: Someone, resident: Someone, club: Ticket
) -> None:
    await hand_out(worker, club, receipt="A1")
    await worker.does(ReportNews(ticket_id=club.id or 0))

    await worker.shows("letter")

    assert (await resident.last("push_external_news")).photos == ["letter"]


async def test_what_comes_back_has_a_reason_and_goes_on_here(
    worker: Someone, resident: Someone, club: Ticket, world: World
) -> None:
    await hand_out(worker, club, receipt="A1")

    await worker.does(TakeBack(ticket_id=club.id or 0))
    await worker.presses("reason_not_taken")

    ticket = await world.ticket(club)
    assert (ticket.status, ticket.assignee) == (TicketStatus.IN_PROGRESS, worker.id)
    assert "对方不受理" in (await resident.last("push_taken_back")).text
    await worker.presses("reason_not_taken")
    assert (await worker.templates())[-1] == "error_moved_on"


async def test_our_clock_stands_while_others_have_it_and_the_date_told_lies_ahead(
    worker: Someone, resident: Someone, club: Ticket, world: World
) -> None:
    await hand_out(worker, club, receipt="A1")
    world.clock.advance(timedelta(days=60))

    await worker.does(TakeBack(ticket_id=club.id or 0))
    await worker.presses("reason_no_answer")

    back = await world.ticket(club)
    assert back.settle_due_at is not None
    assert club.settle_due_at is not None
    assert back.settle_due_at > world.clock.now()
    assert back.settle_due_at - club.settle_due_at >= timedelta(days=59)
    assert "5月" in (await resident.last("push_taken_back")).text


async def test_who_asks_hears_when_it_is_asked_after_next(
    worker: Someone, resident: Someone, club: Ticket
) -> None:
    await hand_out(worker, club, receipt="A1")

    await resident.does(ShowTicket(ticket_id=club.id or 0))

    said = (await resident.last("ticket_standing")).text
    assert "已转外部单位" in said
    assert "3月5日" in said


async def test_the_record_names_the_body_and_its_number(worker: Someone, club: Ticket) -> None:
    await worker.does(HandOutTicket(ticket_id=club.id or 0))
    await worker.presses("chip_body", nth=0)
    await worker.answers("CG-9")

    await worker.does(ShowRecord(ticket_id=club.id or 0))

    line = (await worker.last("record")).lines["转外部单位"]
    assert "城管中队联系人" in line
    assert "CG-9" in line


async def test_it_is_settled_by_what_the_body_answered(
    worker: Someone, resident: Someone, world: World
) -> None:
    handrail = await world.filed(resident, "BLD01", "BL-45", "扶手松了")
    await worker.presses("button_accept")
    await worker.presses("button_go_there")
    await hand_out(worker, handrail, receipt="A1")

    await worker.does(ShowOptions(ticket_id=handrail.id or 0))
    await worker.presses("button_outside_done")
    assert (await worker.templates())[-1] == "proof_receipt"
    await worker.answers("市政已换好，回单 A1 完结")

    assert (await world.ticket(handrail)).status is TicketStatus.RESOLVED
    assert "回单 A1 完结" in (await resident.last("push_resolved")).text


async def test_from_the_triage_desk_whoever_hands_it_out_follows_it(
    world: World, resident: Someone, committee: Someone
) -> None:
    await world.worker("老区", Role.GLD, "LJ")
    street = await world.worker("街道", Role.DSP, "RT")
    ticket = await world.filed(resident, "OTH99", "BL-45", "有件事说不清")
    assert ticket.status is TicketStatus.TRIAGE

    await hand_out(street, ticket, receipt="B2")

    handed = await world.ticket(ticket)
    assert (handed.status, handed.assignee) == (TicketStatus.EXTERNAL, street.id)
    assert handed.assignee_role == "DSP"
    await street.does(TakeBack(ticket_id=ticket.id or 0))
    await street.answers("还是我们来")
    assert (await world.ticket(ticket)).status is TicketStatus.IN_PROGRESS


async def test_a_department_with_a_desk_here_gets_it_in_chat_and_gives_it_back(
    worker: Someone, resident: Someone, club: Ticket, world: World
) -> None:
    desk = await world.worker("城管", Role.DPT, "RT", roster_key="dpt-city")
    await worker.does(HandOutTicket(ticket_id=club.id or 0))

    await worker.presses("chip_body", nth=0)
    await worker.answers("CG-9")

    assert (await world.ticket(club)).assignee == desk.id
    card = await desk.last("work_external")
    assert card.labels[:2] == ["button_report_news", "button_outside_done"]
    assert "何姨" not in str(card.row["content"])
    assert "网格员最迟" in (await resident.last("push_external")).text
    await desk.presses("button_report_news")
    await desk.answers("已约商户整改")
    assert "已约商户整改" in (await resident.last("push_external_news")).text
    world.clock.advance(timedelta(days=4))
    await world.tick()
    assert "button_report_news" in (await desk.last("outside_ask")).labels
    assert (await worker.last("outside_ask")).labels == ["button_record"]
    await desk.does(TakeBack(ticket_id=club.id or 0))
    await desk.answers("不归我们管")

    back = await world.ticket(club)
    assert (back.status, back.assignee, back.assignee_role) == (
        TicketStatus.IN_PROGRESS,
        worker.id,
        "GWF",
    )
    assert "不归我们管" in (await worker.last("work_taken_back")).text
    assert "work_gone" not in await worker.templates()


async def test_the_committee_may_hand_it_out_over_the_assignee_who_hears_it(
    worker: Someone, committee: Someone, club: Ticket, world: World
) -> None:
    await hand_out(committee, club, receipt="C3")

    ticket = await world.ticket(club)
    assert (ticket.status, ticket.assignee) == (TicketStatus.EXTERNAL, worker.id)
    assert "work_handed_out" in await worker.templates()
    await committee.does(ReportNews(ticket_id=club.id or 0))
    await committee.answers("等排期")
    assert "等排期" in (await worker.last("work_outside_news")).text


async def test_a_long_number_of_theirs_is_kept_whole_and_a_telephone_beside_it_is_not(
    worker: Someone, resident: Someone, club: Ticket
) -> None:
    await hand_out(worker, club, receipt="粤202603021400123456")
    assert "粤202603021400123456" in (await resident.last("push_external")).text

    await worker.does(GiveReceipt(ticket_id=club.id or 0))
    await worker.answers("单号 B7，经办人王工电话13900001111")

    told = (await resident.last("push_external_news")).text
    assert "B7" in told
    assert "13900001111" not in told


async def test_others_hand_nothing_out_and_take_nothing_back(
    worker: Someone, resident: Someone, club: Ticket, world: World
) -> None:
    lead = await world.worker("老区", Role.GLD, "LJ")
    number = club.id or 0
    await lead.does(HandOutTicket(ticket_id=number))
    await resident.does(HandOutTicket(ticket_id=number, body="12345", receipt="none"))
    await worker.does(ReportNews(ticket_id=number))
    await worker.does(TakeBack(ticket_id=number))
    assert (await lead.templates())[-1] == "error_not_allowed"
    assert (await resident.templates())[-1] == "error_not_allowed"
    assert (await worker.templates())[-2:] == ["error_moved_on", "error_moved_on"]
    assert (await world.ticket(club)).status is TicketStatus.IN_PROGRESS


async def test_a_photo_is_no_body_and_no_number(
    worker: Someone, club: Ticket, world: World
) -> None:
    await worker.does(HandOutTicket(ticket_id=club.id or 0))
    await worker.shows("house")
    assert (await worker.templates())[-1] == "waiting_needs_words"
    await worker.answers("河长办")
    await worker.shows("slip")
    assert (await worker.templates())[-1] == "waiting_needs_words"
    await worker.answers("H-1")

    entry = (await world.timeline(club))[-1]
    assert (entry.verb, entry.data["body"], entry.data["receipt"]) == (
        Verb.HAND_OUT,
        "河长办",
        "H-1",
    )


async def test_with_everybody_gone_nobody_is_said_to_know(
    world: World, worker: Someone, resident: Someone, club: Ticket
) -> None:
    async with world.open_uow(Turn(cause="leaves")) as uow:
        await uow.tickets.unfollow(TicketId(club.id or 0), resident.id)
        await uow.commit()
    await hand_out(worker, club)

    assert "反映人知道了" not in (await worker.last("handed_out")).text
    await worker.does(GiveReceipt(ticket_id=club.id or 0))
    await worker.answers("A1")
    assert "反映人知道了" not in (await worker.last("receipt_kept")).text
    await worker.does(ReportNews(ticket_id=club.id or 0))
    await worker.answers("周五去现场")
    assert "没有人要告诉" in (await worker.last("news_told")).text
