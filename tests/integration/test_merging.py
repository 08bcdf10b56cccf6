"""Two neighbours tell the same matter: it is followed once, everyone hears, and it can be undone."""

from datetime import timedelta

import pytest

from actions.application.commands.deciding import MergeTicket
from actions.application.commands.drafting import JoinTicket
from actions.application.commands.following import (
    AddToTicket,
    ReopenTicket,
    ShowTicket,
    UrgeTicket,
    WithdrawTicket,
)
from actions.application.turn import Turn
from actions.domain.draft import Draft
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from tests.builders import Someone, World


@pytest.fixture
async def worker(world: World) -> Someone:
    return await world.worker("阿梅", Role.GWF, "G3", roster_key="gwf-3")


@pytest.fixture
async def lead(world: World, worker: Someone) -> Someone:
    return await world.worker("老区", Role.GLD, "LJ")


@pytest.fixture
async def first(world: World) -> Someone:
    return await world.resident("何姨", home="BL-45")


@pytest.fixture
async def second(world: World) -> Someone:
    return await world.resident("阿伯", home="BL-45")


@pytest.fixture
async def both(first: Someone, second: Someone) -> tuple[Someone, Someone]:
    return first, second


@pytest.fixture
async def leak(world: World, lead: Someone, first: Someone) -> Ticket:
    return await world.filed(first, "BLD01", "BL-45", "三楼扶手松了")


@pytest.fixture
async def unclear(world: World, leak: Ticket, second: Someone) -> Ticket:
    """The same, told so that nobody could say what kind it is."""
    return await world.filed(second, "OTH99", "BL-45", "楼梯那里又不行了，打13812345678")


@pytest.fixture
async def merged(world: World, lead: Someone, leak: Ticket, unclear: Ticket) -> Ticket:
    await lead.does(MergeTicket(ticket_id=unclear.id or 0, into=leak.id or 0, sure=True))
    return await world.ticket(unclear)


async def test_a_lead_is_offered_what_is_open_there_and_merges_with_one_tap(
    world: World, lead: Someone, second: Someone, leak: Ticket, unclear: Ticket
) -> None:
    await lead.presses("button_more")
    await lead.presses("button_merge")

    asked = await lead.last("merge_into_which")
    assert asked.labels == ["button_merge_into"]
    (line,) = asked.lines.values()
    assert leak.number in line
    assert "1 户" in line
    await lead.presses("button_merge_into")
    assert (await world.ticket(unclear)).status is TicketStatus.TRIAGE
    assert any("三楼扶手松了" in line for line in (await lead.last("merge_really")).lines.values())
    await lead.presses("button_merge_really")

    ticket = await world.ticket(unclear)
    assert (ticket.status, ticket.master) == (TicketStatus.MERGED, leak.number)
    told = await second.last("push_merged")
    assert unclear.number in told.text
    assert "2 户" in told.text
    assert "2 户" in (await lead.last("merged")).text


async def test_the_number_of_the_other_may_be_typed(
    world: World, lead: Someone, leak: Ticket, unclear: Ticket
) -> None:
    await lead.presses("button_more")
    await lead.presses("button_merge")

    await lead.answers("不知道")
    assert (await lead.templates())[-1] == "merge_no_such_number"
    await lead.answers(f"就是 {leak.number.lower()}")
    await lead.presses("button_merge_really")

    assert (await world.ticket(unclear)).master == leak.number


async def test_the_worker_hears_that_there_is_one_household_more_and_never_who(
    world: World, worker: Someone, merged: Ticket
) -> None:
    told = await worker.last("work_joined")

    assert "2 户" in told.text
    assert merged.number in told.text
    assert "13812345678" not in told.text
    assert "阿伯" not in told.text


async def test_each_hears_each_step_once_and_under_the_own_number(
    world: World, worker: Someone, both: tuple[Someone, Someone], leak: Ticket, merged: Ticket
) -> None:
    first, second = both
    await worker.presses("button_accept")
    await worker.writes("上门看过，明天换")
    await worker.presses("button_share")

    for person, number in ((first, leak.number), (second, merged.number)):
        assert (await person.templates()).count("push_accepted") == 1
        assert number in (await person.last("push_accepted")).text
        assert number in (await person.last("relay_note")).text


async def test_somebody_who_follows_both_is_told_once(
    world: World, worker: Someone, second: Someone, leak: Ticket, merged: Ticket
) -> None:
    await world.joins(second, leak)

    await worker.presses("button_accept")

    assert (await second.templates()).count("push_accepted") == 1
    assert leak.number in (await second.last("push_accepted")).text


async def test_a_merged_matter_shows_where_the_whole_stands(
    world: World, worker: Someone, second: Someone, merged: Ticket
) -> None:
    await worker.presses("button_accept")

    await second.does(ShowTicket(ticket_id=merged.id or 0))

    said = await second.last("ticket_standing")
    assert merged.number in said.text
    assert "已接单" in said.text
    async with world.reading() as uow:
        (mine,) = await uow.tickets.of_person(second.id)
    assert (mine.number, mine.status) == (merged.number, "accepted")


async def test_only_the_first_reporter_rates_and_all_hear_the_end_once(
    world: World, worker: Someone, both: tuple[Someone, Someone], leak: Ticket, merged: Ticket
) -> None:
    first, second = both
    await _resolved(worker)
    assert "push_resolved" in await first.templates()
    assert "push_resolved_for_follower" in await second.templates()

    await first.presses("button_satisfied")

    assert (await world.ticket(merged)).status is TicketStatus.CLOSED_FIXED
    closing = [name for name in await second.templates() if name == "push_closed_fixed"]
    assert len(closing) == 1
    assert merged.number in (await second.last("push_closed_fixed")).text


async def test_silence_closes_the_merged_one_as_unrated_too(
    world: World, worker: Someone, second: Someone, merged: Ticket
) -> None:
    await _resolved(worker)
    world.clock.advance(timedelta(days=7, minutes=1))

    await world.tick()

    assert (await world.ticket(merged)).status is TicketStatus.CLOSED_UNRATED
    assert (await second.templates()).count("push_lapsed") == 1


async def test_reopening_from_the_merged_one_reopens_the_whole_and_both_hear(
    world: World, worker: Someone, both: tuple[Someone, Someone], leak: Ticket, merged: Ticket
) -> None:
    first, second = both
    await _resolved(worker)
    await first.presses("button_satisfied")

    await second.does(ReopenTicket(ticket_id=merged.id or 0))
    await second.answers("二楼还是晃")

    assert (await world.ticket(leak)).reopenings == 1
    assert (await world.ticket(merged)).status is TicketStatus.CLOSED_FIXED
    assert "push_reopened" in await first.templates()
    assert "push_dispatched" in await second.templates()
    await first.does(ReopenTicket(ticket_id=leak.id or 0))
    assert (await first.templates())[-1] == "error_moved_on"
    await second.does(ReopenTicket(ticket_id=merged.id or 0))
    assert (await second.templates())[-1] == "ticket_standing"


async def test_hurrying_and_adding_reach_whoever_has_the_whole(
    world: World, worker: Someone, second: Someone, leak: Ticket, merged: Ticket
) -> None:
    await second.does(UrgeTicket(ticket_id=merged.id or 0))
    await second.does(AddToTicket(ticket_id=merged.id or 0))
    await second.answers("是九楼那段")

    assert (await world.ticket(leak)).chases == 1
    assert "是九楼那段" in (await worker.last("work_added")).text


async def test_the_first_reporter_leaving_leaves_the_whole_to_the_others(
    world: World, worker: Someone, both: tuple[Someone, Someone], leak: Ticket, merged: Ticket
) -> None:
    first, second = both
    await first.does(WithdrawTicket(ticket_id=leak.id or 0, confirmed=True))

    assert (await first.templates())[-1] == "left_matter"
    assert (await world.ticket(leak)).is_open
    await _resolved(worker)
    await second.presses("button_satisfied")
    assert (await world.ticket(leak)).status is TicketStatus.CLOSED_FIXED
    assert (await world.ticket(merged)).status is TicketStatus.CLOSED_FIXED


async def test_leaving_the_merged_one_takes_back_the_own_only(
    world: World, worker: Someone, second: Someone, leak: Ticket, merged: Ticket
) -> None:
    await second.does(WithdrawTicket(ticket_id=merged.id or 0, confirmed=True))
    before = await second.templates()

    await worker.presses("button_accept")

    assert (await world.ticket(merged)).status is TicketStatus.WITHDRAWN
    assert (await world.ticket(leak)).is_open
    assert await second.templates() == before


async def test_what_was_promised_sooner_holds_for_the_whole(
    world: World, lead: Someone, first: Someone, second: Someone, worker: Someone
) -> None:
    slow = await world.filed(first, "BLD01", "BL-45", "扶手松了")
    fast = await world.filed(second, "OTH99", "BL-45", "扶手要掉了")
    await lead.alters(fast, Verb.RECATEGORISE, urgency="U", settle_due_at=_soon(world))

    await lead.does(MergeTicket(ticket_id=fast.id or 0, into=slow.id or 0, sure=True))

    whole = await world.ticket(slow)
    assert whole.urgency == "U"
    assert whole.settle_due_at is not None
    assert whole.settle_due_at.isoformat() == _soon(world)


async def test_a_neighbour_who_joins_the_merged_one_joins_the_whole(
    world: World, worker: Someone, leak: Ticket, merged: Ticket
) -> None:
    third = await world.resident("小妹", home="BL-45")
    draft = Draft(
        conversation_id=third.conversation_id,
        person_id=third.id,
        text="我也看到了",
        batch="",
        begun_at=world.clock.now(),
        updated_at=world.clock.now(),
        alike=merged.id,
    )
    async with world.open_uow(Turn(cause="draft:joining")) as uow:
        number = await uow.drafts.add(draft)
        await uow.commit()

    await third.does(JoinTicket(draft_id=number, ticket_id=merged.id or 0))

    async with world.reading() as uow:
        assert third.id in await uow.tickets.followers(leak.id)  # type: ignore[arg-type]
    assert "3 户" in (await worker.last("work_joined")).text


def _soon(world: World) -> str:
    return (world.clock.now() + timedelta(minutes=30)).isoformat()


async def _resolved(worker: Someone) -> None:
    await worker.presses("button_accept")
    await worker.presses("button_resolve")
    await worker.shows("after")
