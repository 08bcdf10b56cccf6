"""Two people at once, two processes at once: one comes first, and nothing is torn."""

import asyncio

import pytest

from actions.application.commands.following import RequestCallback, UrgeTicket
from actions.application.commands.waiting import ApproveProposal, AskToHold, RefuseProposal
from actions.application.commands.working import (
    AcceptTicket,
    DispatchTicket,
    ResolveTicket,
    ReturnTicket,
    TakeCallback,
)
from actions.domain.people import Role
from actions.domain.ticket_status import TicketStatus, Verb
from tests.builders import Someone, World


@pytest.fixture
async def lead(world: World) -> Someone:
    return await world.worker("老区", Role.GLD, "LJ")


@pytest.fixture
async def worker(world: World) -> Someone:
    return await world.worker("阿梅", Role.GWF, "G3")


async def test_accepting_and_being_relieved_at_once_leaves_one_owner(
    world: World, lead: Someone, worker: Someone
) -> None:
    other = await world.worker("阿欢", Role.GWP, "G3")
    ticket = await world.filed(await world.resident(), "NOI01")
    number = ticket.id or 0

    await asyncio.gather(
        worker.does(AcceptTicket(ticket_id=number)),
        lead.does(DispatchTicket(ticket_id=number, to=other.id)),
        worker.does(ReturnTicket(ticket_id=number, reason="no_capacity")),
    )

    timeline = await world.timeline(ticket)
    ended = await world.ticket(ticket)
    assert [entry.seq for entry in timeline] == list(range(1, len(timeline) + 1))
    assert ended.status is timeline[-1].target
    assert ended.assignee in (worker.id, other.id)


async def test_a_yes_and_a_no_at_once_make_one_answer(
    world: World, lead: Someone, worker: Someone
) -> None:
    committee = await world.worker("居委", Role.CMT, "LJ")
    ticket = await world.filed(await world.resident(), "NOI01")
    await worker.presses("button_accept")
    await worker.presses("button_go_there")
    number = ticket.id or 0
    await worker.does(AskToHold(ticket_id=number))
    await worker.answers("下周一")
    await worker.presses("reason_weather")
    (seq,) = [e.seq for e in await world.timeline(ticket) if e.verb is Verb.PROPOSE]

    await asyncio.gather(
        lead.does(ApproveProposal(ticket_id=number, seq=seq)),
        committee.does(RefuseProposal(ticket_id=number, seq=seq, reason="carry_on")),
        worker.does(ResolveTicket(ticket_id=number)),
    )

    verbs = [entry.verb for entry in await world.timeline(ticket)]
    assert verbs.count(Verb.HOLD) + verbs.count(Verb.REFUSE) == 1


async def test_two_leads_hand_it_out_once(world: World, lead: Someone, worker: Someone) -> None:
    second = await world.worker("老李", Role.GLD, "LJ")
    ticket = await world.filed(await world.resident(), "OTH99", "BL-45", "说不清")
    hand_out = DispatchTicket(ticket_id=ticket.id or 0, to=worker.id)
    assert ticket.status is TicketStatus.TRIAGE

    await asyncio.gather(lead.does(hand_out), second.does(hand_out))

    verbs = [entry.verb for entry in await world.timeline(ticket)]
    assert verbs.count(Verb.DISPATCH) == 1
    assert (await worker.templates()).count("work_dispatched") == 1


async def test_neighbours_chasing_at_once_are_all_counted(world: World, worker: Someone) -> None:
    ticket = await world.filed(await world.resident(), "NOI01")
    neighbours = [await world.resident() for _ in range(4)]
    for neighbour in neighbours:
        await world.joins(neighbour, ticket)

    await asyncio.gather(
        *(neighbour.does(UrgeTicket(ticket_id=ticket.id or 0)) for neighbour in neighbours)
    )

    assert (await world.ticket(ticket)).chases == 4
    assert (await worker.templates()).count("work_urged") == 1


async def test_a_call_is_taken_once(world: World, worker: Someone) -> None:
    second = await world.worker("小陈", Role.GWF, "G3")
    resident = await world.resident(home="BL-45")
    await resident.does(RequestCallback())

    await asyncio.gather(
        worker.does(TakeCallback(callback_id=1)), second.does(TakeCallback(callback_id=1))
    )

    assert (await resident.templates()).count("callback_taken") == 1
