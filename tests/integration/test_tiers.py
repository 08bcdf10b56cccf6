"""小事, 急事, 难事: who decides, who learns of it, what lifts a matter and who may lower it."""

from datetime import timedelta

import pytest

from actions.application.commands.following import AddToTicket, UrgeTicket
from actions.application.commands.tiers import LowerTier, RaiseTier
from actions.application.deeds import act
from actions.application.turn import Turn
from actions.domain.category import Tier
from actions.domain.identifiers import TicketId
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from tests.builders import Someone, World

#: A small matter of the property office, an urgent one of theirs, a hard one of theirs.
SMALL, URGENT, HARD = "BLD04", "BLD05", "BLD01"


@pytest.fixture
async def worker(world: World) -> Someone:
    return await world.worker("阿梅", Role.GWF, "G3")


@pytest.fixture
async def lead(world: World) -> Someone:
    return await world.worker("老区", Role.GLD, "LJ")


@pytest.fixture
async def committee(world: World) -> Someone:
    return await world.worker("周主任", Role.CMT, "LJ")


@pytest.fixture
async def chair(world: World) -> Someone:
    return await world.worker("莫主任", Role.CHR, "LJ")


@pytest.fixture
async def resident(world: World) -> Someone:
    return await world.resident()


async def tier_of(world: World, ticket: Ticket) -> str:
    return (await world.ticket(ticket)).tier


async def joined(world: World, ticket: Ticket, text: str = "我家也是") -> Someone:
    """Me too, as the handler does it."""
    neighbour = await world.resident()
    actor = await world._actor(neighbour.id)
    turn = Turn(
        cause=f"join:{neighbour.id}", actor=actor, conversation_id=neighbour.conversation_id
    )
    async with world.open_uow(turn) as uow:
        kept = await uow.tickets.get(TicketId(ticket.id or 0))
        await uow.tickets.follow(TicketId(ticket.id or 0), neighbour.id, "me_too")
        await act(uow, kept, Verb.JOIN, text=text)
        await world.bus._follow_up(uow)
        await uow.commit()
    return neighbour


# -- who learns of it ----------------------------------------------------------------------------


async def test_an_urgent_matter_worked_on_by_others_is_copied_to_the_committee_once(
    world: World, worker: Someone, committee: Someone, resident: Someone
) -> None:
    second = await world.worker("小邓", Role.CMT, "LJ")
    ticket = await world.filed(resident, URGENT, "BL-45", "楼上漏水")

    told = [*await committee.templates(), *await second.templates()]
    assert told == ["copy_urgent"]
    copied = (await committee.heard() or await second.heard())[0]
    assert "居委会" not in copied.text
    assert "网格员先办" in copied.text
    assert copied.labels == ["button_record", "button_more"]
    assert ticket.assignee == worker.id
    await worker.presses("button_accept")
    assert len(await committee.heard()) + len(await second.heard()) == 1


async def test_the_committee_is_not_put_in_copy_of_what_it_has(
    world: World, committee: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, URGENT, "BL-45", "楼上漏水")

    assert ticket.assignee == committee.id
    assert "copy_urgent" not in await committee.templates()


async def test_a_hard_matter_is_in_the_chairs_queue(
    world: World, worker: Someone, committee: Someone, chair: Someone, resident: Someone
) -> None:
    await world.filed(resident, HARD, "BL-45", "三楼扶手松了")

    assert await chair.templates() == ["copy_hard"]
    assert "copy_hard" not in await committee.templates()


async def test_a_small_matter_is_the_grids_own(
    world: World, worker: Someone, committee: Someone, chair: Someone, resident: Someone
) -> None:
    await world.filed(resident, SMALL, "BL-45", "楼道灯不亮")

    assert [*await committee.templates(), *await chair.templates()] == []


# -- what lifts it -------------------------------------------------------------------------------


async def test_the_third_household_lifts_a_small_matter_to_the_committee(
    world: World, worker: Someone, committee: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, SMALL, "BL-45", "楼道灯不亮")
    await joined(world, ticket)
    assert await tier_of(world, ticket) == Tier.SMALL
    await joined(world, ticket)

    assert await tier_of(world, ticket) == Tier.URGENT
    assert await committee.templates() == ["copy_urgent"]
    told = await worker.last("work_tier_raised")
    assert "急事" in told.text
    assert "居委会" in told.text
    raised = [e for e in await world.timeline(ticket) if e.verb is Verb.RAISE_TIER]
    assert [(e.role, e.data["signal"]) for e in raised] == [("system", "households")]
    await joined(world, ticket)
    assert (await worker.templates()).count("work_tier_raised") == 1


async def test_a_word_of_danger_in_a_detail_lifts_it(
    world: World, worker: Someone, committee: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, SMALL, "BL-45", "楼道灯不亮")
    await resident.does(AddToTicket(ticket_id=ticket.id or 0))
    await resident.answers("刚才有人触电了")

    assert await tier_of(world, ticket) == Tier.URGENT
    assert "有危险" in (await worker.last("work_tier_raised")).text


async def test_a_word_of_danger_from_a_neighbour_who_joins_lifts_it_too(
    world: World, worker: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, SMALL, "BL-45", "楼道灯不亮")
    await joined(world, ticket, "我家也是，刚才有人触电了")

    assert await tier_of(world, ticket) == Tier.URGENT


async def test_households_that_come_by_merging_count(
    world: World, worker: Someone, lead: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, SMALL, "BL-45", "楼道灯不亮")
    for _ in range(2):
        another = await world.filed(await world.resident(), "OTH99", "BL-45", "灯坏了吧")
        assert another.status is TicketStatus.TRIAGE
        await lead.alters(another, Verb.MERGE, master=ticket.number)

    assert await tier_of(world, ticket) == Tier.URGENT


async def test_an_ordinary_detail_lifts_nothing(
    world: World, worker: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, SMALL, "BL-45", "楼道灯不亮")
    await resident.does(AddToTicket(ticket_id=ticket.id or 0))
    await resident.answers("是三楼那盏")

    assert await tier_of(world, ticket) == Tier.SMALL


async def test_twice_not_settled_makes_an_urgent_matter_a_hard_one(
    world: World, worker: Someone, lead: Someone, chair: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, "SAF03", "BL-45", "楼道堵着电动车")
    for someone, photo in ((worker, "b" * 26), (lead, "c" * 26)):
        await someone.presses("button_accept")
        await someone.presses("button_resolve")
        await someone.shows(photo)
        if (await world.ticket(ticket)).status is not TicketStatus.RESOLVED:
            await someone.answers("修好了")
        assert (await world.ticket(ticket)).status is TicketStatus.RESOLVED
        await resident.presses("button_dissatisfied")
        await resident.answers("还在漏")

    assert await tier_of(world, ticket) == Tier.HARD
    assert "copy_hard" in await chair.templates()


async def test_what_is_sealed_does_not_come_to_a_chair_by_rule(
    world: World, worker: Someone, lead: Someone, chair: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, URGENT, "BL-45", "楼上漏水")
    await lead.does(RaiseTier(ticket_id=ticket.id or 0, reason="tier_many"))

    assert await tier_of(world, ticket) == Tier.HARD
    assert await chair.heard() == []


async def test_dates_get_better_where_the_rules_say_so_and_the_resident_hears(
    world: World, worker: Someone, committee: Someone, lead: Someone, resident: Someone
) -> None:
    # A working day from Friday afternoon is Monday; an urgent matter is answered within 24 hours.
    world.clock.advance(timedelta(days=4))
    ticket = await world.filed(resident, SMALL, "BL-45", "楼道灯不亮")
    await lead.does(RaiseTier(ticket_id=ticket.id or 0, reason="tier_danger"))

    raised = await world.ticket(ticket)
    assert raised.tier == Tier.URGENT
    assert raised.contact_due_at == world.clock.now() + timedelta(hours=24)
    assert raised.settle_due_at == ticket.settle_due_at
    told = await resident.last("push_tier_raised")
    assert "急事" in told.text
    assert "居委会" in told.text


async def test_a_date_that_would_be_later_stays_and_nobody_who_waits_hears(
    world: World, worker: Someone, lead: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, SMALL, "BL-45", "楼道灯不亮")
    await worker.presses("button_accept")
    await worker.presses("button_message_reporter")
    await worker.answers("收到")
    before = await resident.templates()
    await lead.does(RaiseTier(ticket_id=ticket.id or 0, reason="tier_many"))

    raised = await world.ticket(ticket)
    assert raised.tier == Tier.URGENT
    assert raised.contact_due_at == ticket.contact_due_at
    assert await resident.templates() == before


# -- by word of a person -------------------------------------------------------------------------


async def test_a_lead_is_asked_why_and_words_will_do(
    world: World, worker: Someone, lead: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, SMALL, "BL-45", "楼道灯不亮")
    await lead.does(RaiseTier(ticket_id=ticket.id or 0))
    asked = await lead.last("tier_raise_why")
    assert asked.labels == ["reason_tier_danger", "reason_tier_many", "reason_tier_department"]
    await lead.shows("d" * 26)
    assert await tier_of(world, ticket) == Tier.SMALL
    await lead.answers("线头露出来了")

    assert await tier_of(world, ticket) == Tier.URGENT
    assert "线头露出来了" in (await worker.last("work_tier_raised")).text


async def test_only_the_lead_lowers_it_with_a_reason_and_the_dates_stand(
    world: World, worker: Someone, lead: Someone, committee: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, URGENT, "BL-45", "楼上漏水")
    for someone in (worker, committee, resident):
        await someone.does(LowerTier(ticket_id=ticket.id or 0, reason="tier_few"))
    assert await tier_of(world, ticket) == Tier.URGENT
    await lead.does(LowerTier(ticket_id=ticket.id or 0))
    assert await tier_of(world, ticket) == Tier.URGENT
    await lead.presses("reason_tier_on_the_spot")

    lowered = await world.ticket(ticket)
    assert lowered.tier == Tier.SMALL
    assert (lowered.contact_due_at, lowered.settle_due_at) == (
        ticket.contact_due_at, ticket.settle_due_at,
    )  # fmt: skip
    assert "work_tier_lowered" in await worker.templates()
    assert "push_tier_raised" not in await resident.templates()


async def test_what_a_lead_has_lowered_is_not_lifted_by_the_same_signal_again(
    world: World, worker: Someone, lead: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, SMALL, "BL-45", "楼道灯不亮")
    for _ in range(2):
        await joined(world, ticket)
    await lead.does(LowerTier(ticket_id=ticket.id or 0, reason="tier_on_the_spot"))
    await joined(world, ticket)

    assert await tier_of(world, ticket) == Tier.SMALL


async def test_there_is_nothing_above_the_hardest_and_nothing_below_the_smallest(
    world: World, worker: Someone, lead: Someone, resident: Someone
) -> None:
    hard = await world.filed(resident, HARD, "BL-45", "三楼扶手松了")
    small = await world.filed(resident, SMALL, "BL-45", "楼道灯不亮")
    await lead.does(RaiseTier(ticket_id=hard.id or 0, reason="tier_many"))
    await lead.does(LowerTier(ticket_id=small.id or 0, reason="tier_few"))

    assert (await lead.templates())[-2:] == ["tier_top", "tier_bottom"]
    assert (await world.ticket(hard)).version == hard.version
    assert (await world.ticket(small)).version == small.version


async def test_a_button_that_was_overtaken_changes_nothing(
    world: World, worker: Someone, lead: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, SMALL, "BL-45", "楼道灯不亮")
    await lead.does(LowerTier(ticket_id=ticket.id or 0))
    await resident.presses("button_withdraw")
    await resident.presses("button_withdraw_really")
    await lead.does(RaiseTier(ticket_id=ticket.id or 0, reason="tier_many"))

    assert await tier_of(world, ticket) == Tier.SMALL


# -- chasing -------------------------------------------------------------------------------------


async def test_chasing_is_counted_each_time_but_reaches_the_worker_once_in_a_while(
    world: World, worker: Someone, lead: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, HARD, "BL-45", "三楼扶手松了")
    await worker.presses("button_accept")
    for _ in range(2):
        await resident.does(UrgeTicket(ticket_id=ticket.id or 0))

    assert (await world.ticket(ticket)).chases == 2
    assert (await worker.templates()).count("work_urged") == 1
    assert [t for t in await resident.templates() if t.startswith("urged")] == [
        "urged", "urged_again",
    ]  # fmt: skip
    await resident.does(UrgeTicket(ticket_id=ticket.id or 0))
    assert "urged_lead" in await lead.templates()
    world.clock.advance(timedelta(hours=4))
    await resident.does(UrgeTicket(ticket_id=ticket.id or 0))

    assert (await worker.templates()).count("work_urged") == 2
    assert (await resident.templates())[-1] == "urged_late"
    assert (await lead.templates()).count("urged_lead") == 1


async def test_a_new_owner_has_not_been_chased_yet(
    world: World, worker: Someone, lead: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, HARD, "BL-45", "三楼扶手松了")
    await resident.does(UrgeTicket(ticket_id=ticket.id or 0))
    world.clock.advance(timedelta(hours=1))
    await world.tick()
    assert (await world.ticket(ticket)).assignee == lead.id
    await resident.does(UrgeTicket(ticket_id=ticket.id or 0))

    assert "work_urged" in await lead.templates()


async def test_chasing_a_danger_nobody_took_gives_the_number_to_call(
    world: World, worker: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, "PUB02", "BL-45", "井盖没了")
    await resident.does(UrgeTicket(ticket_id=ticket.id or 0))

    assert "119" in (await resident.last("urged_nobody_yet")).text
