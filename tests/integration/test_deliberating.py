"""A matter for everybody gets a number before the committee, milestones, and a result or a way back."""

import asyncio
from datetime import timedelta

import pytest

from actions.application.commands.deciding import (
    DeliberateTicket,
    ShowAgenda,
    TakeFromAgenda,
    TellMilestone,
)
from actions.application.commands.following import ShowTicket
from actions.application.commands.working import ResolveTicket, ShowOptions
from actions.domain.category import Privacy, Urgency
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from tests.builders import Someone, World


@pytest.fixture
async def worker(world: World) -> Someone:
    return await world.worker("阿梅", Role.GWF, "G3", roster_key="gwf-3")


@pytest.fixture
async def chair(world: World) -> Someone:
    return await world.worker("陈叔", Role.CHR, "LJ")


@pytest.fixture
async def resident(world: World) -> Someone:
    return await world.resident("何姨", home="BL-45")


@pytest.fixture
async def railing(world: World, worker: Someone, chair: Someone, resident: Someone) -> Ticket:
    """Bound with wire for now; a new one is for everybody to decide."""
    ticket = await world.filed(resident, "BLD01", "BL-45", "扶手松了，打13812345678")
    await worker.presses("button_accept")
    await worker.presses("button_go_there")
    return await world.ticket(ticket)


@pytest.fixture
async def deliberated(world: World, worker: Someone, railing: Ticket) -> Ticket:
    await worker.does(DeliberateTicket(ticket_id=railing.id or 0, plain=True))
    return await world.ticket(railing)


async def test_the_worker_hands_it_over_and_everybody_hears_number_and_date(
    world: World, worker: Someone, chair: Someone, resident: Someone, railing: Ticket
) -> None:
    await worker.does(ShowOptions(ticket_id=railing.id or 0))
    await worker.presses("button_deliberate")
    await worker.answers("45栋整条扶手换新")

    ticket = await world.ticket(railing)
    assert ticket.status is TicketStatus.DELIBERATION
    assert ticket.proposal.startswith("YS-")
    told = await resident.last("push_deliberation")
    assert ticket.proposal in told.text
    assert "4月1日" in told.text
    assert ticket.proposal in (await worker.last("deliberated")).text
    card = await chair.last("lead_agenda")
    assert "45栋整条扶手换新" in card.text


async def test_the_proposed_title_holds_no_words_of_the_reporter(
    chair: Someone, deliberated: Ticket
) -> None:
    await chair.does(ShowAgenda())

    said = await chair.last("agenda")
    (line,) = said.lines.values()
    assert deliberated.proposal in line
    assert "45栋" in line
    assert "13812345678" not in line
    await chair.presses("button_open_ticket")
    assert (await chair.templates())[-1] == "record"


async def test_a_milestone_reaches_everyone_who_raised_it(
    world: World, chair: Someone, resident: Someone, deliberated: Ticket
) -> None:
    neighbour = await world.resident()
    await world.joins(neighbour, deliberated)

    await chair.does(TellMilestone(ticket_id=deliberated.id or 0))
    await chair.answers("十二月五日下午开会")

    for person in (resident, neighbour):
        assert "十二月五日" in (await person.last("push_milestone")).text
    assert "2 户" in (await chair.last("milestone_told")).text


async def test_the_result_settles_it_in_words_and_leaves_the_agenda_empty(
    world: World, chair: Someone, resident: Someone, deliberated: Ticket
) -> None:
    await chair.does(ResolveTicket(ticket_id=deliberated.id or 0))
    await chair.shows("ballot")
    assert (await chair.templates())[-1] == "proof_result"
    await chair.answers("表决通过，用维修资金整条换新")

    assert (await world.ticket(deliberated)).status is TicketStatus.RESOLVED
    told = await resident.last("push_resolved")
    assert "表决通过" in told.text
    assert "button_satisfied" in told.labels
    await chair.does(ShowAgenda())
    assert (await chair.templates())[-1] == "agenda_empty"


async def test_taken_back_it_returns_to_whoever_had_it_with_new_dates(
    world: World, worker: Someone, chair: Someone, resident: Someone, deliberated: Ticket
) -> None:
    await chair.does(TakeFromAgenda(ticket_id=deliberated.id or 0))
    await chair.answers("物业答应直接换")

    ticket = await world.ticket(deliberated)
    assert (ticket.status, ticket.assignee) == (TicketStatus.IN_PROGRESS, worker.id)
    assert ticket.settle_due_at is not None
    assert ticket.settle_due_at > world.clock.now()
    assert "物业答应" in (await resident.last("push_taken_back")).text
    assert "work_taken_back" in await worker.templates()
    await chair.does(ShowAgenda())
    assert (await chair.templates())[-1] == "agenda_empty"


async def test_taken_back_when_its_worker_has_gone_it_finds_another(
    world: World, worker: Someone, chair: Someone, deliberated: Ticket
) -> None:
    colleague = await world.worker("阿欢", Role.GWF, "G3")
    await world.revoke(worker)

    await chair.does(TakeFromAgenda(ticket_id=deliberated.id or 0))
    await chair.answers("直接换")

    ticket = await world.ticket(deliberated)
    assert ticket.assignee == colleague.id
    assert ticket.status is TicketStatus.TRANSFERRED


async def test_from_the_desk_it_goes_there_without_having_had_a_worker(
    world: World, chair: Someone, resident: Someone
) -> None:
    committee = await world.worker("林主任", Role.CMT, "LJ")
    ticket = await world.filed(resident, "OTH99", "BL-45", "架空层能不能改活动室")

    await committee.does(DeliberateTicket(ticket_id=ticket.id or 0))
    await committee.answers("架空层改活动室")

    assert (await world.ticket(ticket)).status is TicketStatus.DELIBERATION
    worker = await world.worker("阿梅", Role.GWF, "G3")
    await chair.does(TakeFromAgenda(ticket_id=ticket.id or 0))
    await chair.answers("街道已经有计划")
    assert (await world.ticket(ticket)).assignee == worker.id


async def test_what_few_may_see_is_not_for_a_meeting(world: World, resident: Someone) -> None:
    committee = await world.worker("林主任", Role.CMT, "LJ")
    private = next(
        code
        for code, each in world.community.categories.items()
        if each.privacy is Privacy.RESTRICTED and each.urgency is not Urgency.E
    )
    ticket = await world.filed(resident, private, "LJ", "家里的事")

    await committee.does(DeliberateTicket(ticket_id=ticket.id or 0, plain=True))

    assert (await committee.templates())[-1] in ("deliberate_private", "error_moved_on")
    assert (await world.ticket(ticket)).status is not TicketStatus.DELIBERATION


async def test_two_matters_at_once_get_two_numbers(
    world: World, worker: Someone, railing: Ticket, resident: Someone
) -> None:
    other = await world.filed(resident, "BLD01", "BL-45", "另一段也松了")
    await worker.presses("button_accept")
    await worker.presses("button_go_there")
    colleague = await world.worker("林主任", Role.CMT, "LJ")

    await asyncio.gather(
        worker.does(DeliberateTicket(ticket_id=railing.id or 0, plain=True)),
        colleague.does(DeliberateTicket(ticket_id=other.id or 0, plain=True)),
    )

    numbers = {(await world.ticket(each)).proposal for each in (railing, other)}
    assert len(numbers) == 2
    assert "" not in numbers


async def test_pressed_by_two_at_once_it_gets_one_number(
    world: World, worker: Someone, chair: Someone, resident: Someone, railing: Ticket
) -> None:
    command = DeliberateTicket(ticket_id=railing.id or 0, plain=True)

    await asyncio.gather(worker.does(command), chair.does(command))

    said = sorted([(await worker.templates())[-1], (await chair.templates())[-1]])
    assert "error_moved_on" in said
    assert (await resident.templates()).count("push_deliberation") == 1
    await chair.does(ShowAgenda())
    assert len((await chair.last("agenda")).lines) == 1


async def test_a_resident_and_a_stranger_cannot_use_the_chairs_verbs(
    world: World, resident: Someone, worker: Someone, deliberated: Ticket
) -> None:
    for person in (resident, worker):
        await person.does(TellMilestone(ticket_id=deliberated.id or 0))
        assert (await person.templates())[-1] == "error_not_allowed"
    stranger = await world.resident()
    await stranger.does(TakeFromAgenda(ticket_id=deliberated.id or 0))
    assert await stranger.templates() == ["error_not_found"]
    await stranger.does(ShowAgenda())
    assert (await stranger.templates())[-1] == "agenda_empty"


async def test_photos_alone_are_no_milestone(
    world: World, chair: Someone, resident: Someone, deliberated: Ticket
) -> None:
    await chair.does(TellMilestone(ticket_id=deliberated.id or 0))

    await chair.shows("picture")

    assert (await chair.templates())[-1] == "decide_needs_words"
    assert "push_milestone" not in await resident.templates()


async def test_after_a_month_everyone_hears_that_it_still_is_before_them(
    world: World, resident: Someone, deliberated: Ticket
) -> None:
    world.clock.advance(world.community.policy.deliberation_update_every)

    await world.tick()

    assert (await resident.templates()).count("push_still_deliberated") == 1
    assert "push_still_late" not in await resident.templates()


async def test_asked_how_it_stands_the_day_by_which_it_is_on_the_agenda_is_said(
    world: World, resident: Someone, deliberated: Ticket
) -> None:
    entries = await world.timeline(deliberated)
    promised = next(e.data["date"] for e in entries if e.verb is Verb.DELIBERATE)
    await resident.does(ShowTicket(ticket_id=deliberated.id or 0))

    said = await resident.last("ticket_standing_agenda")
    assert said.row["content"]["params"]["agenda"] == {"$moment": promised}

    world.clock.advance(timedelta(days=400))
    await resident.does(ShowTicket(ticket_id=deliberated.id or 0))
    assert (await resident.templates())[-1] == "ticket_standing_without_date"


async def test_once_a_milestone_was_told_no_earlier_day_is_promised(
    world: World, chair: Someone, resident: Someone, deliberated: Ticket
) -> None:
    await chair.does(TellMilestone(ticket_id=deliberated.id or 0))
    await chair.answers("已经开过一次会")
    await resident.does(ShowTicket(ticket_id=deliberated.id or 0))

    assert (await resident.templates())[-1] == "ticket_standing_without_date"
