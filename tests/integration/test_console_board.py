"""The board: who sees what, narrowed down, leafed through, the same on both stores."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from actions.adapters.database.board import PAGE, SqlBoard
from actions.application.board import GROUPS, Wanted
from actions.application.turn import Turn
from actions.domain.identifiers import LeafCode, TicketId
from actions.domain.people import SYSTEM, Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from tests.builders import Someone, World
from tests.integration.console_house import joined
from tests.integration.web_house import House


async def sees(world: World, someone: Someone, **wanted: object) -> list[str]:
    """Numbers on the first page, the newest first."""
    board = SqlBoard(world.database, world.clock, world.community)
    async with world.reading() as uow:
        actor = await uow.people.actor(someone.id)
    return [row.number for row in (await board.page(actor, Wanted(**wanted))).rows]  # type: ignore[arg-type]


def numbers(*tickets: Ticket) -> list[str]:
    return [each.number for each in reversed(tickets)]


@pytest.fixture
async def dispatcher(world: World) -> Someone:
    return await world.worker("分拨员", Role.DSP, "RT")


@pytest.fixture
async def resident(world: World) -> Someone:
    return await world.resident("何姨", home="BL-45")


def test_every_state_is_in_a_group_and_open_ones_in_one_part_of_the_board() -> None:
    parts = ("undecided", "untaken", "working", "waiting", "resolved")

    assert GROUPS["all"] == frozenset(TicketStatus) - {TicketStatus.DRAFT}
    assert sum(len(GROUPS[name]) for name in parts) == len(GROUPS["open"]) - 1
    assert GROUPS["open"].difference(*(GROUPS[name] for name in parts)) == {TicketStatus.MERGED}


async def test_staff_see_what_lies_where_they_work(world: World, resident: Someone) -> None:
    lead = await world.worker("网格长", Role.GLD, "G3")
    other = await world.worker("别处的网格长", Role.GLD, "G1")
    everywhere = await world.worker("社区", Role.CMT, "LJ")
    here = await world.filed(resident, "BLD01", "BL-45")

    assert await sees(world, lead) == numbers(here)
    assert await sees(world, everywhere) == numbers(here)
    assert await sees(world, other) == []
    assert await sees(world, resident) == []


async def test_who_a_matter_is_about_never_finds_it(world: World, resident: Someone) -> None:
    supervisor = await world.worker("督查员", Role.SUP, "RT")
    another = await world.worker("另一位督查员", Role.SUP, "RT")
    lead = await world.worker("网格长", Role.GLD, "LJ")
    ticket = await world.filed(resident, "OTH03", "BL-45", "上门的人态度很差")
    async with world.open_uow(Turn(cause="test:recused")) as uow:
        kept = await uow.tickets.get(ticket.id or TicketId(0))
        kept.record(Verb.RECUSE, uow.deed("system", SYSTEM.person_id), recused=[supervisor.id])
        await uow.tickets.save(kept)
        await uow.commit()

    for wanted in ({}, {"words": "态度"}, {"words": ticket.number}):
        assert await sees(world, another, **wanted) == numbers(ticket)
        assert await sees(world, supervisor, **wanted) == []
        assert await sees(world, lead, **wanted) == []


async def test_what_few_may_read_is_on_the_board_of_few(world: World, resident: Someone) -> None:
    private = await world.filed(resident, "SVC07", "BL-45", "想找人聊聊，心里难受")
    sealed = await world.filed(resident, "NOI01", "BL-45", "楼上半夜唱歌")
    committee = await world.worker("社区", Role.CMT, "LJ")
    worker = await world.worker("网格员", Role.GWF, "G3")
    property_firm = await world.worker("物业", Role.PRM, "BL")

    assert await sees(world, committee) == numbers(private, sealed)
    assert await sees(world, worker) == numbers(sealed)
    assert await sees(world, property_firm) == []


async def test_the_board_is_narrowed_down(
    world: World, dispatcher: Someone, resident: Someone
) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3", roster_key="gwf-3")
    rail = await world.filed(resident, "BLD01", "BL-45")
    noise = await world.filed(resident, "NOI01", "BL-44", "楼上半夜唱歌")
    async with world.reading() as uow:
        noise = await uow.tickets.get(noise.id or TicketId(0))
        rail = await uow.tickets.get(rail.id or TicketId(0))
    community = world.community
    day = world.clock.now().astimezone(community.timezone).date()

    for wanted, expected in (
        ({"area": community.path("BL-45")}, [rail]),  # type: ignore[arg-type]
        ({"area": community.path("BL")}, [rail, noise]),  # type: ignore[arg-type]
        ({"area": community.path("G3")}, [rail, noise]),  # type: ignore[arg-type]
        ({"area": community.path("RY")}, []),  # type: ignore[arg-type]
        ({"categories": (LeafCode("NOI01"),)}, [noise]),
        ({"urgency": rail.urgency}, [each for each in (rail, noise) if each.urgency == "U"]),
        ({"tier": noise.tier}, [each for each in (rail, noise) if each.tier == noise.tier]),
        ({"assignee": worker.id}, [e for e in (rail, noise) if e.assignee == worker.id]),
        ({"since": day, "until": day}, [rail, noise]),
        ({"since": day + timedelta(days=1)}, []),
        ({"until": day - timedelta(days=1)}, []),
        ({"channel": "webchat"}, [rail, noise]),
        ({"channel": "telegram"}, []),
        ({"late": True}, []),
        ({"group": "closed"}, []),
    ):
        assert await sees(world, dispatcher, **wanted) == numbers(*expected), wanted


async def test_what_is_late_is_told_from_what_is_not(
    world: World, dispatcher: Someone, resident: Someone
) -> None:
    old = await world.filed(resident)
    world.clock.set(world.clock.now() + timedelta(days=9))
    new = await world.filed(resident, "BLD04", "BL-44", "楼道灯不亮")

    assert await sees(world, dispatcher) == numbers(old, new)
    assert await sees(world, dispatcher, late=True) == numbers(old)


async def test_pages_keep_their_place_while_tickets_are_added(
    world: World, dispatcher: Someone, resident: Someone
) -> None:
    filed = [await world.filed(resident, "BLD01", "BL-45", f"第{i}件") for i in range(4)]
    await _copies(world, filed[0], PAGE + 5)
    board = SqlBoard(world.database, world.clock, world.community)
    async with world.reading() as uow:
        actor = await uow.people.actor(dispatcher.id)

    first = await board.page(actor, Wanted())
    await world.filed(resident, "BLD01", "BL-45", "刚刚又来一件")
    second = await board.page(actor, Wanted(), before=first.further)

    assert len(first.rows) == PAGE
    assert second.further is None
    ids = [row.id for row in (*first.rows, *second.rows)]
    assert ids == sorted(ids, reverse=True)
    assert len(set(ids)) == PAGE + 5 + 4


async def test_a_board_counts_no_further_than_it_must(
    world: World, dispatcher: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident)
    await _copies(world, ticket, 3)
    board = SqlBoard(world.database, world.clock, world.community)
    async with world.reading() as uow:
        actor = await uow.people.actor(dispatcher.id)

    found = await board.page(actor, Wanted())
    assert (found.count, found.is_more) == (4, False)

    await _copies(world, ticket, 500)
    found = await board.page(actor, Wanted())
    assert (found.count, found.is_more) == (500, True)


async def test_the_page_of_the_board(house: House) -> None:
    world = house.world
    desk = await joined(house, Role.DSP, "RT", login="fenbo", name="分拨员")
    resident = await world.resident("何姨", home="BL-45")
    rail = await world.filed(resident, "BLD01", "BL-45", "<b>扶手</b>松了 13800138000")

    seen = await desk.opens("/admin/")
    assert seen.status == 200
    assert rail.number in seen.words
    assert "<b>扶手" not in seen.text
    assert "13800138000" not in seen.text
    assert seen.markup.crooked == []

    assert rail.number in (await desk.opens("/admin/?q=扶手&group=all&area=BL-45")).words
    assert rail.number not in (await desk.opens("/admin/?q=灯")).words
    assert (await desk.opens(f"/admin/?q={rail.number}")).path == f"/admin/tickets/{rail.number}"
    for odd in (
        "group=x&tier=y&who=abc&from=31.2.&before=-1",
        "area=..&category=%00&late=",
        "q=%F0%9F",
    ):
        assert (await desk.opens(f"/admin/?{odd}")).status == 200, odd


async def _copies(world: World, ticket: Ticket, count: int) -> Sequence[TicketId]:
    """So many more of it, by the road on which tickets are kept."""
    made = []
    async with world.open_uow(Turn(cause=f"test:copies:{count}")) as uow:
        timeline = await uow.tickets.timeline(ticket.id or TicketId(0))
        for _ in range(count):
            number = await uow.tickets.next_number()
            again = Ticket.fold(
                replace(each, data={**each.data, "number": number})
                if "number" in each.data
                else each
                for each in timeline
            )
            again.new_entries = [
                replace(each, data={**each.data, "number": number})
                if "number" in each.data
                else each
                for each in timeline
            ]
            made.append(await uow.tickets.add(again))
        await uow.commit()
    return made
