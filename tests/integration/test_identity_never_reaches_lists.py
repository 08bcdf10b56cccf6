"""Lists, digests, calls and offers that pass many eyes: none tells who spoke of whom."""

import json
from datetime import timedelta

import pytest

from actions.application.commands.deciding import DeliberateTicket, MergeTicket, ShowAgenda
from actions.application.commands.following import AnswerTicket, RequestCallback
from actions.application.commands.intake import BeginRound, EndRound
from actions.application.commands.mediating import StepAside
from actions.application.commands.seats import GoAway
from actions.application.commands.telling import AskStatus, GiveLocation
from actions.application.commands.working import (
    AcceptTicket,
    ShowTodo,
    StartTicket,
    TakeCallback,
)
from actions.application.handlers.joining import show_round
from actions.application.turn import Turn
from actions.domain.people import Role
from actions.domain.place import Location
from actions.domain.ticket import Ticket
from actions.domain.ticket_number import find_ticket_number
from actions.domain.ticket_status import Verb
from tests.builders import Someone, World
from tests.integration.discreet import SECRETS, SUNG, knows_nothing, told
from tests.integration.web_house import House, jpeg
from tests.talk import say


@pytest.fixture
async def worker(world: World) -> Someone:
    return await world.worker("阿梅", Role.GWF, "G3", roster_key="gwf-3")


@pytest.fixture
async def reporter(world: World) -> Someone:
    return await world.resident("何姨", home="BL-45")


@pytest.fixture
async def sung(world: World, worker: Someone, reporter: Someone) -> Ticket:
    return await world.filed(reporter, "NOI01", "BL-45", SUNG)


# -- leads and newcomers ---------------------------------------------------------------------


async def test_a_lead_who_stepped_aside_is_not_offered_it_to_merge_into(
    world: World, reporter: Someone, sung: Ticket
) -> None:
    lead = await world.worker("老区", Role.GLD, "LJ")
    other = await world.filed(await world.resident(), "OTH99", "BL-45", "45栋那个")
    await lead.does(StepAside(ticket_id=sung.id or 0, confirmed=True))
    since = len(await lead.heard())
    await lead.does(MergeTicket(ticket_id=other.id or 0))

    assert (await lead.templates())[-1] == "merge_nothing_near"
    await knows_nothing(lead, sung.number, "NOI01", since=since)


async def test_the_lead_a_visit_was_told_of_reads_nothing_of_it_in_the_digest(
    world: World, worker: Someone
) -> None:
    lead = await world.worker("老区", Role.GLD, "LJ")
    await world.worker("督查", Role.SUP, "RT")
    await worker.does(BeginRound(kind="visit"))
    await say(worker, "45栋扶手松了", "BLD01")
    await worker.presses("button_note_finding")
    await say(worker, "301何姨说网格长老区骂人", "OTH03")
    await worker.presses("button_file_finding")
    await worker.presses("button_subject_unsaid")
    await worker.does(EndRound())

    digest = await lead.last("round_lead")
    assert "扶手" in str(digest.lines)
    assert "发现 1 处" in digest.text
    await knows_nothing(lead, "骂人")


async def test_a_lead_who_stepped_aside_does_not_find_it_in_somebodys_leave(
    world: World, worker: Someone, reporter: Someone, sung: Ticket
) -> None:
    lead = await world.worker("老区", Role.GLD, "LJ")
    other = await world.filed(reporter, "SAN01", "BL-45", "垃圾没人收")
    for each in (other, sung):
        await worker.does(AcceptTicket(ticket_id=each.id or 0))
        await worker.does(StartTicket(ticket_id=each.id or 0))
    await lead.does(StepAside(ticket_id=sung.id or 0, confirmed=True))
    since = len(await lead.heard())
    await worker.does(GoAway())
    await worker.answers("到后天")

    assert "away_offer" in await lead.templates()
    await knows_nothing(lead, "NOI01", since=since)


async def test_whoever_it_is_about_finds_no_motion_that_came_of_it(
    world: World, reporter: Someone
) -> None:
    committee = await world.worker("周主任", Role.CMT, "LJ")
    colleague = await world.worker("黄主任", Role.CMT, "LJ")
    ticket = await world.filed(reporter, "OTH99", "BL-45", "45栋楼上唱歌")
    await committee.does(StepAside(ticket_id=ticket.id or 0, confirmed=True))
    await colleague.does(DeliberateTicket(ticket_id=ticket.id or 0, plain=True))
    since = len(await committee.heard())
    await committee.does(ShowAgenda())
    await committee.does(ShowTodo())
    await colleague.does(ShowAgenda())

    assert (await colleague.templates())[-1] == "agenda"
    assert (await committee.templates())[since:] == ["agenda_empty", "todo_empty"]


async def test_the_newcomers_first_list_and_the_motion_hide_whose_flat_was_named(
    world: World, reporter: Someone
) -> None:
    committee = await world.worker("周主任", Role.CMT, "LJ")
    chair = await world.worker("主持人", Role.CHR, "LJ")
    building = world.community.area("BL-45")  # type: ignore[arg-type]
    await say(reporter, "楼上唱歌", "OTH99")
    pin = Location(lat=building.lat, lon=building.lon, label="45栋301")
    await reporter.does(GiveLocation(location=pin))
    await reporter.presses("button_submit")
    (number,) = await world.every_ticket()
    newcomer = await world.worker("新来的", Role.GWF, "G3")
    async with world.open_uow(Turn(cause="joined")) as uow:
        await show_round(newcomer.id, uow)
        await uow.commit()
    await committee.does(DeliberateTicket(ticket_id=number, plain=True))

    assert "seat_open_here" in await newcomer.templates()
    assert "lead_agenda" in await chair.templates()
    for someone in (newcomer, committee, chair):
        await knows_nothing(someone)


async def test_an_answer_to_the_desk_reaches_the_leads_without_flat_and_name(
    world: World, reporter: Someone
) -> None:
    lead = await world.worker("老区", Role.GLD, "LJ")
    reader = await world.worker("研判", Role.RVW, "RT")
    ticket = await world.filed(reporter, "OTH99", "BL-45", "楼上唱歌")
    await lead.alters(ticket, Verb.ASK, "几楼？")
    await reporter.does(AnswerTicket(ticket_id=ticket.id or 0))
    await world.revoke(lead)
    second = await world.worker("老何", Role.GLD, "LJ")
    await reporter.answers("401，我住301，我是何姨")

    assert "401" in await told(second)
    for someone in (second, reader):
        await knows_nothing(someone)


# -- calls -----------------------------------------------------------------------------------


async def test_who_is_complained_of_neither_finds_nor_takes_the_call_of_whoever_complains(
    world: World, worker: Someone, reporter: Someone
) -> None:
    await world.worker("督查", Role.SUP, "RT")
    await say(reporter, "阿梅上门骂人", "OTH03")
    await reporter.presses("button_subject_unsaid")
    await reporter.presses("button_submit")
    await reporter.does(RequestCallback())
    await worker.does(ShowTodo())
    await worker.does(TakeCallback(callback_id=1))

    assert await worker.templates() == ["todo_empty", "error_not_found"]
    await knows_nothing(worker, "骂人")


@pytest.mark.usefixtures("sung")
async def test_a_call_of_who_spoke_of_somebody_holds_neither_flat_nor_name(
    worker: Someone, reporter: Someone
) -> None:
    await say(reporter, "我住45栋301，我是何姨，楼上401又唱", kind=AskStatus)
    await reporter.does(RequestCallback())
    await worker.presses("button_take_callback")
    await worker.presses("button_write_to_caller")
    await worker.answers("您好")
    await reporter.presses("button_reply")
    await reporter.answers("我住301，叫我何姨就行，楼上401")

    assert "楼上401" in (await worker.last("callback_said")).text
    assert "我住45栋***" in (await worker.last("callback_yours")).text
    assert "301" not in await told(worker)


async def test_a_call_about_ones_own_flat_says_which(worker: Someone, reporter: Someone) -> None:
    await say(reporter, "我住45栋301，家里停电", kind=AskStatus)
    await reporter.does(RequestCallback())

    assert "301" in (await worker.last("callback_wanted")).text


# -- a number, a leak -----------------------------------------------------------------------


async def test_a_number_of_somebody_elses_matter_gives_no_answer_even_when_refused(
    world: World, worker: Someone, reporter: Someone
) -> None:
    await say(reporter, "我替隔壁阿婆反映,45栋楼上半夜练鼓", "NOI01")
    await reporter.presses("button_agreed_yes")
    await reporter.presses("button_no_contact")
    await reporter.presses("button_submit")
    (own,) = await world.every_ticket()
    async with world.reading() as uow:
        number = (await uow.tickets.get(own)).number
    singer = await world.resident("陈姨")
    await say(singer, f"{number} 到哪了", kind=AskStatus, intent="status")
    await reporter.presses("button_unknown")

    assert find_ticket_number(number)
    assert await singer.templates() == ["error_not_found"]


async def test_asked_whether_somebody_complained_it_says_nothing(
    world: World, sung: Ticket
) -> None:
    singer = await world.resident("陈姨", home="BL-45")
    await say(singer, "有没有人投诉我401唱歌？", kind=AskStatus, intent="status")

    assert await singer.templates() == ["no_matters"]


async def test_a_leak_one_flat_told_of_is_not_offered_to_the_flat_above(
    world: World, reporter: Someone
) -> None:
    leak = await world.filed(reporter, "BLD05", "BL-45", "天花板漏水")
    above, third = await world.resident(), await world.resident()
    await say(above, "45栋漏水", "BLD05")
    assert "ask_same_matter" not in await above.templates()

    await world.joins(await world.resident(), leak)
    await say(third, "45栋漏水", "BLD05")
    offered = await third.last("ask_same_matter")
    assert list(offered.lines) == ["地方"]
    await third.presses("button_same_matter")
    assert "户" not in (await third.last("joined_sealed")).text


async def test_two_leaks_made_one_do_not_say_that_just_one_other_spoke(
    world: World, reporter: Someone
) -> None:
    firm = await world.worker("物业", Role.PRM, "BL")
    lead = await world.worker("老区", Role.GLD, "LJ")
    leak = await world.filed(reporter, "BLD05", "BL-45", "天花板漏水")
    above = await world.resident("楼上")
    decoy = await world.filed(above, "OTH99", "BL-45", "我家那个漏了")
    await lead.does(MergeTicket(ticket_id=decoy.id or 0, into=leak.id or 0, sure=True))
    since = len(await above.heard())
    await firm.does(AcceptTicket(ticket_id=leak.id or 0))

    assert "push_merged_sealed" in await above.templates()
    assert "push_accepted" in (await above.templates())[since:]
    await knows_nothing(above, leak.number, "户", "households")


# -- the page --------------------------------------------------------------------------------


async def test_the_page_of_who_was_merged_or_follows_tells_no_day_before_theirs(
    house: House,
) -> None:
    world = house.world
    lead = await world.worker("老区", Role.GLD, "LJ")
    await world.worker("阿梅", Role.GWF, "G3")
    reporter = await world.resident("何姨")
    sung = await world.filed(reporter, "NOI01", "BL-45", SUNG)
    world.clock.advance(timedelta(hours=3))
    singer, friend = await house.visitor(), await house.visitor()
    decoy = await world.filed(await singer.someone(), "OTH99", "BL-45", "有人唱歌")
    await lead.does(MergeTicket(ticket_id=decoy.id or 0, into=sung.id or 0, sure=True))
    await world.joins(await friend.someone(), sung)
    await house.deliver()

    assert (await singer.get(f"/tickets/{sung.number}")).status == 404
    shown = await singer.read(f"/tickets/{decoy.number}")
    kept = [shown, await singer.messages(), await singer.read("/me/export")]
    for secret in (*SECRETS[:3], sung.number):
        assert secret not in json.dumps(kept, ensure_ascii=False)
    assert (await friend.read(f"/tickets/{sung.number}"))["timeline"] == []


async def test_a_photo_leaves_its_name_and_its_place_behind(house: House) -> None:
    visitor = await house.visitor()
    answer = await visitor.upload(jpeg(), "何姨家301.jpg")
    photo = (await answer.json())["attachment_id"]
    served = await visitor.get(f"/attachments/{photo}")

    assert b"Exif" not in await served.read()
    assert "filename" not in served.headers["Content-Disposition"]
    assert "何姨" not in json.dumps(await visitor.read("/me/export"), ensure_ascii=False)
