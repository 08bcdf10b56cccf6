"""A worker is away: the work does not wait for them, and nobody is lost on the way."""

from datetime import timedelta

from actions.application.commands.seats import ComeBack, GoAway, HandAllOver, ShowColleagues
from actions.application.commands.working import ShowRecord
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from tests.builders import Someone, World


async def accepted(world: World, worker: Someone, text: str = "楼道堆满杂物") -> Ticket:
    """A ticket the worker has taken."""
    resident = await world.resident()
    ticket = await world.filed(resident, "SAN02", "BL-45", text)
    assert (await world.ticket(ticket)).assignee == worker.id
    await worker.presses("button_accept")
    return ticket


async def test_what_nobody_has_taken_yet_goes_to_others_at_once(world: World) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3")
    resident = await world.resident("何姨")
    ticket = await world.filed(resident, "SAN02", "BL-45")
    other = await world.worker("阿欢", Role.GWP, "G3")

    await worker.does(GoAway())
    await worker.presses("button_away_tomorrow")

    assert (await world.ticket(ticket)).assignee == other.id
    assert "work_transferred" in await other.templates()
    said = await worker.last("away_noted_self")
    assert "1 件" in said.text
    assert "请假到明天，" in said.text
    # No "it is with somebody else now" for each of them beside the one answer.
    assert "work_gone" not in await worker.templates()


async def test_handed_on_by_rule_it_is_what_the_holder_could_have_done(world: World) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3")
    resident = await world.resident("何姨")
    ticket = await world.filed(resident, "SAN02", "BL-45")
    other = await world.worker("阿欢", Role.GWP, "G3")

    await worker.does(GoAway())
    await worker.presses("button_away_tomorrow")

    handed = (await world.timeline(ticket))[-1]
    assert (handed.verb, handed.role, handed.is_by_rule) == (Verb.TRANSFER, "assignee", True)
    await other.does(ShowRecord(ticket_id=ticket.id or 0))
    assert "系统" in (await other.last("record")).lines["转派"]


async def test_new_matters_pass_by_whoever_is_away_until_they_are_back(world: World) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3")
    other = await world.worker("老区", Role.GLD, "G3")
    resident = await world.resident("何姨")
    await worker.does(GoAway(until=(world.clock.now() + timedelta(days=1)).date().isoformat()))

    first = await world.filed(resident, "SAN02", "BL-45")
    await worker.presses("button_back")
    second = await world.filed(resident, "SAN02", "BL-46", "46栋也有")
    await worker.does(GoAway(until=world.clock.now().date().isoformat()))
    world.clock.advance(timedelta(days=2))
    third = await world.filed(resident, "SAN02", "BL-44", "44栋也有")

    holders = [(await world.ticket(each)).assignee for each in (first, second, third)]
    assert holders == [other.id, other.id, worker.id]
    assert (await worker.last("away_over")).buttons


async def test_what_was_accepted_is_offered_to_the_lead_in_one_message(world: World) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3")
    tickets = [await accepted(world, worker, f"第{n}处杂物") for n in (1, 2)]
    lead = await world.worker("老区", Role.GLD, "LJ")
    other = await world.worker("阿欢", Role.GWP, "G3")

    await worker.does(GoAway())
    await worker.answers("下周二")

    offers = [said for said in await lead.heard() if said.template == "away_offer"]
    assert len(offers) == 1
    assert "阿梅" in offers[0].text
    assert "2 件" in offers[0].text
    assert [(await world.ticket(each)).assignee for each in tickets] == [worker.id, worker.id]

    await lead.presses("button_hand_all")

    for each in tickets:
        now = await world.ticket(each)
        assert (now.assignee, now.status) == (other.id, TicketStatus.TRANSFERRED)
    assert "2 件" in (await lead.last("away_handed")).text


async def test_pressed_after_they_came_back_nothing_is_moved(world: World) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3")
    ticket = await accepted(world, worker)
    lead = await world.worker("老区", Role.GLD, "LJ")
    await world.worker("阿欢", Role.GWP, "G3")
    await worker.does(GoAway())
    await worker.presses("button_away_today")
    await worker.presses("button_back")

    await lead.presses("button_hand_all")

    assert (await lead.templates())[-1] == "error_out_of_date"
    assert (await world.ticket(ticket)).assignee == worker.id


async def test_a_stranger_hands_over_nothing(world: World) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3")
    ticket = await accepted(world, worker)
    other = await world.worker("阿欢", Role.GWP, "G3")
    await worker.does(GoAway())
    await worker.presses("button_away_today")

    await other.does(HandAllOver(of=worker.id, to=other.id))

    assert (await other.templates())[-1] == "error_not_allowed"
    assert (await world.ticket(ticket)).assignee == worker.id


async def test_with_no_lead_the_worker_hands_over_themselves(world: World) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3")
    ticket = await accepted(world, worker)
    other = await world.worker("阿欢", Role.GWP, "G3")
    await worker.does(GoAway())
    await worker.presses("button_away_today")

    await worker.presses("button_hand_all")

    assert (await world.ticket(ticket)).assignee == other.id


async def test_a_lead_puts_down_a_colleague_who_fell_ill(world: World) -> None:
    lead = await world.worker("老区", Role.GLD, "LJ")
    worker = await world.worker("阿梅", Role.GWF, "G3")
    resident = await world.resident("何姨")
    ticket = await world.filed(resident, "SAN02", "BL-45")

    await lead.does(ShowColleagues())
    await lead.presses("button_colleague")
    await lead.presses("button_colleague_away")
    await lead.presses("button_away_tomorrow")

    assert (await world.ticket(ticket)).assignee == lead.id
    assert "替您请假" in (await worker.last("away_said_for_you")).text
    await lead.does(ShowColleagues())
    assert "请假到" in (await lead.last("seats_list")).text
    await worker.presses("button_back")
    assert (await worker.templates())[-1] == "away_over"


async def test_days_that_are_no_days_are_asked_again(world: World) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3")
    await worker.does(GoAway())

    for words in ("再说吧", "明年十月", ""):
        await worker.answers(words)
        assert (await worker.templates())[-1] == "away_until_unclear"
    await worker.shows("photo-1")
    assert (await worker.templates())[-1] == "away_until_unclear"
    await worker.answers("明天")

    assert (await worker.templates())[-1] == "away_noted_self"


async def test_nobody_is_sent_off_by_whoever_does_not_lead_them(world: World) -> None:
    resident = await world.resident("何姨")
    worker = await world.worker("阿梅", Role.GWF, "G3")
    other = await world.worker("阿欢", Role.GWF, "G3")
    day = world.clock.now().date().isoformat()

    await resident.does(GoAway())
    await other.does(GoAway(person_id=worker.id, until=day))
    await resident.does(GoAway(person_id=worker.id, until=day))
    await other.does(ComeBack(person_id=worker.id))
    await worker.does(ComeBack())

    assert await resident.templates() == ["error_not_allowed", "error_not_allowed"]
    assert await other.templates() == ["error_not_allowed", "error_not_allowed"]
    assert await worker.templates() == ["away_not"]


# -- duty, load, emergencies -------------------------------------------------------------------


async def test_at_night_whoever_is_on_call_gets_it(world: World) -> None:
    await world.worker("阿梅", Role.GWF, "G3", roster_key="gwf-3")
    on_call = await world.worker("小陈", Role.GWF, "LJ", roster_key="gwf-1")
    resident = await world.resident("何姨")
    # Monday, three in the morning of the next day is still Tuesday's duty; Monday's is gwf-1.
    world.clock.set(world.clock.now().replace(hour=15, minute=30))

    ticket = await world.filed(resident, "PUB02", "BL-45", "井盖没了")

    assert (await world.ticket(ticket)).assignee == on_call.id


async def test_whoever_is_on_call_but_away_is_passed_over(world: World) -> None:
    at_home = await world.worker("阿梅", Role.GWF, "G3", roster_key="gwf-3")
    on_call = await world.worker("小陈", Role.GWF, "LJ", roster_key="gwf-1")
    resident = await world.resident("何姨")
    world.clock.set(world.clock.now().replace(hour=15, minute=30))
    await on_call.does(GoAway(until=(world.clock.now() + timedelta(days=1)).date().isoformat()))

    ticket = await world.filed(resident, "PUB02", "BL-45", "井盖没了")

    assert (await world.ticket(ticket)).assignee == at_home.id


async def test_beyond_the_cap_the_next_gets_it_but_an_emergency_overloads(world: World) -> None:
    nearest = await world.worker("阿欢", Role.GWP, "G4", roster_key="gwp-4")
    lead = await world.worker("老区", Role.GLD, "LJ")
    world.clock.set(world.clock.now().replace(hour=10))
    residents = [await world.resident() for _ in range(9)]

    filed = [
        await world.filed(each, "SAN02", "BL-48", f"第{n}处") for n, each in enumerate(residents)
    ]
    holders = [(await world.ticket(each)).assignee for each in filed]
    assert holders == [nearest.id] * 8 + [lead.id]

    await lead.does(GoAway(until=(world.clock.now() + timedelta(days=1)).date().isoformat()))
    danger = await world.filed(residents[0], "PUB02", "BL-48", "井盖没了")

    assert (await world.ticket(danger)).assignee == nearest.id


async def test_what_nobody_could_take_is_said_to_be_for_a_lead_and_nothing_of_none(
    world: World,
) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3")
    await worker.does(GoAway())
    await worker.presses("button_away_tomorrow")
    assert "件" not in (await worker.last("away_noted_self")).text
    await worker.does(ComeBack())
    resident = await world.resident("何姨")
    await world.filed(resident, "SAN02", "BL-45")

    await worker.does(GoAway())
    await worker.presses("button_away_tomorrow")

    assert "还没接的 1 件没人能接" in (await worker.last("away_noted_self")).text
