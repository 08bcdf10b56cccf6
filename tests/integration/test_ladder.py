"""A late matter climbs the ladder: reminded, told, passed up, and back; nobody waits in the dark."""

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from actions.adapters.database.due import SqlDue
from actions.adapters.database.schema.matters import tickets
from actions.application.commands.ladder import EscalateTicket
from actions.application.commands.timed import ClimbLadder
from actions.application.message_matrix import MATRIX
from actions.application.turn import Turn
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import IN_PLACE, UNHEARD, TicketStatus, Verb
from actions.periodic import Timers
from tests.builders import Someone, World

SHANGHAI = ZoneInfo("Asia/Shanghai")


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


@pytest.fixture
async def worker(world: World) -> Someone:
    return await world.worker("阿梅", Role.GWF, "G3")


@pytest.fixture
async def lead(world: World) -> Someone:
    return await world.worker("老区", Role.GLD, "LJ")


@pytest.fixture
async def committee(world: World) -> Someone:
    return await world.worker("周主任", Role.CMT, "LJ")


@pytest.fixture
async def street(world: World) -> Someone:
    return await world.worker("分拨员", Role.DSP, "RT")


@pytest.fixture
async def supervisor(world: World) -> Someone:
    return await world.worker("督查员", Role.SUP, "RT")


@pytest.fixture
async def resident(world: World) -> Someone:
    return await world.resident()


@dataclass(frozen=True)
class Crew:
    worker: Someone
    lead: Someone
    committee: Someone
    street: Someone
    supervisor: Someone


@pytest.fixture
def crew(
    worker: Someone, lead: Someone, committee: Someone, street: Someone, supervisor: Someone
) -> Crew:
    return Crew(worker, lead, committee, street, supervisor)


@pytest.fixture
async def ticket(world: World, crew: Crew, resident: Someone) -> Ticket:
    """Urgent, round the clock: accepted within an hour, first word in four, settled in a day."""
    return await world.filed(resident, "BLD01", "BL-45", "三楼扶手松了")


async def after(world: World, ticket: Ticket, wait: timedelta) -> None:
    """So long after the filing, one round of timers."""
    assert ticket.filed_at is not None
    world.clock.set(ticket.filed_at + wait)
    await world.tick()


async def late_news(someone: Someone) -> list[str]:
    """What they heard of lateness; that a matter falls to them to decide is another story."""
    return [said for said in await someone.templates() if not said.startswith("copy_")]


async def contacted(worker: Someone) -> None:
    await worker.presses("button_accept")
    await worker.presses("button_message_reporter")
    await worker.answers("收到，下午到")


# -- the rungs -----------------------------------------------------------------------------------


async def test_half_way_whoever_has_it_is_reminded_with_the_buttons_and_the_time_left(
    world: World, worker: Someone, lead: Someone, resident: Someone, ticket: Ticket
) -> None:
    before = await resident.templates()
    await after(world, ticket, minutes(30))
    await world.tick()

    told = await worker.last("nudge_accept")
    assert (await worker.templates()).count("nudge_accept") == 1
    assert told.labels == ["button_accept", "button_not_mine", "button_record"]
    assert told.row["content"]["card"]["countdown_to"] is not None
    assert await late_news(lead) == []
    assert await resident.templates() == before


async def test_near_the_end_the_lead_hears_and_can_hand_it_on_at_once(
    world: World, worker: Someone, lead: Someone, committee: Someone, ticket: Ticket
) -> None:
    other = await world.worker("阿欢", Role.GWP, "G3")
    await after(world, ticket, minutes(48))

    told = await lead.last("soon_accept_lead")
    assert told.labels == [
        "button_hand_to_other", "button_take_it", "button_pass_up", "button_record", "button_more",
    ]  # fmt: skip
    assert await late_news(committee) == []
    await lead.presses("button_hand_to_other")
    await lead.presses("button_hand_to")

    moved = await world.ticket(ticket)
    assert moved.assignee == other.id
    assert moved.accept_due_at == world.clock.now() + minutes(60)


async def test_a_promise_that_was_broken_is_told_to_the_committee_and_to_those_who_wait(
    world: World, crew: Crew, resident: Someone, ticket: Ticket
) -> None:
    await crew.worker.presses("button_accept")
    await after(world, ticket, minutes(240))
    await world.tick()

    assert "overdue_contact" in await crew.worker.templates()
    assert await late_news(crew.committee) == ["overdue_contact_lead"]
    assert "overdue_contact_lead" not in await crew.lead.templates()
    assert await late_news(crew.supervisor) == []
    told = await resident.last("push_missed_contact")
    assert (await resident.templates()).count("push_missed_contact") == 1
    assert ticket.number in told.text
    # The street's rung is two hours on; they hear by then at the latest.
    assert "20:30" in told.text


async def test_long_after_the_street_and_the_supervisor_hear(
    world: World, crew: Crew, resident: Someone, ticket: Ticket
) -> None:
    await crew.worker.presses("button_accept")
    await after(world, ticket, minutes(240))
    await after(world, ticket, minutes(360))
    await world.tick()

    assert await late_news(crew.street) == ["street_contact_lead"]
    assert await late_news(crew.supervisor) == ["street_contact_lead"]
    said = [t for t in await resident.templates() if t.startswith(("push_missed", "push_at"))]
    assert said == ["push_missed_contact", "push_at_street_contact"]


async def test_without_a_street_nobody_is_told_that_it_is_there(
    world: World, worker: Someone, lead: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, "BLD01", "BL-45", "三楼扶手松了")
    await worker.presses("button_accept")
    await after(world, ticket, minutes(240))
    await after(world, ticket, minutes(360))

    assert (await resident.templates())[-2:] == ["push_missed_contact", "push_still_late"]
    assert (await late_news(lead)).count("overdue_contact_lead") == 2


async def test_whoever_comes_late_hears_of_the_highest_rung_alone(
    world: World, crew: Crew, resident: Someone, ticket: Ticket
) -> None:
    await contacted(crew.worker)
    await after(world, ticket, timedelta(days=3))
    await world.tick()

    assert [t for t in await crew.worker.templates() if t.startswith(("nudge", "overdue"))] == [
        "overdue_settle"
    ]
    assert await late_news(crew.lead) == []
    assert await late_news(crew.street) == ["street_settle_lead"]
    said = [t for t in await resident.templates() if t.startswith(("push_missed", "push_at"))]
    assert said == ["push_at_street_settle"]
    climbs = [entry for entry in await world.timeline(ticket) if entry.verb is Verb.CLIMB]
    assert [(e.role, e.data["rung"], e.data["rung_clock"]) for e in climbs] == [
        ("system", 4, "settle")
    ]
    assert (await world.ticket(ticket)).next_rung_at is None


async def test_where_nobody_holds_the_level_the_next_one_up_hears(
    world: World, worker: Someone, street: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, "BLD01", "BL-45", "三楼扶手松了")
    await worker.presses("button_accept")
    await after(world, ticket, minutes(192))

    assert await late_news(street) == ["soon_contact_lead"]


async def test_a_lead_who_has_it_is_not_told_as_his_own_lead(
    world: World, lead: Someone, committee: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, "BLD01", "BL-45", "三楼扶手松了")
    assert ticket.assignee == lead.id
    await lead.presses("button_accept")
    await after(world, ticket, minutes(192))

    assert "soon_contact_lead" not in await lead.templates()
    assert await late_news(committee) == ["soon_contact_lead"]


async def test_while_it_waits_for_its_reporter_nothing_climbs(
    world: World, worker: Someone, lead: Someone, committee: Someone, ticket: Ticket
) -> None:
    await worker.presses("button_accept")
    await worker.presses("button_ask_reporter")
    await worker.answers("是几楼？")
    await after(world, ticket, timedelta(days=6))

    assert [*await late_news(lead), *await late_news(committee)] == []


# -- the silent assignee -------------------------------------------------------------------------


async def test_what_nobody_accepts_goes_one_level_up(
    world: World, crew: Crew, resident: Someone, ticket: Ticket
) -> None:
    await after(world, ticket, minutes(60))
    await world.tick()

    moved = await world.ticket(ticket)
    assert (moved.status, moved.assignee, moved.assignee_role) == (
        TicketStatus.DISPATCHED, crew.lead.id, "GLD",
    )  # fmt: skip
    assert moved.accept_due_at == world.clock.now() + minutes(60)
    assert (moved.contact_due_at, moved.settle_due_at) == (
        ticket.contact_due_at, ticket.settle_due_at,
    )  # fmt: skip
    assert "work_escalated_away" in await crew.worker.templates()
    assert (await crew.lead.templates()).count("work_escalated") == 1
    assert await late_news(crew.committee) == ["escalated_lead"]
    assert (await resident.templates()).count("push_reassigned") == 1
    await crew.worker.presses("button_accept")
    assert (await world.ticket(ticket)).assignee == crew.lead.id


async def test_a_level_nobody_holds_or_whose_holder_is_away_is_skipped(
    world: World, worker: Someone, committee: Someone, resident: Someone
) -> None:
    await world.worker("老区", Role.GLD, "LJ", away_until=world.clock.now() + timedelta(days=3))
    ticket = await world.filed(resident, "BLD01", "BL-45", "三楼扶手松了")
    await after(world, ticket, minutes(60))

    assert (await world.ticket(ticket)).assignee == committee.id
    assert await late_news(committee) == ["work_escalated"]


async def test_at_the_top_it_stays_and_the_supervisor_hears(
    world: World, street: Someone, supervisor: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, "BLD01", "BL-45", "三楼扶手松了")
    assert ticket.assignee == street.id
    await after(world, ticket, minutes(60))
    await world.tick()

    assert (await world.ticket(ticket)).assignee == street.id
    assert (await street.templates()).count("overdue_accept") == 1
    assert await late_news(supervisor) == ["overdue_accept_lead"]
    assert "push_reassigned" not in await resident.templates()


async def test_a_danger_nobody_took_is_said_with_the_number_to_call(
    world: World, worker: Someone, lead: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, "PUB02", "BL-45", "井盖没了，小孩差点掉下去")
    await after(world, ticket, minutes(15))
    await world.tick()

    told = await resident.last("push_nobody_yet")
    assert told.row["urgent"]
    assert "119" in told.text
    assert (await resident.templates()).count("push_nobody_yet") == 1
    assert "push_reassigned" not in await resident.templates()
    assert (await lead.last("work_escalated")).row["urgent"]


async def test_a_danger_with_nobody_above_is_said_to_be_with_nobody_still(
    world: World, street: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, "PUB02", "BL-45", "井盖没了，小孩差点掉下去")
    assert ticket.assignee == street.id
    await after(world, ticket, minutes(15))
    await world.tick()

    told = await resident.last("push_still_nobody")
    assert "119" in told.text
    assert told.row["urgent"]
    assert (await resident.templates()).count("push_still_nobody") == 1


async def test_a_lead_takes_it_without_waiting_for_the_clock(
    world: World, worker: Someone, lead: Someone, resident: Someone, ticket: Ticket
) -> None:
    await after(world, ticket, minutes(48))
    await lead.presses("button_take_it")

    taken = await world.ticket(ticket)
    assert (taken.status, taken.assignee, taken.assignee_role) == (
        TicketStatus.ACCEPTED, lead.id, "GLD",
    )  # fmt: skip
    assert "work_escalated_away" in await worker.templates()
    assert "work_escalated" not in await lead.templates()
    assert (await resident.templates())[-1] == "push_accepted"
    assert "push_reassigned" not in await resident.templates()
    await lead.presses("button_take_it")
    assert len(await world.timeline(ticket)) == taken.version


async def test_a_lead_passes_it_up(
    world: World, worker: Someone, lead: Someone, committee: Someone, ticket: Ticket
) -> None:
    await after(world, ticket, minutes(48))
    await lead.presses("button_pass_up")

    assert (await world.ticket(ticket)).assignee == committee.id
    assert (await lead.last("escalated")).text.count(ticket.number.replace("-", "")) <= 1
    assert "work_escalated" in await committee.templates()


async def test_with_nobody_above_passing_up_changes_nothing(
    world: World, worker: Someone, lead: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, "BLD01", "BL-45", "三楼扶手松了")
    version = ticket.version
    await lead.does(EscalateTicket(ticket_id=ticket.id or 0))

    assert (await lead.templates())[-1] == "escalate_nobody"
    assert (await world.ticket(ticket)).version == version


async def test_only_a_lead_may_pass_it_up(
    world: World, worker: Someone, committee: Someone, resident: Someone, ticket: Ticket
) -> None:
    for someone in (worker, committee, resident):
        await someone.does(EscalateTicket(ticket_id=ticket.id or 0))

    assert (await world.ticket(ticket)).assignee == worker.id
    assert Verb.ESCALATE not in [entry.verb for entry in await world.timeline(ticket)]


# -- nobody has decided --------------------------------------------------------------------------


async def test_what_nobody_decides_climbs_too(world: World, crew: Crew, resident: Someone) -> None:
    ticket = await world.filed(resident, "OTH99", "BL-45", "有件事说不清")
    await after(world, ticket, minutes(60))
    assert (await crew.lead.templates())[-1] == "undecided_soon"
    assert await late_news(crew.committee) == []
    await after(world, ticket, minutes(120))
    assert await late_news(crew.committee) == ["undecided_lead"]
    await after(world, ticket, minutes(180))
    await world.tick()

    assert await late_news(crew.street) == ["undecided_street"]
    assert await late_news(crew.supervisor) == ["undecided_street"]


async def test_with_nobody_at_work_at_all_those_who_wait_are_told_so(
    world: World, resident: Someone
) -> None:
    ticket = await world.filed(resident, "BLD01", "BL-45", "三楼扶手松了")
    assert ticket.assignee is None
    await after(world, ticket, minutes(240))

    told = await resident.last("push_missed_nobody")
    assert world.community.office.phone.dial in told.text


# -- holidays, restarts, two processes -----------------------------------------------------------


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


async def test_over_the_national_holiday_a_working_clock_stands_still(
    world: World, worker: Someone, lead: Someone, committee: Someone, resident: Someone
) -> None:
    world.clock.set(local("2026-09-30 16:30"))
    ticket = await world.filed(resident, "NOI01", "BL-45", "楼上半夜练鼓")
    for day in range(1, 8):
        world.clock.set(local(f"2026-10-0{day} 15:00"))
        assert await world.tick() == 0
    # One hour went by before the holiday; half of the four ends on the morning of the 8th.
    world.clock.set(local("2026-10-08 09:29"))
    await world.tick()
    assert "nudge_accept" not in await worker.templates()
    world.clock.set(local("2026-10-08 09:30"))
    await world.tick()
    assert "nudge_accept" in await worker.templates()
    world.clock.set(local("2026-10-08 11:30"))

    await world.tick()

    assert (await world.ticket(ticket)).assignee == lead.id
    # The lead's four hours: half an hour before lunch, the afternoon.
    assert (await world.ticket(ticket)).accept_due_at == local("2026-10-08 17:30")


async def test_a_saturday_worked_instead_counts(
    world: World, worker: Someone, lead: Someone, resident: Someone
) -> None:
    world.clock.set(local("2026-10-09 16:30"))
    ticket = await world.filed(resident, "NOI01", "BL-45", "楼上半夜练鼓")
    world.clock.set(local("2026-10-10 11:30"))

    await world.tick()

    assert (await world.ticket(ticket)).assignee == lead.id


async def test_two_processes_and_a_restart_act_once(
    world: World, worker: Someone, lead: Someone, resident: Someone, ticket: Ticket
) -> None:
    def process() -> Timers:
        return Timers(world.bus, SqlDue(world.database, world.community.policy), world.clock)

    first, second = process(), process()
    for share in (30, 48, 60, 240, 360):
        assert ticket.filed_at is not None
        world.clock.set(ticket.filed_at + minutes(share))
        now = world.clock.now()
        await asyncio.gather(first.tick(now), second.tick(now))
        assert await process().tick(now) == 0

    assert (await worker.templates()).count("nudge_accept") == 1
    assert (await lead.templates()).count("work_escalated") == 1
    assert (await resident.templates()).count("push_missed_contact") == 1


async def test_a_ticket_from_before_the_ladder_is_looked_at_once(
    world: World, worker: Someone, ticket: Ticket
) -> None:
    """Its next rung is not known; the migration makes it due at once."""
    right = (await world.ticket(ticket)).next_rung_at
    async with world.database.write() as conn:
        await conn.execute(update(tickets).values(next_rung_at=tickets.c.clock_from))
        await conn.commit()
    before = len(await world.everything_said())

    assert await world.tick() == 1
    assert await world.tick() == 0

    assert (await world.ticket(ticket)).next_rung_at == right
    assert len(await world.everything_said()) == before
    await after(world, ticket, minutes(30))
    assert "nudge_accept" in await worker.templates()


async def test_a_timer_that_comes_too_late_finds_nothing_to_do(
    world: World, worker: Someone, ticket: Ticket
) -> None:
    await worker.presses("button_accept")
    said = len(await world.everything_said())

    await world.bus.handle(ClimbLadder(ticket_id=ticket.id or 0), Turn.of_timer("climb", "late"))

    assert len(await world.everything_said()) == said


async def test_closed_tickets_have_no_next_rung(
    world: World, worker: Someone, resident: Someone, ticket: Ticket
) -> None:
    await resident.presses("button_withdraw")
    await resident.presses("button_withdraw_really")

    async with world.database.read() as conn:
        assert (await conn.execute(select(tickets.c.next_rung_at))).scalars().all() == [None]


# -- nobody waits without a date -----------------------------------------------------------------


async def test_long_after_its_date_those_who_wait_hear_every_week_and_the_worker_is_reminded(
    world: World, worker: Someone, resident: Someone, ticket: Ticket
) -> None:
    await contacted(worker)
    await after(world, ticket, timedelta(days=2))
    for week in (1, 2, 3):
        await after(world, ticket, timedelta(days=7 * week, minutes=1))
        await world.tick()

    told = [t for t in await resident.templates() if t.startswith("push_still")]
    assert told == ["push_still_late"] * 3
    assert (await worker.templates()).count("late_again") == 3


async def test_a_rung_told_to_the_staff_does_not_put_off_the_weekly_word(
    world: World, worker: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, "NOI01", "BL-45", "楼上半夜练鼓")
    await contacted(worker)
    heard_last = world.clock.now()
    while world.clock.now() < heard_last + timedelta(days=7):
        assert not [t for t in await resident.templates() if t.startswith("push_still")]
        world.clock.advance(timedelta(hours=12))
        await world.tick()

    assert Verb.CLIMB in [entry.verb for entry in await world.timeline(ticket)]
    assert (await resident.templates())[-1] == "push_still_working"


async def test_nothing_but_news_puts_off_the_weekly_word() -> None:
    """What stays between the staff, or comes from one resident, is no news to the others."""
    told = {verb for verb, news in MATRIX.items() if news.raised}
    passed_on = {Verb.SAY, Verb.CONTACT, Verb.CHANGED}

    assert (IN_PLACE | {Verb.LOWER_TIER}) - told - passed_on == UNHEARD


async def test_whoever_accepts_after_the_date_is_told_so(
    world: World, worker: Someone, lead: Someone, resident: Someone, ticket: Ticket
) -> None:
    await after(world, ticket, minutes(241))
    await lead.presses("button_accept")

    assert (await lead.templates())[-1] == "accepted_late"


async def test_whoever_was_handed_it_is_told_what_they_can_do_with_it(
    world: World, worker: Someone, lead: Someone, resident: Someone
) -> None:
    await world.filed(resident, "SAN02", "BL-45", "门口杂物")
    await worker.presses("button_accept")
    await worker.presses("button_more")
    await worker.presses("button_transfer")
    await worker.presses("button_transfer_to")
    await worker.presses("reason_off_duty")
    assert (await lead.last("work_transferred")).labels[0] == "button_accept"

    world.clock.advance(timedelta(days=4))
    await world.tick()

    nudged = [each for each in await lead.heard() if each.template.endswith("_take_over")][-1]
    assert nudged.labels[:2] == ["button_accept", "button_hand_to_other"]


async def test_whoever_was_to_hear_who_gets_it_hears_that_nobody_was_named(
    world: World, lead: Someone, committee: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, "OTH99", "BL-45", "那个东西又来了")
    assert ticket.status is TicketStatus.TRIAGE
    assert (await resident.templates())[-1] == "ticket_filed_unassigned"

    world.clock.advance(timedelta(hours=2, minutes=1))
    await world.tick()

    told = (await resident.heard())[-1]
    assert told.template == "push_missed_decide"
    assert ticket.number in told.text
    world.clock.advance(timedelta(minutes=10))
    await world.tick()
    assert (await resident.templates()).count("push_missed_decide") == 1


async def test_what_nobody_has_is_said_to_be_with_nobody_every_week(
    world: World, lead: Someone, resident: Someone
) -> None:
    await world.filed(resident, "OTH99", "BL-45", "那个东西又来了")
    for _ in range(3):
        world.clock.advance(timedelta(days=8))
        await world.tick()

    templates = await resident.templates()
    assert "push_still_undecided" in templates
    assert "push_still_late" not in templates


async def test_of_what_nobody_has_no_role_is_said_to_be_silent(
    world: World, lead: Someone, committee: Someone, supervisor: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, "OTH99", "BL-45", "那个东西又来了")
    assert ticket.contact_due_at is not None
    for _ in range(8):
        world.clock.advance(timedelta(hours=12))
        await world.tick()

    told = await committee.last("undecided_contact")
    assert "网格长" not in told.text
    for someone in (lead, committee, supervisor):
        assert not {"overdue_contact_lead", "street_contact_lead"} & set(await someone.templates())


async def test_only_whoever_can_assign_it_is_asked_to(
    world: World, lead: Someone, supervisor: Someone, resident: Someone
) -> None:
    await world.filed(resident, "OTH99", "BL-45", "那个东西又来了")
    for _ in range(6):
        world.clock.advance(timedelta(hours=1))
        await world.tick()

    asked = await lead.last("undecided_lead")
    assert "button_hand_to_other" in asked.labels
    assert "请您指派" in asked.text
    pressed = await supervisor.last("undecided_street")
    assert "button_hand_to_other" not in pressed.labels
    assert "指派" not in pressed.text
    assert "督促" in pressed.text
