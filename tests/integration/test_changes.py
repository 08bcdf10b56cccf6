"""What changed because of them: told to everyone who raised it, even months later (G19, U16)."""

from datetime import timedelta

import pytest

from actions.application.commands.roads import TellChanged
from actions.application.commands.telling import AskStatus
from actions.application.handlers.changes import note_change
from actions.application.turn import Turn
from actions.domain.identifiers import TicketId
from actions.domain.people import SYSTEM, Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from tests.builders import Someone, World
from tests.talk import say

MONTHS = timedelta(days=120)


@pytest.fixture
async def worker(world: World) -> Someone:
    return await world.worker("阿梅", Role.GWF, "G3", roster_key="gwf-3")


@pytest.fixture
async def resident(world: World) -> Someone:
    return await world.resident("何姨", home="BL-45")


@pytest.fixture
async def closed_one(world: World, worker: Someone, resident: Someone) -> Ticket:
    ticket = await world.filed(resident, "NOI01", "BL-45", "楼上半夜练鼓")
    await worker.presses("button_accept")
    await worker.presses("button_resolve")
    await worker.answers("劝过了")
    await resident.presses("button_satisfied")
    return await world.ticket(ticket)


async def tells(someone: Someone, ticket: Ticket, words: str) -> None:
    await someone.does(TellChanged(ticket_id=ticket.id or 0))
    await someone.answers(words)


async def test_months_later_the_worker_finds_it_by_its_number_and_tells_what_changed(
    world: World, worker: Someone, resident: Someone, closed_one: Ticket
) -> None:
    joiner = await world.resident(locale="en")
    await world.joins(joiner, closed_one)
    world.clock.advance(MONTHS)

    await say(worker, closed_one.number, kind=AskStatus, intent="ask_status")
    await worker.presses("button_changed")
    assert "2 位" in (await worker.last("ask_change")).text
    await worker.shows("studio")
    assert (await worker.templates())[-1] == "ask_change_in_words"
    await worker.answers("会所隔出了隔音琴房，电话13812345678")

    told = await resident.last("push_changed")
    assert "您3月反映的邻居太吵" in told.text
    assert closed_one.number in told.text
    assert "隔音琴房" in told.text
    assert "13812345678" not in told.text
    assert told.photos == ["studio"]
    (in_english,) = [said for said in await joiner.heard() if said.template == "push_changed"]
    assert "in March" in world.wording.render(
        in_english.template, in_english.row["content"]["params"], "en"
    )
    assert "2 位" in (await worker.last("change_told")).text
    after = await world.ticket(closed_one)
    assert after.status is TicketStatus.CLOSED_FIXED


async def test_in_another_year_the_year_is_said(
    world: World, worker: Someone, resident: Someone, closed_one: Ticket
) -> None:
    world.clock.advance(timedelta(days=330))

    await tells(worker, closed_one, "换了新门")

    said = await resident.last("push_changed")
    assert "您2026年3月反映的" in said.text
    in_cantonese = world.wording.render(said.template, said.row["content"]["params"], "zh-HK")
    assert "你2026年3月反映嘅" in in_cantonese


async def test_the_same_news_is_told_once(
    world: World, worker: Someone, resident: Someone, closed_one: Ticket
) -> None:
    await tells(worker, closed_one, "换了新门")
    await tells(worker, closed_one, "换了新门")

    assert (await worker.templates())[-1] == "change_told_before"
    assert (await resident.templates()).count("push_changed") == 1


async def test_whoever_left_and_whoever_tells_it_hear_nothing(
    world: World, worker: Someone, resident: Someone, closed_one: Ticket
) -> None:
    await world.joins(worker, closed_one)
    async with world.open_uow(Turn(cause="leaves")) as uow:
        await uow.tickets.unfollow(TicketId(closed_one.id or 0), resident.id)
        await uow.commit()

    await tells(worker, closed_one, "换了新门")

    assert "push_changed" not in await resident.templates() + await worker.templates()
    assert "change_told_nobody" in await worker.templates()


async def test_a_lead_and_the_committee_may_tell_it_a_stranger_and_the_resident_may_not(
    world: World, resident: Someone, closed_one: Ticket
) -> None:
    lead = await world.worker("老区", Role.GLD, "LJ")
    committee = await world.worker("主任", Role.CMT, "LJ")
    elsewhere = await world.worker("外人", Role.GLD, "G6")
    colleague = await world.worker("小陈", Role.GWF, "G3")

    await elsewhere.does(TellChanged(ticket_id=closed_one.id or 0))
    await colleague.does(TellChanged(ticket_id=closed_one.id or 0))
    await resident.does(TellChanged(ticket_id=closed_one.id or 0))
    assert (await elsewhere.templates())[-1] == "error_not_found"
    assert (await colleague.templates())[-1] == "error_not_allowed"
    assert (await resident.templates())[-1] == "error_not_allowed"
    assert Verb.CHANGED not in [entry.verb for entry in await world.timeline(closed_one)]

    await tells(lead, closed_one, "换了新门")
    await tells(committee, closed_one, "又装了灯")
    assert (await resident.templates()).count("push_changed") == 2


async def test_what_was_taken_back_has_nobody_to_tell(
    world: World, worker: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, "NOI01", "BL-45", "楼上半夜练鼓")
    await resident.presses("button_withdraw")
    await resident.presses("button_withdraw_really")

    await worker.does(TellChanged(ticket_id=ticket.id or 0))

    assert (await worker.templates())[-1] == "error_moved_on"


async def test_those_of_a_merged_ticket_hear_it_once_under_their_own_number(
    world: World, worker: Someone, resident: Someone, closed_one: Ticket
) -> None:
    neighbour = await world.resident()
    lead = await world.worker("老区", Role.GLD, "LJ")
    other = await world.filed(neighbour, "OTH99", "BL-45", "鼓声太大")
    assert (await world.ticket(other)).status is TicketStatus.TRIAGE
    await lead.alters(other, Verb.MERGE, master=closed_one.number)

    await tells(worker, closed_one, "会所隔出了琴房")

    told = [said for said in await neighbour.heard() if said.template == "push_changed"]
    assert len(told) == 1
    assert other.number in told[0].text
    assert closed_one.number not in told[0].text


async def test_a_suggestion_hears_what_became_of_it(
    world: World, worker: Someone, resident: Someone
) -> None:
    ticket = await world.filed(resident, "DEL04", "BL-45", "楼下加个快递柜")
    await worker.presses("button_accept")
    await worker.presses("button_answer_suggestion")
    await worker.presses("outcome_adopted")
    await worker.answers("下个月装")
    world.clock.advance(timedelta(days=30))
    await world.tick()

    await tells(worker, ticket, "北门装好了两组快递柜")

    assert "提的建议" in (await resident.last("push_changed_suggestion")).text


async def test_another_matter_carried_out_tells_it_by_the_same_way_once(
    world: World, resident: Someone, closed_one: Ticket
) -> None:
    for cause in ("proposal", "again"):
        async with world.open_uow(Turn(cause=cause, actor=SYSTEM)) as uow:
            ticket = await uow.tickets.get(TicketId(closed_one.id or 0))
            told = await note_change(ticket, "琴房建好了", uow)
            await uow.commit()
        assert told == (1 if cause == "proposal" else 0)

    assert (await resident.templates()).count("push_changed") == 1


async def test_praise_is_no_matter_of_change(world: World, resident: Someone) -> None:
    lead = await world.worker("老区", Role.GLD, "LJ")
    await say(resident, "网格员人真好", "OTH02", intent="praise")
    await resident.presses("button_praise_everyone")
    await lead.presses("button_pass_praise")
    await lead.presses("button_praise_said")
    await resident.presses("button_satisfied_praise")
    async with world.reading() as uow:
        number = (await uow.tickets.of_person(resident.id, limit=1))[0].number

    await say(lead, number, kind=AskStatus, intent="ask_status")

    assert "button_changed" not in (await lead.heard())[-1].labels
