"""Parts of a matter whose whole, or whose body, changes hands, ends or is given back."""

import pytest

from actions.application.commands.following import ShowTicket
from actions.application.commands.mediating import StepAside
from actions.application.commands.seats import TakeSeat
from actions.application.commands.sharing import SplitTicket
from actions.application.commands.working import DispatchTicket, ResolveTicket
from actions.domain.identifiers import AreaCode
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from tests.builders import Someone, World


@pytest.fixture
async def worker(world: World) -> Someone:
    return await world.worker("阿梅", Role.GWF, "G3")


@pytest.fixture
async def officer(world: World) -> Someone:
    return await world.worker("李警官", Role.POL, "LJ")


@pytest.fixture
async def head(world: World) -> Someone:
    return await world.worker("老区", Role.GLD, "G3")


@pytest.fixture
async def reporter(world: World) -> Someone:
    return await world.resident("何姨", home="BL-45")


@pytest.fixture
async def whole(
    world: World, worker: Someone, officer: Someone, head: Someone, reporter: Someone
) -> Ticket:
    """With the grid worker, a part of it with the police."""
    ticket = await world.filed(reporter, "NOI03", "BL-45", "楼下半夜唱歌")
    await worker.presses("button_accept")
    await worker.does(SplitTicket(ticket_id=ticket.id or 0, to=officer.id, together=True))
    return await world.ticket(ticket)


async def part_of(world: World, whole: Ticket) -> Ticket:
    async with world.reading() as uow:
        (part,) = await uow.tickets.parts_of(whole.number)
    return part


async def those_who_hear(world: World, ticket: Ticket) -> list[int]:
    async with world.reading() as uow:
        return list(await uow.tickets.followers(ticket.id))  # type: ignore[arg-type]


async def looks(someone: Someone, ticket: Ticket) -> str:
    await someone.does(ShowTicket(ticket_id=ticket.id or 0))
    return (await someone.templates())[-1]


async def loses_seat(world: World, by: Someone, leaver: Someone, role: Role, area: str) -> None:
    path = world.community.path(AreaCode(area))
    await by.does(TakeSeat(person_id=leaver.id, role=role.value, area=path, confirmed=True))


# -- the whole changes hands -------------------------------------------------------------------


async def test_whoever_led_before_neither_hears_nor_sees_a_part_any_more(
    world: World, worker: Someone, head: Someone, whole: Ticket
) -> None:
    other = await world.worker("阿强", Role.GWF, "G3")
    part = await part_of(world, whole)

    await head.does(DispatchTicket(ticket_id=whole.id or 0, to=other.id))

    assert await those_who_hear(world, part) == [other.id]
    assert await looks(other, part) == "ticket_standing"


async def test_given_back_to_the_first_lead_the_parts_come_back_too(
    world: World, worker: Someone, head: Someone, whole: Ticket
) -> None:
    other = await world.worker("阿强", Role.GWF, "G3")
    part = await part_of(world, whole)

    await head.does(DispatchTicket(ticket_id=whole.id or 0, to=other.id))
    await head.does(DispatchTicket(ticket_id=whole.id or 0, to=worker.id))

    assert await those_who_hear(world, part) == [worker.id]
    assert await looks(worker, part) == "ticket_standing"


@pytest.mark.parametrize("waits", [False, True])
async def test_a_lead_who_loses_their_seat_is_out_of_the_parts_at_once(
    world: World, worker: Someone, officer: Someone, head: Someone, whole: Ticket, *, waits: bool
) -> None:
    if waits:
        await worker.alters(whole, Verb.ASK, "哪一层？")
    other = await world.worker("阿强", Role.GWF, "G3")
    part = await part_of(world, whole)

    await loses_seat(world, head, worker, Role.GWF, "G3")
    await officer.presses("button_accept")

    assert await those_who_hear(world, part) == [other.id]
    assert await looks(worker, part) == "error_not_found"
    assert "push_accepted" in await other.templates()
    assert "push_accepted" not in await worker.templates()


async def test_the_moment_the_seat_is_gone_a_part_is_gone_however_it_was_lost(
    world: World, worker: Someone, officer: Someone, whole: Ticket
) -> None:
    part = await part_of(world, whole)
    assert await looks(worker, part) == "ticket_standing"

    await world.revoke(worker)

    assert await looks(worker, part) == "error_not_found"


async def test_with_nobody_to_lead_it_the_one_who_left_is_out_of_the_parts_all_the_same(
    world: World, worker: Someone, officer: Someone, reporter: Someone
) -> None:
    administrator = await world.worker("管理员", Role.ADM, "LJ")
    ticket = await world.filed(reporter, "NOI03", "BL-45")
    await worker.presses("button_accept")
    await worker.does(SplitTicket(ticket_id=ticket.id or 0, to=officer.id, together=True))
    part = await part_of(world, ticket)
    await loses_seat(world, administrator, officer, Role.POL, "LJ")
    await loses_seat(world, administrator, worker, Role.GWF, "G3")

    assert await those_who_hear(world, part) == []
    assert await looks(worker, part) == "error_not_found"


async def test_who_steps_aside_from_the_whole_is_kept_away_from_its_parts(
    world: World, worker: Someone, head: Someone, whole: Ticket
) -> None:
    part = await part_of(world, whole)

    await worker.does(StepAside(ticket_id=whole.id or 0, confirmed=True))

    assert await looks(worker, part) == "error_not_found"
    assert await those_who_hear(world, part) == [head.id]
    assert worker.id in (await world.ticket(part)).recused


async def test_a_body_that_is_given_the_whole_has_no_part_beside_it(
    world: World, worker: Someone, officer: Someone, head: Someone, whole: Ticket
) -> None:
    await head.does(DispatchTicket(ticket_id=whole.id or 0, to=officer.id))

    assert (await part_of(world, whole)).status is TicketStatus.WITHDRAWN
    assert (await world.ticket(whole)).assignee == officer.id


# -- a part changes hands ----------------------------------------------------------------------


async def test_a_part_goes_on_within_its_own_body(
    world: World, officer: Someone, whole: Ticket
) -> None:
    administrator = await world.worker("管理员", Role.ADM, "LJ")
    other = await world.worker("王警官", Role.POL, "LJ")

    await loses_seat(world, administrator, officer, Role.POL, "LJ")

    assert (await part_of(world, whole)).assignee == other.id


async def test_a_part_whose_body_has_left_is_ruled_on_and_never_its_own_leads(
    world: World, worker: Someone, officer: Someone, head: Someone, whole: Ticket
) -> None:
    administrator = await world.worker("管理员", Role.ADM, "LJ")

    await loses_seat(world, administrator, officer, Role.POL, "LJ")

    part = await part_of(world, whole)
    assert part.status is TicketStatus.RETURNED
    put = await head.last("lead_returned")
    assert worker.id not in [b["command"].get("to") for b in put.buttons]
    assert "part_returned" in await worker.templates()


async def test_the_lead_hears_that_a_body_gives_its_part_back(
    world: World, worker: Someone, officer: Someone, head: Someone, whole: Ticket
) -> None:
    await officer.presses("button_not_mine")
    await officer.answers("不归我们")

    told = await worker.last("part_returned")
    assert "社区民警" in told.text
    assert "不归我们" in told.text
    await head.does(DispatchTicket(ticket_id=(await part_of(world, whole)).id or 0, to=worker.id))
    assert (await part_of(world, whole)).status is TicketStatus.RETURNED


async def test_what_is_left_of_a_part_stays_with_its_body(
    world: World, worker: Someone, officer: Someone, whole: Ticket
) -> None:
    await officer.presses("button_accept")
    await officer.presses("button_resolve")
    await officer.answers("劝过一次")

    await worker.presses("button_partly")
    await worker.answers("周末还要再去")

    async with world.reading() as uow:
        rest = [p for p in await uow.tickets.parts_of(whole.number) if p.is_open]
    assert [(part.assignee, part.assignee_role) for part in rest] == [(officer.id, "POL")]
    assert "parts_all_done" not in await worker.templates()


async def test_a_part_not_done_goes_above_the_body_and_not_to_its_own_lead(
    world: World, worker: Someone, officer: Someone, head: Someone, whole: Ticket
) -> None:
    street = await world.worker("街道", Role.DSP, "LJ")
    await head.does(DispatchTicket(ticket_id=whole.id or 0, to=head.id))
    await officer.presses("button_accept")
    await officer.presses("button_resolve")
    await officer.answers("劝过了")

    await head.presses("button_dissatisfied")
    await head.answers("没有去")

    assert (await part_of(world, whole)).assignee == street.id


# -- the end -----------------------------------------------------------------------------------


async def test_taking_parts_back_is_said_once_and_what_was_done_is_not_called_withdrawn(
    world: World, worker: Someone, officer: Someone, whole: Ticket
) -> None:
    await officer.presses("button_accept")
    await officer.presses("button_resolve")
    await officer.answers("劝过了")
    await worker.does(ResolveTicket(ticket_id=whole.id or 0))

    await worker.presses("button_end_parts")

    assert (await part_of(world, whole)).status is TicketStatus.CLOSED_UNRATED
    assert (await worker.templates())[-1] == "parts_ended"
    assert "parts_all_done" not in await worker.templates()
    assert "反映人" not in (await officer.heard())[-1].text


async def test_a_part_taken_back_is_not_said_to_be_withdrawn_by_the_reporter(
    world: World, worker: Someone, officer: Someone, whole: Ticket
) -> None:
    await worker.does(ResolveTicket(ticket_id=whole.id or 0))
    await worker.presses("button_end_parts")

    assert "牵头" in (await officer.last("work_part_withdrawn")).text
    assert "work_withdrawn" not in await officer.templates()


async def test_whoever_is_dissatisfied_with_the_whole_wakes_none_of_its_parts(
    world: World, worker: Someone, officer: Someone, reporter: Someone, whole: Ticket
) -> None:
    await officer.presses("button_accept")
    await officer.presses("button_resolve")
    await officer.answers("劝过了")
    await worker.presses("button_satisfied")
    await worker.presses("button_resolve")
    await worker.answers("一起劝好了")
    said = len(await officer.heard())

    await reporter.presses("button_dissatisfied")
    await reporter.answers("还在唱")

    assert (await part_of(world, whole)).status is TicketStatus.CLOSED_FIXED
    assert len(await officer.heard()) == said
    assert (await world.ticket(whole)).assignee_role == "GLD"


async def test_before_the_committee_nobody_is_asked_to_settle_it_when_the_parts_are(
    world: World, worker: Someone, officer: Someone, whole: Ticket
) -> None:
    await officer.presses("button_accept")
    await officer.presses("button_resolve")
    await officer.answers("劝过了")
    await worker.presses("button_go_there")
    await worker.alters(whole, Verb.DELIBERATE, proposal="YS-1")

    await worker.presses("button_satisfied")

    assert (await part_of(world, whole)).status is TicketStatus.CLOSED_FIXED
    assert "parts_all_done" not in await worker.templates()


async def test_brought_in_before_anybody_has_it_they_are_brought_in_by_whoever_did(
    world: World, officer: Someone, head: Someone, reporter: Someone
) -> None:
    street = await world.worker("街道", Role.DSP, "LJ")
    ticket = await world.filed(reporter, "OTH99", "BL-45", "说不清是什么事")

    await street.does(SplitTicket(ticket_id=ticket.id or 0, to=officer.id, together=True))

    assert "街道分拨员请了社区民警一起办" in (await reporter.last("push_joint")).text


async def test_a_body_reads_of_the_lead_and_never_of_a_reporter(
    world: World, officer: Someone, worker: Someone, whole: Ticket
) -> None:
    await officer.presses("button_accept")
    assert "button_message_lead" in (await officer.last("accepted_part")).labels
    await officer.presses("button_message_lead")
    await officer.answers("今晚八点半到")
    await officer.presses("button_resolve")
    await officer.answers("劝过了")

    assert "今晚八点半到" in "".join(said.text for said in await worker.heard())
    assert (await officer.templates())[-1] == "resolved_part"
