"""Taken apart again: the own number, dates that can be kept, and only the own hear it."""

from datetime import timedelta

import pytest

from actions.application.commands.deciding import MergeTicket, UnmergeTicket
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus
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


async def test_taken_apart_it_stands_alone_and_its_own_hear_it(
    world: World, lead: Someone, worker: Someone, both: tuple[Someone, Someone], merged: Ticket
) -> None:
    first, second = both
    await lead.presses("button_unmerge")
    assert "reason_another_place" in (await lead.last("unmerge_why")).labels
    await lead.answers("是另一个单元的事")

    ticket = await world.ticket(merged)
    assert (ticket.status, ticket.master) == (TicketStatus.TRIAGE, "")
    assert merged.number in (await second.last("push_unmerged")).text
    assert "push_unmerged" not in await first.templates()
    await worker.presses("button_accept")
    assert "push_accepted" not in await second.templates()
    await lead.presses("button_hand_to_other")
    await lead.presses("button_hand_to")
    assert (await world.ticket(merged)).status is TicketStatus.DISPATCHED


async def test_a_promise_that_ran_out_meanwhile_is_made_anew(
    world: World, lead: Someone, merged: Ticket
) -> None:
    world.clock.advance(timedelta(days=30))

    await lead.does(UnmergeTicket(ticket_id=merged.id or 0, reason="another_matter"))

    ticket = await world.ticket(merged)
    assert ticket.settle_due_at is not None
    assert ticket.settle_due_at > world.clock.now()


async def test_a_photo_of_the_merged_one_is_on_the_card_of_the_whole(
    world: World, lead: Someone, worker: Someone, leak: Ticket
) -> None:
    third = await world.resident()
    shown = await world.filed(third, "OTH99", "BL-45", "看图", photos=["of-third"])
    await lead.does(MergeTicket(ticket_id=shown.id or 0, into=leak.id or 0, sure=True))

    async with world.reading() as uow:
        assert "of-third" in await uow.tickets.photos(leak.id)  # type: ignore[arg-type]
    await lead.does(UnmergeTicket(ticket_id=shown.id or 0, reason="another_place"))
    async with world.reading() as uow:
        assert "of-third" not in await uow.tickets.photos(leak.id)  # type: ignore[arg-type]
