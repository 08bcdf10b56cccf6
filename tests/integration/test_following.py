"""After filing: look, hurry, add, withdraw, rate, reopen, by words or by button."""

from datetime import timedelta

import pytest

from actions.application.commands.following import AddToTicket, ShowTicket, WithdrawTicket
from actions.application.commands.telling import (
    AddDetail,
    AskStatus,
    Chat,
    Rate,
    Reopen,
    TellMatter,
    Urge,
    Withdraw,
)
from actions.domain.identifiers import TicketId
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_number import ticket_number
from actions.domain.ticket_status import TicketStatus, Verb
from tests.builders import Someone, World
from tests.talk import say


async def at_work(world: World) -> tuple[Someone, Someone, Ticket]:
    """A resident's noise matter, in the hands of the worker of its grid."""
    worker = await world.worker("阿梅", Role.GWF, "G3", "G4", roster_key="gwf-3")
    await world.worker("陈姐", Role.GLD, "LJ", roster_key="gld-1")
    resident = await world.resident(home="BL-45")
    ticket = await world.filed(resident, "NOI01", "BL-45", "楼上半夜唱歌")
    await worker.presses("button_accept")
    return resident, worker, ticket


async def resolved(worker: Someone) -> None:
    await worker.presses("button_go_there")
    await worker.presses("button_resolve")
    await worker.answers("上门劝过了,答应九点后不唱")


async def test_how_is_it_going_gets_number_state_and_date(world: World) -> None:
    resident, _, ticket = await at_work(world)

    await say(resident, "到哪一步了", kind=AskStatus)

    standing = await resident.last("ticket_standing")
    assert ticket.number in standing.text
    assert "button_urge" in standing.labels


async def test_chasing_reaches_the_worker(world: World) -> None:
    resident, worker, _ = await at_work(world)
    before = len(await worker.heard())

    await say(resident, "能不能快点", kind=Urge)

    assert "urged" in await resident.templates()
    assert len(await worker.heard()) > before


async def test_a_detail_for_the_only_open_matter_needs_no_question(world: World) -> None:
    resident, worker, _ = await at_work(world)

    await say(resident, "补充一下,都是十一点以后", kind=AddDetail)

    assert "detail_added" in await resident.templates()
    assert any("十一点以后" in said.text for said in await worker.heard())


async def test_withdrawing_asks_once_and_then_ends_it(world: World) -> None:
    resident, _, ticket = await at_work(world)

    await say(resident, "不用办了", kind=Withdraw)
    await resident.presses("button_withdraw_really")

    assert (await world.ticket(ticket)).status is TicketStatus.WITHDRAWN


async def test_with_another_household_waiting_only_the_person_leaves(world: World) -> None:
    resident, _, ticket = await at_work(world)
    neighbour = await world.resident()
    await world.joins(neighbour, ticket)

    await say(resident, "不用办了", kind=Withdraw)
    await resident.presses("button_withdraw_really")

    assert (await world.ticket(ticket)).status is TicketStatus.ACCEPTED
    assert "withdrawn_sealed" in await resident.templates()


async def test_satisfied_closes_the_matter(world: World) -> None:
    resident, worker, ticket = await at_work(world)
    await resolved(worker)

    await resident.presses("button_satisfied")

    assert (await world.ticket(ticket)).status is TicketStatus.CLOSED_FIXED
    assert "rated_satisfied" in await resident.templates()


async def test_thanks_for_a_settled_matter_counts_as_satisfied(world: World) -> None:
    resident, worker, ticket = await at_work(world)
    await resolved(worker)

    await say(resident, "安静了,谢谢", kind=Rate, intent="rate")

    assert (await world.ticket(ticket)).status is TicketStatus.CLOSED_FIXED


async def test_not_settled_asks_what_is_missing_and_goes_to_the_lead(world: World) -> None:
    resident, worker, ticket = await at_work(world)
    await resolved(worker)

    await resident.presses("button_dissatisfied")
    await say(resident, "昨晚又唱到一点", "NOI01", kind=TellMatter)

    again = await world.ticket(ticket)
    assert again.reopenings == 1
    assert again.status in (TicketStatus.REOPENED, TicketStatus.DISPATCHED)
    assert "rated_dissatisfied" in await resident.templates()


async def test_a_closed_matter_comes_back_within_ten_days(world: World) -> None:
    resident, worker, ticket = await at_work(world)
    await resolved(worker)
    await resident.presses("button_satisfied")
    world.clock.advance(timedelta(days=3))

    await say(resident, "又开始唱了", kind=Reopen)
    await say(resident, "昨晚十二点", kind=AddDetail)

    assert (await world.ticket(ticket)).reopenings == 1


async def test_a_matter_closed_long_ago_is_told_anew(world: World) -> None:
    resident, worker, ticket = await at_work(world)
    await resolved(worker)
    await resident.presses("button_satisfied")
    world.clock.advance(timedelta(days=11))

    await say(resident, "又开始唱了", kind=Reopen)

    assert "reopen_too_late" in await resident.templates()
    assert (await world.ticket(ticket)).status is TicketStatus.CLOSED_FIXED


async def test_a_stranger_cannot_look_at_or_touch_it(world: World) -> None:
    _, _, ticket = await at_work(world)
    stranger = await world.resident()

    await say(stranger, f"{ticket.number} 到哪一步了", kind=AskStatus)
    await say(stranger, f"撤回 {ticket.number}", kind=Withdraw)

    assert await stranger.templates() == ["error_not_found", "error_not_found"]


async def test_an_interruption_is_answered_and_the_half_told_matter_offered_once(
    world: World,
) -> None:
    resident = await world.resident()
    await say(resident, "楼梯扶手松了", "BLD01")

    await say(resident, "我之前的事到哪了", kind=AskStatus)
    await say(resident, "到哪了", kind=AskStatus)

    assert (await resident.templates()).count("draft_waits") == 1
    await resident.presses("button_go_on")
    assert (await resident.templates())[-1] == "ask_place"


async def test_a_refused_answer_ends_the_question(world: World) -> None:
    """Else every word of a day would be taken for it, and refused."""
    committee = await world.worker("王书记", Role.CMT, "LJ", roster_key="cmt-1")
    resident, worker, ticket = await at_work(world)
    await say(resident, "到哪一步了", kind=AskStatus)
    await resident.presses("button_add_detail")
    await resolved(worker)
    await committee.alters(ticket, Verb.EXPLAIN, "这家已经搬走了")

    await say(resident, "45栋楼梯扶手松了", "BLD01")
    await say(resident, "45栋楼梯扶手松了", "BLD01")

    assert (await resident.templates())[-2:] == ["error_moved_on", "draft_card_U"]


async def test_a_detail_is_not_asked_for_where_none_can_be_added(world: World) -> None:
    resident, worker, ticket = await at_work(world)
    await resolved(worker)
    await resident.presses("button_satisfied")

    await resident.does(AddToTicket(ticket_id=ticket.id or 0))

    assert (await resident.templates())[-1] == "error_moved_on"


async def test_a_neighbour_who_joined_is_not_asked_to_rate(world: World) -> None:
    _, worker, ticket = await at_work(world)
    neighbour = await world.resident()
    await world.joins(neighbour, ticket)
    await resolved(worker)

    await say(neighbour, f"{ticket.number} 怎样了", kind=AskStatus)
    await say(neighbour, "修好了谢谢", kind=Rate)

    assert (await neighbour.last("ticket_standing_without_date")).labels == []
    assert (await neighbour.templates())[-1] == "chat_thanks"
    assert (await world.ticket(ticket)).status is TicketStatus.RESOLVED


async def test_whoever_leaves_last_ends_the_matter(world: World) -> None:
    resident, _, ticket = await at_work(world)
    neighbour = await world.resident()
    await world.joins(neighbour, ticket)
    await say(resident, "算了不用了", kind=Withdraw)
    await resident.presses("button_withdraw_really")

    await say(neighbour, "我也不跟了", kind=Withdraw)
    await neighbour.presses("button_withdraw_really")

    assert (await neighbour.templates())[-1] == "withdrawn_sealed"
    assert (await world.ticket(ticket)).status is TicketStatus.WITHDRAWN


async def test_whoever_leaves_last_leaves_a_danger_behind(world: World) -> None:
    resident, neighbour = await world.resident(), await world.resident()
    ticket = await world.filed(resident, "BLD06", "BL-45", "外墙要掉下来了")
    await world.joins(neighbour, ticket)

    for someone in (resident, neighbour):
        await someone.does(WithdrawTicket(ticket_id=ticket.id or 0, confirmed=True))
        assert (await someone.templates())[-1] == "left_matter"

    assert (await world.ticket(ticket)).is_open


async def _left_to_neighbours(world: World) -> tuple[Someone, Someone, Someone, Ticket]:
    resident, worker, ticket = await at_work(world)
    longest = await world.resident()
    await world.joins(longest, ticket)
    world.clock.advance(timedelta(minutes=5))
    latest = await world.resident()
    await world.joins(latest, ticket)
    await resident.does(WithdrawTicket(ticket_id=ticket.id or 0, confirmed=True))
    return worker, longest, latest, ticket


async def test_where_the_reporter_left_who_waited_longest_is_asked_to_rate(world: World) -> None:
    worker, longest, latest, ticket = await _left_to_neighbours(world)

    await resolved(worker)

    assert "button_partly" in (await longest.last("push_resolved")).labels
    assert (await latest.last("push_resolved_sealed")).labels == []
    await longest.presses("button_satisfied")
    assert (await world.ticket(ticket)).status is TicketStatus.CLOSED_FIXED


async def test_where_the_reporter_left_anybody_who_follows_may_rate(world: World) -> None:
    worker, _, latest, ticket = await _left_to_neighbours(world)
    await resolved(worker)

    await latest.does(ShowTicket(ticket_id=ticket.id or 0))
    await latest.presses("button_dissatisfied")
    await latest.answers("昨晚还是吵")

    assert (await world.ticket(ticket)).reopenings == 1


async def test_where_the_reporter_left_a_question_finds_somebody(world: World) -> None:
    worker, longest, latest, ticket = await _left_to_neighbours(world)

    await worker.presses("button_ask_reporter")
    await worker.answers("一般几点开始?")

    assert "relay_question" not in await latest.templates()
    await longest.presses("button_answer")
    await longest.answers("十一点左右")
    assert (await world.ticket(ticket)).status is TicketStatus.ACCEPTED


async def test_a_number_of_nobody_and_a_number_of_another_sound_the_same(world: World) -> None:
    _, _, ticket = await at_work(world)
    stranger = await world.resident()
    nobodys = ticket_number(world.clock.now().date(), 999)

    for kind in (AskStatus, Withdraw, Urge, Reopen, Rate):
        await say(stranger, f"{ticket.number} 这件", kind=kind)
        await say(stranger, f"{nobodys} 这件", kind=kind)

    assert await stranger.templates() == ["error_not_found"] * 10


async def test_words_on_a_matter_with_an_open_question_are_its_answer(world: World) -> None:
    resident, worker, ticket = await at_work(world)
    await worker.presses("button_ask_reporter")
    await worker.answers("是几楼的声音?")
    assert (await world.ticket(ticket)).status is TicketStatus.NEEDS_INFO

    await say(resident, "补充一下,是九楼那家", kind=AddDetail)

    after = await world.ticket(ticket)
    assert (after.status, after.paused_at) == (TicketStatus.ACCEPTED, None)
    assert "九楼那家" in (await worker.last("relay_answer")).text
    assert "detail_added" not in await resident.templates()


async def test_a_neighbours_words_are_no_answer(world: World) -> None:
    _, worker, ticket = await at_work(world)
    neighbour = await world.resident()
    await world.joins(neighbour, ticket)
    await worker.presses("button_ask_reporter")
    await worker.answers("是几楼的声音?")

    await say(neighbour, "补充一下,我也听到了", kind=AddDetail)

    assert (await world.ticket(ticket)).status is TicketStatus.NEEDS_INFO
    assert "detail_added" in await neighbour.templates()


async def test_chasing_what_is_said_to_be_done_asks_whether_it_is(world: World) -> None:
    resident, worker, ticket = await at_work(world)
    await resolved(worker)

    await say(resident, "没解决啊,催一下", kind=Urge)

    asked = await resident.last("ask_verdict")
    assert asked.labels == ["button_satisfied", "button_partly", "button_dissatisfied"]
    assert "urged" not in await resident.templates()
    assert (await world.ticket(ticket)).chases == 0


async def test_a_neighbour_who_chases_hears_where_it_stands(world: World) -> None:
    _, worker, ticket = await at_work(world)
    neighbour = await world.resident()
    await world.joins(neighbour, ticket)
    await resolved(worker)

    await say(neighbour, "能不能快点", kind=Urge)

    assert (await neighbour.templates())[-1] == "ticket_standing_without_date"


async def _nearby(world: World, someone: Someone, ticket: Ticket) -> list[str]:
    async with world.reading() as uow:
        found = await uow.tickets.open_nearby(
            ticket.category, ticket.area, ticket.grid, but_of=someone.id
        )
    return [each.number for each in found]


async def test_only_what_somebody_else_still_waits_for_is_offered_to_join(world: World) -> None:
    resident, worker, ticket = await at_work(world)
    neighbour = await world.resident()

    assert await _nearby(world, neighbour, ticket) == [ticket.number]
    assert await _nearby(world, resident, ticket) == []

    await resolved(worker)
    assert await _nearby(world, neighbour, ticket) == []


async def test_what_nobody_follows_any_more_is_not_offered(world: World) -> None:
    resident, _, ticket = await at_work(world)
    async with world.reading() as uow:
        await uow.tickets.unfollow(TicketId(ticket.id or 0), resident.id)
        await uow.commit()

    assert await _nearby(world, await world.resident(), ticket) == []


async def test_a_short_list_of_what_waits_never_cuts_off_an_emergency(world: World) -> None:
    resident = await world.resident()
    filed = [await world.filed(resident, "NOI01", "BL-45", f"第{n}次练鼓") for n in range(3)]
    urgent = await world.filed(resident, "BLD06", "BL-45", "外墙要掉下来了")

    async with world.reading() as uow:
        listed = await uow.tickets.unassigned_in([world.community.root], limit=2)

    assert urgent.urgency == "E"
    assert [each.number for each in listed] == [urgent.number, filed[0].number]


async def test_the_eleventh_open_matter_waits_but_danger_does_not(world: World) -> None:
    resident = await world.resident()
    most = world.community.policy.max_open_tickets
    for number in range(most):
        await world.filed(resident, "PUB03", "BL-45", f"第{number}盏路灯不亮")

    await say(resident, "45栋门口路面有坑", "PUB01")
    await resident.presses("button_submit")
    danger = await world.filed(resident, "SAF06", "BL-45", "楼下着火了")

    assert "error_too_many_open" in await resident.templates()
    assert danger.category == "SAF06"
    async with world.reading() as uow:
        assert len(await uow.tickets.of_person(resident.id, only_open=True)) == most + 1


async def test_chasing_what_is_over_shows_what_there_is(world: World) -> None:
    resident, worker, _ = await at_work(world)
    await resolved(worker)
    await resident.presses("button_satisfied")

    await say(resident, "怎么还没好", kind=Urge)

    said = (await resident.heard())[-1]
    assert said.template == "no_matter_fits"
    assert said.labels == ["ticket_chip"]


async def test_not_good_is_not_thanked_for_while_it_is_worked_on(world: World) -> None:
    resident, _, ticket = await at_work(world)

    await say(resident, "不满意，太慢了", kind=Rate, intent="rate")

    said = (await resident.heard())[-1]
    assert said.template == "ticket_standing"
    assert ticket.number in said.text


async def test_taking_back_the_wish_to_reopen_leaves_it_closed(world: World) -> None:
    resident, worker, ticket = await at_work(world)
    await resolved(worker)
    await resident.presses("button_satisfied")
    await say(resident, "又吵了", kind=Reopen)

    await say(resident, "算了", kind=Withdraw)
    assert (await resident.templates())[-1] == "never_mind"
    await say(resident, "现在好了", kind=AddDetail, intent="inform")

    assert (await world.ticket(ticket)).status is TicketStatus.CLOSED_FIXED


async def test_a_matter_without_a_place_has_no_gap_on_its_button(world: World) -> None:
    resident = await world.resident()
    await world.filed(resident, "OTH01", "", "怎么办居住证")
    await world.filed(resident, "OTH01", "", "怎么办老人卡")

    await say(resident, "到哪一步了", kind=AskStatus)

    assert (await resident.heard())[-1].labels == ["ticket_chip_placeless"] * 2


async def test_a_date_that_has_passed_is_not_promised_again(world: World) -> None:
    resident, _, ticket = await at_work(world)
    world.clock.advance(timedelta(days=30))

    await say(resident, "到哪一步了", kind=AskStatus)

    said = await resident.last("ticket_standing_late")
    assert ticket.number in said.text


async def test_what_nobody_has_yet_is_in_nobodys_hands(world: World) -> None:
    await world.worker("陈姐", Role.GLD, "LJ", roster_key="gld-1")
    resident = await world.resident()
    ticket = await world.filed(resident, "OTH99", "BL-45", "那个东西又来了")
    assert ticket.status is TicketStatus.TRIAGE

    await say(resident, "到哪一步了", kind=AskStatus)

    said = await resident.last("ticket_standing_undecided")
    assert "网格员" not in said.text


async def of_three_places(world: World) -> tuple[Someone, dict[str, Ticket]]:
    """A resident with three matters, asked which of them is meant."""
    resident = await world.resident()
    filed = {
        place: await world.filed(resident, "PUB03", place, "路灯不亮")
        for place in ("BL-45", "RY-3", "RY-2")
    }
    await say(resident, "怎么还没好", kind=Urge)
    assert (await resident.templates())[-1] == "ask_which_matter"
    return resident, filed


@pytest.mark.parametrize("words", ["45栋那个", "45座嗰單", "the one at 45栋"])
async def test_asked_which_one_its_place_in_words_chooses_it(world: World, words: str) -> None:
    resident, filed = await of_three_places(world)

    await say(resident, words, kind=AddDetail)

    said = (await resident.heard())[-1]
    assert said.template.startswith("ticket_standing")
    assert filed["BL-45"].number in said.text


@pytest.mark.parametrize(("words", "nth"), [("第二个", 1), ("1", 0), ("最尾嗰個", 2)])
async def test_asked_which_one_its_position_in_words_chooses_it(
    world: World, words: str, nth: int
) -> None:
    resident, _ = await of_three_places(world)
    button = (await resident.heard())[-1].buttons[nth]

    await say(resident, words, kind=Chat, intent="other")

    said = (await resident.heard())[-1]
    assert said.template.startswith("ticket_standing")
    assert said.row["ticket_id"] == button["command"]["ticket_id"]


@pytest.mark.parametrize("words", ["9", "47栋那个", "榕苑那个"])
async def test_asked_which_one_words_that_fit_none_or_several_choose_nothing(
    world: World, words: str
) -> None:
    resident, _ = await of_three_places(world)

    await say(resident, words, kind=AddDetail)

    assert not (await resident.templates())[-1].startswith("ticket_standing")


async def test_asked_which_one_a_new_matter_there_is_a_new_matter(world: World) -> None:
    resident, _ = await of_three_places(world)

    await say(resident, "45栋楼梯扶手松了", "BLD01")

    assert (await resident.templates())[-1].startswith("draft_card")
