"""A pause and an extension need a lead's yes; only then does the clock stand still or move."""

from datetime import timedelta

import pytest

from actions.application.commands.following import ShowTicket
from actions.application.commands.waiting import (
    ApproveProposal,
    AskToExtend,
    AskToHold,
    RefuseProposal,
    ResumeTicket,
    ShowProposal,
)
from actions.application.commands.working import ShowOptions, ShowRecord
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from tests.builders import Someone, World


@pytest.fixture
async def worker(world: World) -> Someone:
    return await world.worker("阿梅", Role.GWF, "G3", roster_key="gwf-3")


@pytest.fixture
async def lead(world: World) -> Someone:
    return await world.worker("老区", Role.GLD, "LJ")


@pytest.fixture
async def resident(world: World) -> Someone:
    return await world.resident("何姨", home="BL-45")


@pytest.fixture
async def noise(world: World, worker: Someone, lead: Someone, resident: Someone) -> Ticket:
    """Accepted and being worked on, on a Monday at half past two."""
    ticket = await world.filed(resident, "NOI01", "BL-45", "楼上半夜练鼓")
    await worker.presses("button_accept")
    await worker.presses("button_go_there")
    return await world.ticket(ticket)


async def ask_to_hold(worker: Someone, ticket: Ticket, day: str = "下周一") -> None:
    await worker.does(ShowOptions(ticket_id=ticket.id or 0))
    await worker.presses("button_hold")
    await worker.answers(day)
    await worker.presses("reason_third_party")


async def ask_to_extend(worker: Someone, ticket: Ticket) -> None:
    await worker.does(AskToExtend(ticket_id=ticket.id or 0))
    await worker.presses("chip_day", nth=0)
    await worker.presses("reason_harder")


async def test_the_pause_begins_with_the_leads_yes_and_no_earlier(
    worker: Someone, lead: Someone, resident: Someone, noise: Ticket, world: World
) -> None:
    await ask_to_hold(worker, noise)

    asked = await world.ticket(noise)
    assert (asked.status, asked.paused_at) == (TicketStatus.IN_PROGRESS, None)
    assert "push_on_hold" not in await resident.templates()
    put = await lead.last("lead_asked_hold")
    assert "等第三方" in put.text
    assert put.labels[:2] == ["button_approve", "button_refuse"]
    world.clock.advance(timedelta(hours=1))
    await lead.presses("button_approve")

    held = await world.ticket(noise)
    assert (held.status, held.paused_at) == (TicketStatus.ON_HOLD, world.clock.now())
    told = (await resident.last("push_on_hold")).text
    assert "等第三方" in told
    assert "3月9日" in told
    assert "阿梅" not in told
    assert "work_hold_approved" in await worker.templates()
    entry = (await world.timeline(noise))[-1]
    assert (entry.verb, entry.actor, entry.role) == (Verb.HOLD, worker.id, "assignee")
    assert (entry.data["approved_by"], entry.data["approved_role"]) == (lead.id, "GLD")


async def test_while_it_rests_the_residents_hear_when_it_is_looked_at_again(
    worker: Someone, lead: Someone, resident: Someone, noise: Ticket, world: World
) -> None:
    await ask_to_hold(worker, noise, "14天后")
    await lead.presses("button_approve")

    world.clock.advance(timedelta(days=8))
    await world.tick()

    assert "3月16日" in (await resident.last("push_still_on_hold")).text
    assert "push_still_late" not in await resident.templates()


async def test_the_record_says_until_when_and_with_whose_yes(
    worker: Someone, lead: Someone, noise: Ticket, world: World
) -> None:
    await ask_to_hold(worker, noise)
    await lead.presses("button_approve")

    await worker.does(ShowRecord(ticket_id=noise.id or 0))

    line = (await worker.last("record")).lines["暂缓"]
    assert "3月9日" in line
    assert "网格长同意" in line
    assert "等第三方" in line


async def test_on_the_day_it_goes_on_by_itself_with_what_was_left_of_the_clock(
    worker: Someone, lead: Someone, resident: Someone, noise: Ticket, world: World
) -> None:
    await ask_to_hold(worker, noise)
    await lead.presses("button_approve")
    world.clock.advance(timedelta(days=6))
    await world.tick()
    assert (await world.ticket(noise)).status is TicketStatus.ON_HOLD

    world.clock.advance(timedelta(days=1))
    await world.tick()
    await world.tick()

    going = await world.ticket(noise)
    assert going.status is TicketStatus.IN_PROGRESS
    assert going.settle_due_at is not None
    assert noise.settle_due_at is not None
    assert going.settle_due_at > noise.settle_due_at
    assert (await resident.templates()).count("push_resumed") == 1
    assert "work_resumed" in await worker.templates()


@pytest.mark.parametrize("who", ["worker", "lead"])
async def test_it_may_go_on_earlier(
    request: pytest.FixtureRequest, resident: Someone, noise: Ticket, world: World, who: str
) -> None:
    worker, lead = request.getfixturevalue("worker"), request.getfixturevalue("lead")
    await ask_to_hold(worker, noise)
    await lead.presses("button_approve")
    world.clock.advance(timedelta(days=1))
    by = worker if who == "worker" else lead

    await by.does(ShowOptions(ticket_id=noise.id or 0))
    await by.presses("button_resume")

    assert (await world.ticket(noise)).status is TicketStatus.IN_PROGRESS
    assert (await by.templates())[-1] == "resumed"
    assert "push_resumed" in await resident.templates()


async def test_a_refusal_brings_its_reason_and_nothing_pauses(
    worker: Someone, lead: Someone, resident: Someone, noise: Ticket, world: World
) -> None:
    await ask_to_hold(worker, noise)

    await lead.presses("button_refuse")
    await lead.shows("thumb")
    assert (await lead.templates())[-1] == "waiting_needs_words"
    await lead.answers("先把能劝的劝了")

    assert (await world.ticket(noise)).status is TicketStatus.IN_PROGRESS
    told = await worker.last("work_refused")
    assert "先把能劝的劝了" in told.text
    assert (await lead.templates())[-1] == "refused"
    heard = await resident.templates()
    assert not {"push_on_hold", "work_refused"} & set(heard)


async def test_an_answer_counts_once(
    worker: Someone, lead: Someone, resident: Someone, noise: Ticket, world: World
) -> None:
    await ask_to_hold(worker, noise)
    await lead.presses("button_approve")

    await lead.presses("button_approve")
    await lead.presses("button_refuse")

    assert (await lead.templates())[-2:] == ["error_out_of_date", "error_out_of_date"]
    assert (await resident.templates()).count("push_on_hold") == 1
    verbs = [entry.verb for entry in await world.timeline(noise)]
    assert (verbs.count(Verb.HOLD), verbs.count(Verb.REFUSE)) == (1, 0)


async def test_what_was_asked_before_the_matter_moved_on_is_not_approved(
    worker: Someone, lead: Someone, noise: Ticket, world: World
) -> None:
    await ask_to_hold(worker, noise)
    await worker.does(ShowOptions(ticket_id=noise.id or 0))
    await worker.presses("button_schedule")
    await worker.answers("明天上午")

    await lead.presses("button_approve")

    assert (await lead.templates())[-1] == "error_out_of_date"
    assert (await world.ticket(noise)).status is TicketStatus.SCHEDULED


async def test_asking_the_same_twice_bothers_the_lead_once_and_another_day_replaces_it(
    worker: Someone, lead: Someone, noise: Ticket, world: World
) -> None:
    await ask_to_hold(worker, noise)
    await worker.presses("reason_third_party")
    assert (await lead.templates()).count("lead_asked_hold") == 1
    (first,) = [e.seq for e in await world.timeline(noise) if e.verb is Verb.PROPOSE]

    await ask_to_hold(worker, noise, "周五")
    await lead.does(ApproveProposal(ticket_id=noise.id or 0, seq=first))
    assert (await lead.templates())[-1] == "error_out_of_date"
    await lead.presses("button_approve")

    held = await world.ticket(noise)
    assert held.review_at is not None
    assert held.review_at - world.clock.now() < timedelta(days=4)


async def test_nobody_approves_their_own_pause(
    worker: Someone, noise: Ticket, world: World
) -> None:
    await ask_to_hold(worker, noise)
    (seq,) = [e.seq for e in await world.timeline(noise) if e.verb is Verb.PROPOSE]

    await worker.does(ApproveProposal(ticket_id=noise.id or 0, seq=seq))

    assert (await worker.templates())[-1] == "error_not_allowed"
    assert (await world.ticket(noise)).status is TicketStatus.IN_PROGRESS


async def test_a_lead_who_has_it_needs_the_next_level(world: World, resident: Someone) -> None:
    boss = await world.worker("老区", Role.GLD, "LJ")
    committee = await world.worker("居委", Role.CMT, "LJ")
    ticket = await world.filed(resident, "NOI01", "BL-45")
    assert ticket.assignee == boss.id
    await boss.presses("button_accept")
    await boss.presses("button_go_there")
    other_lead = await world.worker("小区", Role.GLD, "LJ")

    await ask_to_hold(boss, ticket)
    (seq,) = [e.seq for e in await world.timeline(ticket) if e.verb is Verb.PROPOSE]
    for one in (boss, other_lead):
        await one.does(ApproveProposal(ticket_id=ticket.id or 0, seq=seq))
        assert (await one.templates())[-1] == "error_not_allowed"
    assert "lead_asked_hold" not in await other_lead.templates()
    await committee.presses("button_approve")

    assert (await world.ticket(ticket)).status is TicketStatus.ON_HOLD


async def test_without_anybody_above_the_clock_runs_on(world: World, resident: Someone) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3")
    ticket = await world.filed(resident, "NOI01", "BL-45")
    await worker.presses("button_accept")
    await worker.presses("button_go_there")

    await ask_to_hold(worker, ticket)

    assert (await worker.templates())[-1] == "proposal_nobody"
    assert Verb.PROPOSE not in [entry.verb for entry in await world.timeline(ticket)]


async def test_a_pause_longer_than_the_rules_allow_is_not_even_asked_for(
    worker: Someone, lead: Someone, noise: Ticket
) -> None:
    await worker.does(AskToHold(ticket_id=noise.id or 0))

    await worker.answers("两个月后")

    assert "3月16日" in (await worker.last("day_too_late")).text
    assert "lead_asked_hold" not in await lead.templates()


async def test_a_lead_who_does_not_answer_is_passed_over(
    worker: Someone, lead: Someone, noise: Ticket, world: World
) -> None:
    committee = await world.worker("居委", Role.CMT, "LJ")
    await ask_to_hold(worker, noise)
    assert "lead_asked_hold" not in await committee.templates()

    world.clock.advance(timedelta(hours=4, minutes=1))
    await world.tick()
    await world.tick()

    assert (await committee.templates()).count("lead_asked_hold_late") == 1
    await committee.presses("button_approve")
    assert (await world.ticket(noise)).status is TicketStatus.ON_HOLD


async def test_the_lead_finds_what_is_asked_again_under_the_options(
    worker: Someone, lead: Someone, noise: Ticket, world: World
) -> None:
    await lead.does(ShowProposal(ticket_id=noise.id or 0))
    assert (await lead.templates())[-1] == "error_out_of_date"
    await ask_to_hold(worker, noise)

    await lead.does(ShowOptions(ticket_id=noise.id or 0))
    await lead.presses("button_show_proposal")
    await lead.presses("button_approve")

    assert (await world.ticket(noise)).status is TicketStatus.ON_HOLD


async def test_one_extension_moves_the_date_and_the_resident_hears_why(
    worker: Someone, lead: Someone, resident: Someone, noise: Ticket, world: World
) -> None:
    await ask_to_extend(worker, noise)
    assert (await world.ticket(noise)).settle_due_at == noise.settle_due_at
    await lead.presses("button_approve")

    later = (await world.ticket(noise)).settle_due_at
    assert later is not None
    assert noise.settle_due_at is not None
    assert later > noise.settle_due_at
    told = (await resident.last("push_extended")).text
    assert "比预想的难办" in told
    assert "18:00" in told
    assert "work_extended" in await worker.templates()
    assert (await world.ticket(noise)).status is TicketStatus.IN_PROGRESS


async def test_a_second_extension_is_refused(
    worker: Someone, lead: Someone, noise: Ticket, world: World
) -> None:
    await ask_to_extend(worker, noise)
    await lead.presses("button_approve")
    before = await world.ticket(noise)

    await worker.does(AskToExtend(ticket_id=noise.id or 0))

    assert (await worker.templates())[-1] == "extended_before"
    assert await world.ticket(noise) == before


async def test_an_extension_is_never_longer_than_the_first_promise(
    worker: Someone, noise: Ticket
) -> None:
    await worker.does(AskToExtend(ticket_id=noise.id or 0))
    await worker.answers("两个月后")

    assert (await worker.templates())[-1] == "day_too_late"


async def test_an_extension_to_what_is_promised_anyway_is_not_asked_for(
    worker: Someone, lead: Someone, noise: Ticket
) -> None:
    await worker.does(AskToExtend(ticket_id=noise.id or 0))
    await worker.answers("明天")
    await worker.presses("reason_harder")

    assert (await worker.templates())[-1] == "extend_too_early"
    assert "lead_asked_extend" not in await lead.templates()


async def test_what_is_scheduled_keeps_its_day_while_more_time_is_asked_for(
    worker: Someone, lead: Someone, noise: Ticket, world: World
) -> None:
    await worker.does(ShowOptions(ticket_id=noise.id or 0))
    await worker.presses("button_schedule")
    await worker.answers("周四上午")
    planned = (await world.ticket(noise)).review_at

    await ask_to_extend(worker, noise)
    await lead.presses("button_approve")

    ticket = await world.ticket(noise)
    assert (ticket.status, ticket.review_at) == (TicketStatus.SCHEDULED, planned)


async def test_what_a_former_assignee_asked_is_void(
    worker: Someone, lead: Someone, noise: Ticket, world: World
) -> None:
    await world.worker("阿欢", Role.GWP, "G3")
    await ask_to_extend(worker, noise)
    (seq,) = [e.seq for e in await world.timeline(noise) if e.verb is Verb.PROPOSE]
    await worker.does(ShowOptions(ticket_id=noise.id or 0))
    await worker.presses("button_transfer")
    await worker.presses("button_transfer_to")
    await worker.presses("reason_off_duty")

    await lead.does(ApproveProposal(ticket_id=noise.id or 0, seq=seq))

    assert (await lead.templates())[-1] == "error_out_of_date"
    assert (await world.ticket(noise)).settle_due_at == noise.settle_due_at


async def test_outsiders_neither_ask_nor_answer(
    worker: Someone, resident: Someone, noise: Ticket, world: World
) -> None:
    stranger = await world.worker("外区", Role.GLD, "RY")
    await ask_to_hold(worker, noise)
    before = await world.ticket(noise)
    (seq,) = [e.seq for e in await world.timeline(noise) if e.verb is Verb.PROPOSE]
    number = noise.id or 0

    for command in (
        AskToHold(ticket_id=number),
        AskToExtend(ticket_id=number),
        ResumeTicket(ticket_id=number),
        ApproveProposal(ticket_id=number, seq=seq),
        RefuseProposal(ticket_id=number, seq=seq),
    ):
        await stranger.does(command)
        assert (await stranger.templates())[-1] == "error_not_found"
        await resident.does(command)
        assert (await resident.templates())[-1] in ("error_not_allowed", "error_moved_on")
    assert await world.ticket(noise) == before


async def test_asked_how_it_stands_what_rests_names_the_day_somebody_looks_again(
    worker: Someone, lead: Someone, resident: Someone, noise: Ticket, world: World
) -> None:
    await ask_to_hold(worker, noise)
    await lead.presses("button_approve")
    review_at = (await world.ticket(noise)).review_at
    assert review_at is not None
    await resident.does(ShowTicket(ticket_id=noise.id or 0))

    said = await resident.last("ticket_standing")
    assert said.row["content"]["params"]["due"] == {"$moment": review_at.isoformat()}
