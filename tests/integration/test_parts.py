"""Several bodies on one matter: parts under one lead, and joined again."""

import pytest

from actions.application.commands.following import ShowTicket
from actions.application.commands.sharing import SplitTicket
from actions.application.commands.working import ResolveTicket
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from tests.builders import Someone, World


@pytest.fixture
async def lead(world: World) -> Someone:
    return await world.worker("阿梅", Role.GWF, "G3")


@pytest.fixture
async def officer(world: World) -> Someone:
    return await world.worker("李警官", Role.POL, "LJ")


@pytest.fixture
async def property_office(world: World) -> Someone:
    return await world.worker("物业", Role.PRM, "BL")


@pytest.fixture
async def reporter(world: World) -> Someone:
    return await world.resident("何姨", home="BL-45")


@pytest.fixture
async def ticket(
    world: World, lead: Someone, officer: Someone, property_office: Someone, reporter: Someone
) -> Ticket:
    ticket = await world.filed(reporter, "NOI03", "BL-45", "502的何姨说楼下半夜唱歌")
    await lead.presses("button_accept")
    return await world.ticket(ticket)


async def shared(lead: Someone, label: str = "button_split_with_all") -> None:
    await lead.presses("button_more")
    await lead.presses("button_split")
    await lead.presses(label)


async def parts_of(world: World, ticket: Ticket) -> dict[str, Ticket]:
    async with world.reading() as uow:
        return {part.assignee_role: part for part in await uow.tickets.parts_of(ticket.number)}


async def test_police_grid_and_property_work_on_one_matter_under_one_lead(
    world: World, lead: Someone, officer: Someone, reporter: Someone, ticket: Ticket
) -> None:
    await shared(lead)
    await lead.answers("今晚九点一起上门劝")

    parts = await parts_of(world, ticket)
    assert set(parts) >= {"POL", "PRM"}
    assert (await world.ticket(ticket)).assignee == lead.id
    card = await officer.last("work_dispatched")
    assert "今晚九点一起上门劝" in card.lines.values()
    assert "警" in (await reporter.last("push_joint")).text

    await officer.presses("button_accept")
    await officer.presses("button_resolve")
    await officer.answers("劝过了,答应十点后不唱")
    assert (await world.ticket(ticket)).status is TicketStatus.ACCEPTED
    assert "劝过了" in (await lead.last("push_resolved")).text
    await lead.presses("button_satisfied")

    steps = [e.data["step"] for e in await world.timeline(ticket) if e.verb is Verb.PART]
    assert steps == ["accept", "resolve", "satisfied"]


async def test_the_whole_is_settled_when_all_parts_are(
    world: World, lead: Someone, officer: Someone, reporter: Someone, ticket: Ticket
) -> None:
    await lead.presses("button_more")
    await lead.presses("button_split")
    offered = (await lead.last("split_with_whom")).buttons
    place = [each["command"]["to"] for each in offered].index(officer.id)
    await lead.presses("button_split_with", nth=place)
    await lead.presses("button_split_together")
    await officer.presses("button_accept")
    await officer.presses("button_resolve")
    await officer.answers("去过了")

    await lead.presses("button_satisfied")

    assert "parts_all_done" in await lead.templates()
    await lead.presses("button_resolve")
    await lead.answers("三方一起劝好了")
    assert (await world.ticket(ticket)).status is TicketStatus.RESOLVED
    await reporter.presses("button_satisfied")
    assert (await world.ticket(ticket)).status is TicketStatus.CLOSED_FIXED


async def test_who_settles_over_the_heads_of_others_is_told_and_may_take_the_parts_back(
    world: World, lead: Someone, officer: Someone, ticket: Ticket
) -> None:
    await shared(lead)
    await lead.presses("button_split_together")

    await lead.presses("button_resolve")
    assert (await lead.last("parts_open")).labels == ["button_end_parts"]
    assert (await world.ticket(ticket)).status is TicketStatus.ACCEPTED

    await lead.presses("button_end_parts")
    parts = await parts_of(world, ticket)
    assert {part.status for part in parts.values()} == {TicketStatus.WITHDRAWN}
    assert "work_part_withdrawn" in await officer.templates()
    await lead.presses("button_resolve")
    await lead.answers("不唱了")
    assert (await world.ticket(ticket)).status is TicketStatus.RESOLVED


async def test_no_word_of_the_reporter_goes_along_with_a_part(
    world: World, lead: Someone, officer: Someone, reporter: Someone, ticket: Ticket
) -> None:
    await shared(lead)
    await lead.answers("一起上门,反映人电话13800138000")

    said = await officer.heard()
    everything = "".join(f"{each.text}{each.lines}{each.photos}" for each in said)
    assert "何姨" not in everything
    assert "502" not in everything
    assert "13800138000" not in everything
    part = (await parts_of(world, ticket))["POL"]
    assert part.reporter == lead.id
    await officer.does(ShowTicket(ticket_id=ticket.id or 0))
    assert (await officer.heard())[-1].template == "error_not_found"


async def test_a_new_lead_of_the_whole_speaks_for_it_towards_the_parts(
    world: World, lead: Someone, officer: Someone, ticket: Ticket
) -> None:
    another = await world.worker("阿强", Role.GWF, "G3")
    await shared(lead)
    await lead.presses("button_split_together")
    await officer.presses("button_accept")

    await lead.presses("button_transfer")
    offered = (await lead.last("transfer_to_whom")).buttons
    ids = [each["command"]["to"] for each in offered]
    await lead.presses("button_transfer_to", nth=ids.index(another.id))
    await lead.presses("reason_off_duty")
    await officer.presses("button_resolve")
    await officer.answers("劝过了")

    await another.presses("button_satisfied")
    assert (await parts_of(world, ticket))["POL"].status is TicketStatus.CLOSED_FIXED
    assert "push_resolved" not in await lead.templates()


async def test_a_part_has_no_parts_and_is_nobody_elses_likely_matter(
    world: World, lead: Someone, officer: Someone, ticket: Ticket
) -> None:
    await shared(lead)
    await lead.presses("button_split_together")
    await officer.presses("button_accept")
    part = (await parts_of(world, ticket))["POL"]

    await officer.presses("button_more")
    assert "button_split" not in (await officer.last("options")).labels
    await officer.does(SplitTicket(ticket_id=part.id or 0))

    assert (await officer.heard())[-1].template == "error_moved_on"
    async with world.reading() as uow:
        alike = await uow.tickets.open_nearby("NOI03", ticket.area, ticket.grid)
    assert part.id not in [each.id for each in alike]


async def test_what_the_reporter_takes_back_ends_the_parts(
    world: World, lead: Someone, officer: Someone, reporter: Someone, ticket: Ticket
) -> None:
    await shared(lead)
    await lead.presses("button_split_together")

    await reporter.presses("button_withdraw")
    await reporter.presses("button_withdraw_really")

    parts = await parts_of(world, ticket)
    assert {part.status for part in parts.values()} == {TicketStatus.WITHDRAWN}


async def test_a_photo_alone_does_not_say_what_the_other_is_to_do(
    world: World, lead: Someone, officer: Someone, ticket: Ticket
) -> None:
    await shared(lead)

    await lead.shows("where")
    assert (await lead.heard())[-1].template == "waiting_needs_words"
    assert await parts_of(world, ticket) == {}
    await lead.answers("一起上门")

    assert "一起上门" in (await officer.last("work_dispatched")).lines.values()


async def test_a_part_that_is_done_can_be_judged_where_it_holds_up_the_whole(
    world: World, lead: Someone, officer: Someone, ticket: Ticket
) -> None:
    await shared(lead)
    await lead.presses("button_split_together")
    await officer.presses("button_accept")
    await officer.presses("button_resolve")
    assert "牵头的会看到" in (await officer.heard())[-1].text
    await officer.answers("劝过了")

    await lead.does(ResolveTicket(ticket_id=ticket.id or 0))
    held_up = await lead.last("parts_open")
    assert held_up.labels == [
        "button_part_satisfied", "button_part_dissatisfied", "button_end_parts",
    ]  # fmt: skip
    await lead.presses("button_part_satisfied")

    assert (await parts_of(world, ticket))["POL"].status is TicketStatus.CLOSED_FIXED
    await lead.does(ResolveTicket(ticket_id=ticket.id or 0))
    assert (await lead.last("parts_open")).labels == ["button_end_parts"]


async def test_a_done_part_that_is_not_good_enough_goes_on(
    world: World, lead: Someone, officer: Someone, ticket: Ticket
) -> None:
    await shared(lead)
    await lead.presses("button_split_together")
    await officer.presses("button_accept")
    await officer.presses("button_resolve")
    await officer.answers("劝过了")

    await lead.does(ResolveTicket(ticket_id=ticket.id or 0))
    await lead.presses("button_part_dissatisfied")
    await lead.answers("还在唱")

    assert (await parts_of(world, ticket))["POL"].status is not TicketStatus.RESOLVED


async def test_two_departments_may_both_be_brought_in(
    world: World, lead: Someone, ticket: Ticket
) -> None:
    water = await world.worker("供水", Role.DPT, "RT")
    power = await world.worker("供电", Role.DPT, "RT")
    for department in (water, power):
        await lead.does(SplitTicket(ticket_id=ticket.id or 0))
        offered = (await lead.last("split_with_whom")).buttons
        ids = [each["command"].get("to") for each in offered]
        await lead.presses("button_split_with", nth=ids.index(department.id))
        await lead.presses("button_split_together")

    for department in (water, power):
        assert "work_dispatched" in " ".join(await department.templates())
