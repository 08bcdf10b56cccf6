"""What cannot be merged is refused and changes nothing; of two at once, one is first."""

import asyncio

import pytest

from actions.application.commands.deciding import MergeTicket
from actions.application.commands.following import WithdrawTicket
from actions.application.commands.working import ShowOptions
from actions.domain.category import Privacy, Urgency
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


async def test_what_few_may_see_is_not_merged(
    world: World, lead: Someone, second: Someone, unclear: Ticket
) -> None:
    private = next(
        code
        for code, each in world.community.categories.items()
        if each.privacy is Privacy.RESTRICTED and each.urgency is not Urgency.E
    )
    other = await world.filed(await world.resident(), private, "BL-45", "家里的事")

    await lead.does(MergeTicket(ticket_id=unclear.id or 0, into=other.id or 0, sure=True))

    assert (await lead.templates())[-1] == "merge_apart"
    assert (await world.ticket(unclear)).status is TicketStatus.TRIAGE


async def test_a_sealed_matter_stays_sealed(world: World, lead: Someone, leak: Ticket) -> None:
    noise = await world.filed(await world.resident(), "NOI01", "LJ", "楼上很吵")
    assert noise.status is TicketStatus.TRIAGE

    await lead.does(MergeTicket(ticket_id=noise.id or 0, into=leak.id or 0, sure=True))

    assert (await lead.templates())[-1] == "merge_apart"


async def test_not_into_itself_nor_into_what_is_done(
    world: World, lead: Someone, worker: Someone, leak: Ticket, unclear: Ticket
) -> None:
    await lead.does(MergeTicket(ticket_id=unclear.id or 0, into=unclear.id or 0, sure=True))
    assert (await lead.templates())[-1] == "merge_itself"
    await _resolved(worker)

    await lead.does(MergeTicket(ticket_id=unclear.id or 0, into=leak.id or 0, sure=True))

    assert (await lead.templates())[-1] == "merge_closed"
    assert (await world.ticket(unclear)).status is TicketStatus.TRIAGE


async def test_into_a_merged_one_means_into_the_whole(
    world: World, lead: Someone, leak: Ticket, merged: Ticket
) -> None:
    third = await world.filed(await world.resident(), "OTH99", "BL-45", "扶手！")

    await lead.does(MergeTicket(ticket_id=third.id or 0, into=merged.id or 0, sure=True))

    assert (await world.ticket(third)).master == leak.number
    assert "3 户" in (await lead.last("merged")).text


async def test_what_leads_others_is_not_merged_itself(
    world: World, lead: Someone, second: Someone, unclear: Ticket, leak: Ticket
) -> None:
    other = await world.filed(await world.resident(), "OTH99", "BL-45", "楼梯")
    await lead.does(MergeTicket(ticket_id=other.id or 0, into=unclear.id or 0, sure=True))

    await lead.does(MergeTicket(ticket_id=unclear.id or 0, into=leak.id or 0, sure=True))

    assert (await lead.templates())[-1] == "merge_leads"
    assert (await world.ticket(unclear)).status is TicketStatus.TRIAGE


async def test_a_resident_and_a_worker_cannot_merge(
    world: World, worker: Someone, second: Someone, leak: Ticket, unclear: Ticket
) -> None:
    for person in (worker, second):
        await person.does(MergeTicket(ticket_id=unclear.id or 0, into=leak.id or 0, sure=True))
        assert (await person.templates())[-1] == "error_not_allowed"
        await person.does(ShowOptions(ticket_id=unclear.id or 0))
        assert "button_merge" not in (await person.last("options")).labels


async def test_two_leads_at_once_merge_once(
    world: World, lead: Someone, second: Someone, leak: Ticket, unclear: Ticket
) -> None:
    other = await world.worker("老陈", Role.GLD, "LJ")
    command = MergeTicket(ticket_id=unclear.id or 0, into=leak.id or 0, sure=True)

    await asyncio.gather(lead.does(command), other.does(command))

    said = sorted([(await lead.templates())[-1], (await other.templates())[-1]])
    assert said == ["error_moved_on", "merged"]
    assert (await second.templates()).count("push_merged") == 1
    assert [entry.verb for entry in await world.timeline(leak)].count(Verb.JOIN) == 1


async def test_merging_crosswise_at_once_leaves_one_whole(
    world: World, lead: Someone, leak: Ticket, unclear: Ticket
) -> None:
    other = await world.worker("老陈", Role.GLD, "LJ")
    twin = await world.filed(await world.resident(), "OTH99", "BL-45", "楼梯")

    await asyncio.gather(
        lead.does(MergeTicket(ticket_id=unclear.id or 0, into=twin.id or 0, sure=True)),
        other.does(MergeTicket(ticket_id=twin.id or 0, into=unclear.id or 0, sure=True)),
    )

    states = [(await world.ticket(each)).status for each in (unclear, twin)]
    assert sorted(str(state) for state in states) == ["merged", "triage"]


async def test_merging_while_the_other_closes_ends_in_one_of_two_ways(
    world: World, lead: Someone, first: Someone, leak: Ticket, unclear: Ticket
) -> None:
    command = MergeTicket(ticket_id=unclear.id or 0, into=leak.id or 0, sure=True)

    await asyncio.gather(
        lead.does(command), first.does(WithdrawTicket(ticket_id=leak.id or 0, confirmed=True))
    )

    whole, part = await world.ticket(leak), await world.ticket(unclear)
    both_stay = whole.is_open and part.status is TicketStatus.MERGED
    both_end = whole.status is TicketStatus.WITHDRAWN and part.status is TicketStatus.TRIAGE
    assert both_stay or both_end


async def _resolved(worker: Someone) -> None:
    await worker.presses("button_accept")
    await worker.presses("button_resolve")
    await worker.shows("after")
