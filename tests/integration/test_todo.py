"""What waits for each role: one list in chat, and the same tickets on the page."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from actions.adapters.database.schema.people import invitations, role_grants
from actions.adapters.database.todo import SqlMatters
from actions.application.commands.following import RequestCallback
from actions.application.commands.working import ShowTodo
from actions.application.deeds import act_by_rule
from actions.application.turn import Turn
from actions.domain.identifiers import AreaCode, TicketId
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import Verb
from tests.builders import Someone, World


async def listed(someone: Someone) -> list[tuple[str, TicketId]]:
    """Queue and ticket of every line, as chat shows them; the page shows the same tickets."""
    world = someone.world
    await someone.does(ShowTodo())
    answers = [said for said in await someone.heard() if said.template == "todo"]
    rows: list[tuple[str, TicketId]] = []
    if answers and (await someone.templates())[-1] in ("todo", "todo_besides"):
        said = answers[-1]
        queues = [label.removeprefix("queue_") for label, _ in said.row["content"]["card"]["lines"]]
        opened = [
            b["command"]["ticket_id"] for b in said.buttons if b["label"] == "button_open_nth"
        ]
        rows = list(zip(queues, opened, strict=True))
    matters = SqlMatters(world.database, world.clock, world.community)
    on_page = [each.summary.id for each in await matters.todo(await world._actor(someone.id))]
    assert on_page == [number for _, number in rows]
    return rows


async def gets(someone: Someone, role: Role, area: str) -> None:
    world = someone.world
    async with world.database.write() as conn:
        await conn.execute(
            insert(role_grants).values(
                person_id=someone.id,
                role=role.value,
                area=world.community.path(AreaCode(area)),
                granted_at=world.clock.now(),
                granted_by=0,
            )
        )
        await conn.commit()


async def filed(world: World, leaf: str, place: str = "BL-45", text: str = "有点事") -> Ticket:
    return await world.filed(await world.resident(), leaf, place, text)


@pytest.mark.parametrize(
    ("role", "leaf"),
    [
        (Role.GWF, "SAN02"), (Role.GWP, "SAN02"), (Role.PRM, "BLD04"), (Role.POL, "SAF05"),
        (Role.DPT, "PUB03"), (Role.OWC, "PMC03"), (Role.VOL, "SVC08"), (Role.DEP, "DEL05"),
        (Role.CHR, "DEL01"), (Role.CMT, "SVC06"), (Role.SUP, "OTH03"),
    ],
)  # fmt: skip
async def test_each_working_role_sees_what_is_with_them(
    world: World, role: Role, leaf: str
) -> None:
    worker = await world.worker("本人", role, "LJ")
    ticket = await filed(world, leaf)
    if (await world.ticket(ticket)).assignee != worker.id:
        pytest.fail(f"{leaf} went elsewhere")

    assert await listed(worker) == [("mine", ticket.id)]


async def test_a_lead_sees_what_came_back_first_then_what_nobody_has(world: World) -> None:
    lead = await world.worker("老区", Role.GLD, "BL")
    worker = await world.worker("阿梅", Role.GWF, "G3")
    elsewhere = await world.worker("老何", Role.GLD, "RY")
    unclear = await filed(world, "OTH99", text="说不清的事")
    ticket = await filed(world, "SAN02")
    await worker.presses("button_not_mine")
    await worker.presses("reason_not_my_duty")

    assert await listed(lead) == [("decide", ticket.id), ("decide", unclear.id)]
    assert await listed(elsewhere) == []


async def test_the_committee_is_not_asked_to_rule(world: World) -> None:
    committee = await world.worker("周主任", Role.CMT, "LJ")
    await world.worker("老区", Role.GLD, "BL")
    worker = await world.worker("阿梅", Role.GWF, "G3")
    await filed(world, "SAN02")
    await worker.presses("button_not_mine")
    await worker.presses("reason_not_my_duty")

    assert await listed(committee) == []


async def test_what_is_late_reaches_each_level_in_its_turn(world: World) -> None:
    lead = await world.worker("老区", Role.GLD, "LJ")
    committee = await world.worker("周主任", Role.CMT, "LJ")
    street = await world.worker("分拨员", Role.DSP, "RT")
    supervisor = await world.worker("督查员", Role.SUP, "RT")
    await world.worker("阿梅", Role.GWF, "G3")
    ticket = await filed(world, "SAN02")
    seen = []
    for rung in (1, 2, 3, 4):
        await _climb(world, ticket, rung)
        seen.append([await listed(each) != [] for each in (lead, committee, street, supervisor)])

    assert seen == [
        [False, False, False, False],
        [True, False, False, False],
        [True, True, False, True],
        [True, True, True, True],
    ]


async def _climb(world: World, ticket: Ticket, rung: int) -> None:
    async with world.open_uow(Turn(cause=f"climb:{rung}")) as uow:
        now = await uow.tickets.get(ticket.id)  # type: ignore[arg-type]
        await act_by_rule(
            uow, now, Verb.CLIMB, rung=rung, rung_clock="accept", rungs={"accept": rung}
        )
        await uow.commit()


async def test_what_waits_for_a_leads_word_is_on_their_list_until_it_is_given(
    world: World,
) -> None:
    lead = await world.worker("老区", Role.GLD, "LJ")
    worker = await world.worker("阿梅", Role.GWF, "G3")
    ticket = await filed(world, "SAN02")
    await worker.presses("button_accept")
    await worker.alters(ticket, Verb.START)
    await worker.alters(ticket, Verb.PROPOSE, "等材料", asks="hold", date="2026-03-09")

    assert await listed(lead) == [("approve", ticket.id)]

    await lead.alters(ticket, Verb.REFUSE, "先办着")

    assert await listed(lead) == []
    assert await listed(worker) == [("mine", ticket.id)]


async def test_an_outside_body_that_says_nothing_is_on_the_committees_list(world: World) -> None:
    committee = await world.worker("周主任", Role.CMT, "LJ")
    worker = await world.worker("阿梅", Role.GWF, "G3")
    ticket = await filed(world, "SAN02")
    await worker.presses("button_accept")
    await worker.alters(ticket, Verb.START)
    due = world.clock.now() + timedelta(days=3)
    await worker.alters(
        ticket, Verb.HAND_OUT, body="环卫站", receipt="HW-1", review_at=due.isoformat()
    )
    assert await listed(committee) == []

    world.clock.advance(timedelta(days=4))

    assert await listed(committee) == [("silent", ticket.id)]


async def test_dissatisfied_twice_or_about_the_staff_is_for_the_supervisor(world: World) -> None:
    supervisor = await world.worker("督查员", Role.SUP, "RT")
    street = await world.worker("分拨员", Role.DSP, "RT")
    worker = await world.worker("阿梅", Role.GWF, "G3")
    resident = await world.resident("何姨")
    ticket = await world.filed(resident, "SAN02", "BL-45")
    holder = worker
    for _ in range(2):
        now = await world.ticket(ticket)
        holder = {worker.id: worker, street.id: street}[now.assignee]  # type: ignore[index]
        await holder.alters(ticket, Verb.ACCEPT)
        await holder.alters(ticket, Verb.RESOLVE, "清了")
        await resident.alters(ticket, Verb.DISSATISFIED, "没清")

    assert await listed(supervisor) == [("supervised", ticket.id)]


async def test_a_reviewer_sees_what_is_of_no_certain_kind_and_what_was_merged(
    world: World,
) -> None:
    reviewer = await world.worker("审核员", Role.RVW, "LJ")
    lead = await world.worker("老区", Role.GLD, "LJ")
    unclear = await filed(world, "OTH99", text="说不清的事")

    assert await listed(reviewer) == [("review", unclear.id)]
    assert await listed(lead) == [("decide", unclear.id)]


async def test_several_roles_are_one_list_with_each_ticket_once(world: World) -> None:
    person = await world.worker("老区", Role.GLD, "LJ")
    await gets(person, Role.SUP, "RT")
    await gets(person, Role.RVW, "LJ")
    unclear = await filed(world, "OTH99", text="说不清的事")
    danger = await filed(world, "PUB02", text="井盖没了")

    assert (await world.ticket(danger)).assignee == person.id
    assert await listed(person) == [("mine", danger.id), ("decide", unclear.id)]


async def test_more_than_a_page_is_turned_and_an_emergency_never_falls_off(world: World) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3")
    plain = [await filed(world, "SAN02", text=f"第{n}处") for n in range(9)]
    danger = await filed(world, "PUB02", text="井盖没了")

    await worker.does(ShowTodo())
    first = await worker.last("todo")
    await worker.presses("button_todo_more")
    second = await worker.last("todo")

    opened = [b["command"]["ticket_id"] for b in first.buttons if b["label"] == "button_open_nth"]
    rest = [b["command"]["ticket_id"] for b in second.buttons if b["label"] == "button_open_nth"]
    assert opened[0] == danger.id
    assert {*opened, *rest} == {danger.id, *(each.id for each in plain)}
    assert (len(opened), len(rest)) == (8, 2)
    assert "⑨" in _texts(second)


def _texts(said: Any) -> str:
    return str(said.row["content"]["card"]["lines"])


async def test_calls_and_seats_that_wait_are_said_beside(world: World) -> None:
    lead = await world.worker("老区", Role.GLD, "LJ")
    resident = await world.resident("何姨", home="BL-45")
    await resident.does(RequestCallback())
    newcomer = await world.resident("小李")
    async with world.database.write() as conn:
        await conn.execute(
            insert(invitations).values(
                code_hash="x", role="GWF", area=world.community.path(AreaCode("G3")),
                created_by=0, created_at=world.clock.now(), expires_at=world.clock.now(),
                redeemed_by=newcomer.id, redeemed_at=world.clock.now(), needs_confirming=True,
            )
        )  # fmt: skip
        await conn.commit()

    await lead.does(ShowTodo())
    said = await lead.last("todo_besides")
    assert "回电" in said.text
    assert "网格员（3号网格）" in said.text
    await lead.presses("button_todo_seat")
    await lead.presses("button_seat_yes")
    await lead.presses("button_todo_call")

    assert (await world._actor(newcomer.id)).has_role(Role.GWF)
    assert "callback_yours" in await lead.templates()
    committee = await world.worker("周主任", Role.CMT, "LJ")
    await committee.does(ShowTodo())
    assert await committee.templates() == ["todo_empty"]


async def test_a_captain_is_asked_again_for_the_look_they_owe(world: World) -> None:
    captain = await world.worker("坤叔", Role.CAP, "BL-45")
    other = await world.worker("英姨", Role.CAP, "BL-44")
    worker = await world.worker("阿梅", Role.GWF, "G3")
    ticket = await filed(world, "SAN02")
    await worker.presses("button_accept")
    await worker.alters(ticket, Verb.VERIFY, look="still", asks=[captain.id])

    await captain.does(ShowTodo())
    await other.does(ShowTodo())

    assert "45栋" in (await captain.last("captain_please")).text
    assert await other.templates() == ["todo_empty"]
    await captain.presses("button_seen")
    await captain.does(ShowTodo())
    assert (await captain.templates())[-1] == "todo_empty"


async def test_whoever_works_off_nothing_sees_their_own_matters(world: World) -> None:
    resident = await world.resident("何姨")
    adviser = await world.worker("律师", Role.ADV, "LJ")
    await world.filed(resident, "SAN02", "BL-45")

    await resident.does(ShowTodo())
    await adviser.does(ShowTodo())

    assert (await resident.templates())[-1] == "my_matters"
    assert (await adviser.templates())[-1] == "no_matters"


async def test_a_role_of_a_grid_lists_nothing_beyond_it(world: World) -> None:
    lead = await world.worker("老区", Role.GLD, "G3")
    wide = await world.worker("区长", Role.GLD, "BL")
    there = await filed(world, "OTH99", place="BL-48", text="那边的事")

    assert await listed(lead) == []
    assert await listed(wide) == [("decide", there.id)]
