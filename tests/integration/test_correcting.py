"""It is of another kind or lies elsewhere: the desk corrects it, and what was promised is kept."""

from datetime import timedelta

import pytest

from actions.application.commands.deciding import CorrectCategory, CorrectPlace
from actions.application.commands.working import ShowOptions
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
async def resident(world: World) -> Someone:
    return await world.resident("何姨", home="BL-45")


@pytest.fixture
async def unclear(world: World, lead: Someone, resident: Someone) -> Ticket:
    return await world.filed(resident, "OTH99", "BL-45", "楼上又来了")


@pytest.fixture
async def handrail(world: World, lead: Someone, resident: Someone) -> Ticket:
    return await world.filed(resident, "BLD01", "BL-45", "扶手松了")


async def test_the_kind_is_found_by_words_and_the_worker_gets_it_at_once(
    world: World, lead: Someone, worker: Someone, resident: Someone, unclear: Ticket
) -> None:
    await lead.presses("button_more")
    await lead.presses("button_recategorise")
    await lead.answers("noi01")

    ticket = await world.ticket(unclear)
    rules = world.community.category(ticket.category)
    assert ticket.category == "NOI01"
    assert (ticket.urgency, ticket.tier, ticket.privacy) == (
        rules.urgency.value, rules.tier.value, rules.privacy.value,
    )  # fmt: skip
    assert (ticket.status, ticket.assignee) == (TicketStatus.DISPATCHED, worker.id)
    assert "push_dispatched" in await resident.templates()


async def test_a_word_that_fits_several_kinds_offers_them(
    world: World, lead: Someone, unclear: Ticket
) -> None:
    await lead.does(CorrectCategory(ticket_id=unclear.id or 0))
    await lead.answers("噪音")

    asked = await lead.last("recategorise_several")
    assert len(asked.labels) > 1
    await lead.presses("button_category")
    assert (await world.ticket(unclear)).category != "OTH99"


async def test_what_fits_nothing_is_said_so_and_asked_again(
    world: World, lead: Someone, unclear: Ticket
) -> None:
    await lead.does(CorrectCategory(ticket_id=unclear.id or 0))

    await lead.answers("某某某")
    assert (await lead.templates())[-1] == "recategorise_none"
    await lead.answers("BLD01")

    assert (await world.ticket(unclear)).category == "BLD01"


async def test_the_likeliest_kinds_are_offered_as_they_were_ranked(
    world: World, lead: Someone, resident: Someone, handrail: Ticket
) -> None:
    await lead.does(CorrectCategory(ticket_id=handrail.id or 0))

    asked = await lead.last("recategorise_which")
    leaves = [button["command"]["leaf"] for button in asked.buttons]
    assert leaves
    assert all(leaf.startswith("BLD") for leaf in leaves)
    assert "BLD01" not in leaves


async def test_a_later_date_is_not_taken_unless_the_lead_says_so(
    world: World, lead: Someone, worker: Someone, resident: Someone, handrail: Ticket
) -> None:
    slow = max(
        (each for each in world.community.categories.values() if each.urgency.value in "NC"),
        key=lambda each: each.settle_min,
    )
    await lead.does(CorrectCategory(ticket_id=handrail.id or 0, leaf=slow.code))

    ticket = await world.ticket(handrail)
    assert ticket.category == slow.code
    assert ticket.settle_due_at == handrail.settle_due_at
    assert "push_recategorised" not in await resident.templates()
    await lead.presses("button_later_dates")
    later = (await world.ticket(handrail)).settle_due_at
    assert later is not None
    assert handrail.settle_due_at is not None
    assert later > handrail.settle_due_at
    assert "push_recategorised" in await resident.templates()
    assert "work_recategorised" in await worker.templates()


async def test_an_assignee_cannot_put_a_promise_off(
    world: World, worker: Someone, handrail: Ticket
) -> None:
    await worker.does(CorrectCategory(ticket_id=handrail.id or 0, leaf="BLD01", later=True))

    assert (await worker.templates())[-1] == "error_not_allowed"
    assert await world.ticket(handrail) == handrail


async def test_a_sooner_date_counts_and_the_residents_hear_it(
    world: World, lead: Someone, worker: Someone, resident: Someone
) -> None:
    noise = await world.filed(resident, "NOI01", "BL-45", "楼上有声音")
    urgent = min(
        (each for each in world.community.categories.values() if each.urgency.value == "U"),
        key=lambda each: each.settle_min,
    )
    await lead.does(CorrectCategory(ticket_id=noise.id or 0, leaf=urgent.code))

    ticket = await world.ticket(noise)
    assert ticket.settle_due_at is not None
    assert noise.settle_due_at is not None
    assert ticket.settle_due_at < noise.settle_due_at
    assert "push_recategorised" in await resident.templates()


async def test_a_tier_that_was_raised_stays_raised(
    world: World, lead: Someone, handrail: Ticket
) -> None:
    await lead.alters(handrail, Verb.RAISE_TIER, tier="急事", reason="老人摔倒")

    await lead.does(CorrectCategory(ticket_id=handrail.id or 0, leaf="BLD02"))

    assert (await world.ticket(handrail)).tier == "急事"


async def test_a_resident_is_not_offered_another_kind(
    world: World, resident: Someone, handrail: Ticket
) -> None:
    await resident.does(CorrectCategory(ticket_id=handrail.id or 0, leaf="BLD02"))

    assert (await resident.templates())[-1] == "error_not_allowed"
    assert (await world.ticket(handrail)).category == "BLD01"


async def test_a_kind_that_is_not_there_changes_nothing(
    world: World, lead: Someone, handrail: Ticket
) -> None:
    await lead.does(CorrectCategory(ticket_id=handrail.id or 0, leaf="XXX99"))

    assert (await lead.templates())[-1] == "error_out_of_date"
    assert (await world.ticket(handrail)).category == "BLD01"


async def test_a_place_that_was_missing_is_said_and_the_ticket_goes_out(
    world: World, lead: Someone, worker: Someone, resident: Someone
) -> None:
    lost = await world.filed(resident, "BLD01", "LJ", "扶手松了")
    assert lost.status is TicketStatus.TRIAGE

    await lead.presses("button_more")
    await lead.presses("button_relocate")
    await lead.answers("45栋三楼")

    ticket = await world.ticket(lost)
    assert ticket.location["place"] == "BL-45"
    assert (ticket.status, ticket.assignee) == (TicketStatus.DISPATCHED, worker.id)


async def test_words_that_name_no_place_are_asked_again(
    world: World, lead: Someone, handrail: Ticket
) -> None:
    await lead.does(CorrectPlace(ticket_id=handrail.id or 0))

    await lead.answers("那边那个地方")

    assert (await lead.templates())[-1] == "relocate_unknown"
    assert (await world.ticket(handrail)).location == handrail.location
    await lead.shows("picture")
    assert (await lead.templates())[-1] == "relocate_unknown"


async def test_the_reporter_says_where_it_really_is_and_the_worker_hears(
    world: World, worker: Someone, resident: Someone, handrail: Ticket
) -> None:
    await resident.does(ShowOptions(ticket_id=handrail.id or 0))
    await resident.presses("button_relocate")
    await resident.answers("是48栋")

    assert (await world.ticket(handrail)).location["place"] == "BL-48"
    assert "work_relocated" in await worker.templates()


async def test_a_floor_alone_makes_the_place_more_exact(
    world: World, lead: Someone, handrail: Ticket
) -> None:
    await lead.does(CorrectPlace(ticket_id=handrail.id or 0))
    await lead.answers("五楼")

    where = (await world.ticket(handrail)).location
    assert where["place"] == "BL-45"
    assert "五楼" in where["detail"]


async def test_a_grid_worker_asks_from_the_desk_and_the_lead_hears_the_answer_too(
    world: World, lead: Someone, worker: Someone, resident: Someone, unclear: Ticket
) -> None:
    await worker.does(ShowOptions(ticket_id=unclear.id or 0))
    await worker.presses("button_ask_reporter")
    await worker.answers("是什么声音？")
    assert (await world.ticket(unclear)).status is TicketStatus.NEEDS_INFO
    world.clock.advance(timedelta(minutes=5))

    await resident.presses("button_answer")
    await resident.answers("是打鼓")

    assert (await world.ticket(unclear)).status is TicketStatus.TRIAGE
    for person in (worker, lead):
        assert "是打鼓" in (await person.last("relay_answer")).text
    assert "button_hand_to_other" in (await lead.last("relay_answer")).labels


async def test_a_lead_who_asked_hears_the_answer_once(
    world: World, lead: Someone, resident: Someone, unclear: Ticket
) -> None:
    await lead.does(ShowOptions(ticket_id=unclear.id or 0))
    await lead.presses("button_ask_reporter")
    await lead.answers("是什么声音？")

    await resident.presses("button_answer")
    await resident.answers("是打鼓")

    assert (await lead.templates()).count("relay_answer") == 1
    assert "button_more" in (await lead.last("relay_answer")).labels
