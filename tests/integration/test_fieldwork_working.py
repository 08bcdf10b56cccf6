"""From [接单] to [满意]: what the worker taps and writes, and what the resident hears of it."""

from datetime import timedelta

import pytest

from actions.application.commands.telling import GivePhotos
from actions.application.commands.working import (
    AcceptTicket,
    ResolveTicket,
    ShowRecord,
    ShowTodo,
)
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from tests.builders import Someone, World


@pytest.fixture
async def worker(world: World) -> Someone:
    return await world.worker("阿梅", Role.GWF, "G3", roster_key="gwf-3")


@pytest.fixture
async def resident(world: World) -> Someone:
    return await world.resident("何姨", home="BL-45")


@pytest.fixture
async def noise(world: World, worker: Someone, resident: Someone) -> Ticket:
    """A note settles it."""
    return await world.filed(resident, "NOI01", "BL-45", "楼上半夜练鼓")


@pytest.fixture
async def handrail(world: World, worker: Someone, resident: Someone) -> Ticket:
    """A photo settles it."""
    return await world.filed(resident, "BLD01", "BL-45", "三楼扶手松了，我电话13812345678")


async def test_accepting_offers_to_contact_first_and_tells_the_resident(
    worker: Someone, resident: Someone, noise: Ticket, world: World
) -> None:
    await worker.presses("button_accept")

    said = await worker.last("accepted")
    assert said.labels[:3] == ["button_message_reporter", "button_go_there", "button_ask_reporter"]
    assert (await world.ticket(noise)).status is TicketStatus.ACCEPTED
    told = await resident.last("push_accepted")
    assert noise.number in told.text
    assert "3号网格的网格员" in told.text
    assert "阿梅" not in told.text
    async with world.reading() as uow:
        assert (await uow.conversations.get(worker.conversation_id)).focus == noise.id


async def test_nobody_else_can_accept_it(world: World, noise: Ticket) -> None:
    colleague = await world.worker("小陈", Role.GWF, "G3")
    stranger = await world.resident()
    before = await world.ticket(noise)

    await colleague.does(AcceptTicket(ticket_id=noise.id or 0))
    await stranger.does(AcceptTicket(ticket_id=noise.id or 0))

    assert await colleague.templates() == ["error_not_allowed"]
    assert await stranger.templates() == ["error_not_found"]
    assert await world.ticket(noise) == before


async def test_accepting_twice_says_that_it_has_moved_on(
    worker: Someone, noise: Ticket, world: World
) -> None:
    await worker.presses("button_accept")

    await worker.presses("button_accept")

    assert (await worker.templates())[-1] == "error_moved_on"
    verbs = [entry.verb for entry in await world.timeline(noise)]
    assert verbs.count(Verb.ACCEPT) == 1


async def test_what_the_worker_writes_becomes_a_note_and_is_shared_on_request(
    worker: Someone, resident: Someone, handrail: Ticket, world: World
) -> None:
    await worker.presses("button_accept")
    await worker.presses("button_go_there")

    await worker.writes("到了，三楼转角螺丝掉光了，先拿铁丝绑着，找师傅13900001111")

    asked = await worker.last("noted")
    assert asked.labels == ["button_share", "button_keep_inside", "button_aside"]
    assert "relay_note" not in await resident.templates()
    await worker.presses("button_share")
    told = await resident.last("relay_note")
    assert "先拿铁丝绑着" in told.text
    assert "13900001111" not in told.text
    assert (await world.ticket(handrail)).contacted_at is not None


async def test_a_photo_from_the_spot_goes_to_the_resident_with_the_note(
    worker: Someone, resident: Someone, handrail: Ticket
) -> None:
    await worker.presses("button_accept")

    await worker.shows("spot-1", "spot-2")

    assert "2" in (await worker.last("noted_photos")).text
    await worker.presses("button_share")
    assert (await resident.last("relay_note")).photos == ["spot-1", "spot-2"]


async def test_a_note_shared_twice_is_told_once(
    worker: Someone, resident: Someone, noise: Ticket
) -> None:
    await worker.presses("button_accept")
    await worker.writes("上门劝过一次")

    await worker.presses("button_share")
    await worker.presses("button_share")

    assert (await resident.templates()).count("relay_note") == 1


async def test_a_note_kept_inside_reaches_nobody(
    worker: Someone, resident: Someone, noise: Ticket
) -> None:
    await worker.presses("button_accept")
    before = await resident.templates()
    await worker.writes("对方情绪激动，明天再去")

    await worker.presses("button_keep_inside")

    assert await resident.templates() == before


async def test_a_note_about_something_else_becomes_a_matter_of_its_own(
    worker: Someone, noise: Ticket, world: World
) -> None:
    await worker.presses("button_accept")
    await worker.writes("顺便说，48栋门口井盖松了")

    await worker.presses("button_aside")

    assert "井盖松了" in (await worker.last("aside")).text
    async with world.reading() as uow:
        drafts = await uow.drafts.open_of(worker.conversation_id)
    assert [draft.text for draft in drafts] == ["顺便说，48栋门口井盖松了"]
    await worker.does(ShowRecord(ticket_id=noise.id or 0))
    assert not any("井盖" in line for line in (await worker.last("record")).lines.values())


async def test_a_note_becomes_another_matter_once_and_its_place_is_read(
    worker: Someone, noise: Ticket, world: World
) -> None:
    await worker.presses("button_accept")
    await worker.writes("顺便说，48栋门口井盖松了")

    await worker.presses("button_aside")
    await worker.presses("button_aside")

    assert (await worker.templates())[-1] == "error_out_of_date"
    async with world.reading() as uow:
        (draft,) = await uow.drafts.open_of(worker.conversation_id)
    assert draft.location.place == "BL-48"
    assert noise.is_open


async def test_words_two_hours_later_are_no_note_any_more(
    worker: Someone, noise: Ticket, world: World
) -> None:
    await worker.presses("button_accept")
    world.clock.advance(timedelta(hours=2, minutes=1))

    await worker.writes("48栋门口井盖松了")

    assert Verb.NOTE not in [entry.verb for entry in await world.timeline(noise)]


async def test_settling_asks_for_the_photo_the_category_wants_and_nothing_more(
    worker: Someone, resident: Someone, handrail: Ticket, world: World
) -> None:
    await worker.presses("button_accept")

    await worker.presses("button_resolve")
    assert (await worker.templates())[-1] == "proof_photo"
    await worker.answers("物业已换好整条扶手")
    assert (await worker.templates())[-1] == "proof_photo_too"
    await worker.shows("after")

    assert (await world.ticket(handrail)).status is TicketStatus.RESOLVED
    told = await resident.last("push_resolved")
    assert told.photos == ["after"]
    assert "物业已换好整条扶手" in told.text
    assert told.labels == ["button_satisfied", "button_partly", "button_dissatisfied"]


async def test_a_note_made_just_now_is_proof_enough(
    worker: Someone, handrail: Ticket, world: World
) -> None:
    await worker.presses("button_accept")
    await worker.presses("button_go_there")
    await worker.shows("after")

    await worker.presses("button_resolve")

    assert (await world.ticket(handrail)).status is TicketStatus.RESOLVED


async def test_an_old_note_is_not(worker: Someone, handrail: Ticket, world: World) -> None:
    await worker.presses("button_accept")
    await worker.shows("before")
    world.clock.advance(timedelta(hours=3))

    await worker.does(ResolveTicket(ticket_id=handrail.id or 0))

    assert (await worker.templates())[-1] == "proof_photo"
    assert (await world.ticket(handrail)).status is TicketStatus.ACCEPTED


async def test_a_talk_is_settled_by_a_note_of_it(
    worker: Someone, resident: Someone, noise: Ticket, world: World
) -> None:
    await worker.presses("button_accept")
    await worker.presses("button_resolve")
    assert (await worker.templates())[-1] == "proof_note"
    await worker.answers("上门谈过，对方答应十点后不练")

    await resident.presses("button_satisfied")

    assert (await world.ticket(noise)).status is TicketStatus.CLOSED_FIXED
    assert "work_satisfied" in await worker.templates()
    await worker.writes("48栋门口井盖松了")
    assert (await worker.templates())[-1] != "noted"


async def test_somebody_elses_photo_is_not_taken_as_proof(
    worker: Someone, resident: Someone, handrail: Ticket, world: World
) -> None:
    await world.upload("not-mine", resident)
    await worker.presses("button_accept")
    await worker.presses("button_resolve")

    await worker.does(GivePhotos(attachments=("not-mine",)))

    assert (await worker.templates())[-1] == "error_not_found"
    assert (await world.ticket(handrail)).status is TicketStatus.ACCEPTED


async def test_the_list_of_what_waits_has_the_most_urgent_first(
    worker: Someone, noise: Ticket, resident: Someone, world: World
) -> None:
    danger = await world.filed(resident, "SAF01", "BL-45", "消防通道堵了")

    await worker.does(ShowTodo())

    said = await worker.last("todo")
    opened = [b["command"]["ticket_id"] for b in said.buttons if b["label"] == "button_open_nth"]
    assert opened == [danger.id, noise.id]
    await worker.presses("button_open_nth")
    assert (await worker.templates())[-1] == "record"


async def test_an_empty_list_is_said_so(worker: Someone) -> None:
    await worker.does(ShowTodo())

    assert await worker.templates() == ["todo_empty"]


async def test_the_record_never_names_the_reporter(
    worker: Someone, resident: Someone, handrail: Ticket, world: World
) -> None:
    await worker.presses("button_accept")

    await worker.does(ShowRecord(ticket_id=handrail.id or 0))

    everything = str([said.row["content"] for said in await worker.heard()])
    assert "何姨" not in everything
    assert "13812345678" not in everything
    async with world.reading() as uow:
        assert (await uow.people.get(resident.id)).participant_id not in everything
    assert any("反映人" in line for line in (await worker.last("record")).lines.values())


async def test_a_resident_cannot_read_the_record(resident: Someone, noise: Ticket) -> None:
    await resident.does(ShowRecord(ticket_id=noise.id or 0))

    assert (await resident.templates())[-1] == "error_not_found"


async def test_a_transferred_ticket_keeps_its_dates_and_everybody_hears(
    worker: Someone, resident: Someone, noise: Ticket, world: World
) -> None:
    colleague = await world.worker("阿欢", Role.GWP, "G3")
    await worker.presses("button_accept")

    await worker.presses("button_more")
    await worker.presses("button_transfer")
    await worker.presses("button_transfer_to")
    await worker.presses("reason_off_duty")

    ticket = await world.ticket(noise)
    assert (ticket.status, ticket.assignee) == (TicketStatus.TRANSFERRED, colleague.id)
    assert ticket.settle_due_at == noise.settle_due_at
    assert "快下班了" in (await colleague.last("work_transferred")).text
    assert "push_transferred" in await resident.templates()
    await colleague.presses("button_accept")
    assert (await world.ticket(noise)).status is TicketStatus.ACCEPTED


async def test_a_lead_takes_it_from_somebody_who_is_told(
    worker: Someone, noise: Ticket, world: World
) -> None:
    lead = await world.worker("老区", Role.GLD, "LJ")
    await world.worker("阿欢", Role.GWP, "G3")

    await lead.does(ShowRecord(ticket_id=noise.id or 0))
    await lead.presses("button_hand_to_other")
    await lead.presses("button_hand_to")

    assert (await world.ticket(noise)).assignee != worker.id
    assert "work_gone" in await worker.templates()


async def test_what_is_written_after_it_was_handed_on_is_no_note(
    worker: Someone, noise: Ticket, world: World
) -> None:
    await world.worker("阿欢", Role.GWP, "G3")
    await worker.presses("button_accept")
    await worker.presses("button_more")
    await worker.presses("button_transfer")
    await worker.presses("button_transfer_to")
    await worker.presses("reason_off_duty")

    await worker.writes("48栋门口井盖松了")

    assert Verb.NOTE not in [entry.verb for entry in await world.timeline(noise)]
    assert "error_not_allowed" not in await worker.templates()


async def test_the_record_holds_the_whole_words_and_what_was_added(
    worker: Someone, resident: Someone, world: World
) -> None:
    words = "楼上" + "一直在练鼓，" * 20 + "请来看看"
    ticket = await world.filed(resident, "NOI01", "BL-45", words)
    await resident.presses("button_add_detail")
    await resident.answers("是九楼")
    await worker.presses("button_accept")

    await worker.does(ShowRecord(ticket_id=ticket.id or 0))

    lines = (await worker.last("record")).lines
    assert any("请来看看" in line for line in lines.values())
    assert any("是九楼" in line for line in lines.values())


async def test_a_photo_alone_gives_no_reason_for_giving_it_back(
    worker: Someone, handrail: Ticket, world: World
) -> None:
    lead = await world.worker("老区", Role.GLD, "LJ")
    await worker.presses("button_not_mine")

    await worker.shows("wall")

    told = await lead.last("lead_returned")
    assert "没有说明" in told.text
    assert "–" not in told.text
