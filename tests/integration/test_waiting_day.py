"""A day for the work: tapped or written, told, moved with a reason, remembered, missed."""

from datetime import timedelta

import pytest

from actions.application.commands.waiting import RescheduleTicket, ScheduleTicket
from actions.application.commands.working import ShowOptions
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
async def noise(world: World, worker: Someone, resident: Someone) -> Ticket:
    """Accepted and being worked on, on a Monday at half past two."""
    ticket = await world.filed(resident, "NOI01", "BL-45", "楼上半夜练鼓")
    await worker.presses("button_accept")
    await worker.presses("button_go_there")
    return ticket


async def schedule(worker: Someone, ticket: Ticket) -> None:
    await worker.does(ShowOptions(ticket_id=ticket.id or 0))
    await worker.presses("button_schedule")


async def test_a_day_is_one_tap_away_and_the_resident_hears_it(
    worker: Someone, resident: Someone, noise: Ticket, world: World
) -> None:
    await schedule(worker, noise)
    asked = await worker.last("schedule_when")
    assert asked.labels.count("chip_day") == 6

    await worker.presses("chip_day", nth=1)

    assert (await world.ticket(noise)).status is TicketStatus.SCHEDULED
    assert "明天上午" in (await resident.last("push_scheduled")).text
    assert "明天上午" in (await worker.last("planned")).text


async def test_a_day_in_words_is_taken_as_it_is_meant(
    worker: Someone, resident: Someone, noise: Ticket, world: World
) -> None:
    await schedule(worker, noise)

    await worker.answers("跟住户约好了，听日下昼3点")

    assert "明天 15:00" in (await resident.last("push_scheduled")).text
    ticket = await world.ticket(noise)
    assert ticket.review_at is not None
    assert ticket.contacted_at == world.clock.now()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("等师傅有空", "day_unclear"),
        ("明天或者后天", "day_unclear"),
        ("昨天", "day_past"),
        ("今天上午", "day_past"),
        ("2028年1月1日", "day_too_late"),
    ],
)
async def test_what_is_no_day_to_come_is_asked_again(
    worker: Someone, noise: Ticket, world: World, words: str, why: str
) -> None:
    await schedule(worker, noise)

    await worker.answers(words)

    again = await worker.last(why)
    assert "chip_day" in again.labels
    assert (await world.ticket(noise)).status is TicketStatus.IN_PROGRESS
    await worker.answers("周五上午")
    assert (await world.ticket(noise)).status is TicketStatus.SCHEDULED


async def test_a_photo_is_no_day(worker: Someone, noise: Ticket, world: World) -> None:
    await schedule(worker, noise)

    await worker.shows("calendar")

    assert (await worker.templates())[-1] == "day_unclear"
    assert (await world.ticket(noise)).status is TicketStatus.IN_PROGRESS


async def test_a_chip_pressed_after_its_day_is_refused(
    worker: Someone, noise: Ticket, world: World
) -> None:
    await schedule(worker, noise)
    world.clock.advance(timedelta(days=3))

    await worker.presses("chip_day")

    assert "day_past" in await worker.templates()
    assert (await world.ticket(noise)).status is TicketStatus.IN_PROGRESS


async def test_a_chip_that_was_tampered_with_changes_nothing(
    worker: Someone, noise: Ticket, world: World
) -> None:
    await worker.does(ScheduleTicket(ticket_id=noise.id or 0, on="soon"))

    assert (await worker.templates())[-1] == "error_out_of_date"
    assert (await world.ticket(noise)).status is TicketStatus.IN_PROGRESS


async def test_a_day_pressed_twice_is_told_once(
    worker: Someone, resident: Someone, noise: Ticket
) -> None:
    await schedule(worker, noise)
    await worker.presses("chip_day")

    await worker.presses("chip_day")

    assert (await worker.templates())[-1] == "error_moved_on"
    assert (await resident.templates()).count("push_scheduled") == 1


async def test_nobody_but_the_assignee_sets_the_day(
    worker: Someone, lead: Someone, resident: Someone, noise: Ticket, world: World
) -> None:
    before = await world.ticket(noise)

    await lead.does(ScheduleTicket(ticket_id=noise.id or 0))
    await resident.does(ScheduleTicket(ticket_id=noise.id or 0))

    assert (await lead.templates())[-1] == "error_not_allowed"
    assert (await resident.templates())[-1] == "error_not_allowed"
    assert await world.ticket(noise) == before


async def test_another_day_takes_a_reason_which_the_resident_hears(
    worker: Someone, resident: Someone, noise: Ticket, world: World
) -> None:
    await schedule(worker, noise)
    await worker.presses("chip_day", nth=1)
    await worker.does(ShowOptions(ticket_id=noise.id or 0))

    await worker.presses("button_reschedule")
    await worker.answers("后天下午")
    assert "reason_weather" in (await worker.last("reschedule_why")).labels
    await worker.presses("reason_weather")

    told = (await resident.last("push_rescheduled")).text
    assert "下午" in told
    assert "天气不好" in told
    assert (await world.ticket(noise)).status is TicketStatus.SCHEDULED


async def test_a_reason_in_words_is_masked_and_a_photo_is_none(
    worker: Someone, resident: Someone, noise: Ticket
) -> None:
    await schedule(worker, noise)
    await worker.presses("chip_day", nth=1)
    await worker.does(RescheduleTicket(ticket_id=noise.id or 0))
    await worker.presses("chip_day", nth=2)

    await worker.shows("sky")
    assert (await worker.templates())[-1] == "reschedule_why"
    await worker.answers("师傅改期了，找他13900001111")

    told = (await resident.last("push_rescheduled")).text
    assert "师傅改期了" in told
    assert "13900001111" not in told


async def test_a_day_after_the_promised_one_is_said_to_be_late(
    worker: Someone, noise: Ticket
) -> None:
    await schedule(worker, noise)

    await worker.answers("40天后")

    assert "button_extend" in (await worker.last("planned_late")).labels


async def test_the_assignee_is_reminded_once_on_the_morning_of_the_day(
    worker: Someone, noise: Ticket, world: World
) -> None:
    await schedule(worker, noise)
    await worker.answers("后天下午")
    await world.tick()
    assert "work_planned_today" not in await worker.templates()

    world.clock.advance(timedelta(hours=42))
    await world.tick()
    await world.tick()

    assert (await worker.templates()).count("work_planned_today") == 1
    reminded = await worker.last("work_planned_today")
    assert "button_go_there" in reminded.labels
    assert "今天下午" in reminded.text


async def test_a_day_that_goes_by_without_a_word_reaches_the_lead(
    worker: Someone, lead: Someone, noise: Ticket, world: World
) -> None:
    await schedule(worker, noise)
    await worker.answers("明天上午")

    world.clock.advance(timedelta(days=1, hours=10))
    await world.tick()
    await world.tick()

    assert (await lead.templates()).count("lead_planned_missed") == 1
    assert "button_reschedule" in (await worker.last("work_planned_missed")).labels


async def test_a_started_day_is_no_missed_one(
    worker: Someone, lead: Someone, noise: Ticket, world: World
) -> None:
    await schedule(worker, noise)
    await worker.answers("明天上午")
    world.clock.advance(timedelta(hours=20))
    await worker.presses("button_go_there")

    world.clock.advance(timedelta(days=1))
    await world.tick()

    assert (await world.ticket(noise)).status is TicketStatus.IN_PROGRESS
    assert "lead_planned_missed" not in await lead.templates()
    assert "work_planned_missed" not in await worker.templates()


async def test_a_new_day_is_reminded_of_anew(worker: Someone, noise: Ticket, world: World) -> None:
    await schedule(worker, noise)
    await worker.answers("明天上午")
    world.clock.advance(timedelta(hours=20))
    await world.tick()
    await worker.does(RescheduleTicket(ticket_id=noise.id or 0))
    await worker.answers("大后天")
    await worker.presses("reason_more_urgent")

    world.clock.advance(timedelta(days=3))
    await world.tick()

    assert (await worker.templates()).count("work_planned_today") == 2
    verbs = [entry.verb for entry in await world.timeline(noise)]
    assert verbs.count(Verb.RESCHEDULE) == 1
