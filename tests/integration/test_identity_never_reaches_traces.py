"""What is left of who spoke in hours, buttons, praise, answers and kept data: nothing of it tells.

As in `test_identity_never_reaches`, the singer is a resident like anybody.
"""

from datetime import datetime, timedelta

import pytest

from actions.application.commands.deciding import MergeTicket
from actions.application.commands.following import AddToTicket, RateTicket, ShowTicket, UrgeTicket
from actions.application.commands.mediating import StepAside
from actions.application.commands.waiting import ScheduleTicket
from actions.application.commands.working import (
    AcceptTicket,
    NoteProgress,
    ShowOptions,
    ShowRecord,
)
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from tests.builders import Someone, World
from tests.integration.discreet import SUNG, knows_nothing
from tests.integration.web_house import House
from tests.talk import say


@pytest.fixture
async def worker(world: World) -> Someone:
    return await world.worker("阿梅", Role.GWF, "G3", roster_key="gwf-3")


@pytest.fixture
async def lead(world: World, worker: Someone) -> Someone:
    return await world.worker("老区", Role.GLD, "LJ")


@pytest.fixture
async def reporter(world: World) -> Someone:
    return await world.resident("何姨", home="BL-45")


@pytest.fixture
async def singer(world: World) -> Someone:
    return await world.resident("陈姨", home="BL-45")


@pytest.fixture
async def sung(world: World, worker: Someone, reporter: Someone) -> Ticket:
    return await world.filed(reporter, "NOI01", "BL-45", SUNG, photos=["from-my-window"])


# -- reopened by somebody else ---------------------------------------------------------------


async def test_a_first_teller_does_not_learn_that_somebody_else_was_not_content(
    world: World, worker: Someone, lead: Someone, reporter: Someone, singer: Someone
) -> None:
    first = await world.filed(singer, "NOI01", "BL-45", "45栋有人唱歌")
    real = await world.filed(reporter, "OTH99", "BL-45", SUNG)
    await lead.does(MergeTicket(ticket_id=real.id or 0, into=first.id or 0, sure=True))
    await worker.does(AcceptTicket(ticket_id=first.id or 0))
    await worker.presses("button_resolve")
    await worker.answers("谈好了")
    await singer.does(RateTicket(ticket_id=first.id or 0, verdict="satisfied"))
    await reporter.presses("button_reopen")
    await reporter.answers("昨晚又唱")

    heard = await singer.last("push_reopened_sealed")
    assert "没解决" not in heard.text
    assert "由谁办" in heard.text
    assert "push_reopened" not in await singer.templates()


# -- stepping aside --------------------------------------------------------------------------


async def test_a_worker_who_merely_follows_what_is_about_them_can_step_aside(
    world: World, worker: Someone, sung: Ticket
) -> None:
    other = await world.worker("小陈", Role.GWF, "G3")
    await world.joins(other, sung)
    await other.does(ShowOptions(ticket_id=sung.id or 0))
    await other.presses("button_step_aside")
    await other.presses("button_step_aside_really")
    since = len(await other.heard())
    await worker.presses("button_accept")
    await other.does(ShowRecord(ticket_id=sung.id or 0))

    now = await world.ticket(sung)
    assert other.id in now.recused
    assert now.assignee == worker.id
    assert [said.template for said in (await other.heard())[since:]] == ["error_not_found"]


async def test_a_resident_who_follows_has_nothing_to_step_aside_from(
    world: World, singer: Someone, sung: Ticket
) -> None:
    await world.joins(singer, sung)
    await singer.does(ShowOptions(ticket_id=sung.id or 0))
    await singer.does(StepAside(ticket_id=sung.id or 0, confirmed=True))

    assert "button_step_aside" not in (await singer.last("options")).labels
    assert (await singer.templates())[-1] == "error_not_allowed"


# -- praise ----------------------------------------------------------------------------------

_PRAISE = "我是何姨，我住45栋301，网格员帮我妈扛米上楼"


async def test_praise_that_is_not_signed_says_neither_flat_nor_name_of_whoever_wrote(
    worker: Someone, lead: Someone, reporter: Someone
) -> None:
    await say(reporter, _PRAISE, "OTH02", intent="praise")
    await reporter.presses("praised_chip")
    await lead.presses("button_pass_praise")
    await worker.does(ShowRecord(ticket_id=(await worker.last("praise_for_you")).row["ticket_id"]))

    assert "扛米上楼" in (await worker.last("praise_for_you")).text
    await knows_nothing(worker)


async def test_praise_that_is_signed_keeps_what_was_written(
    worker: Someone, lead: Someone, reporter: Someone
) -> None:
    await say(reporter, _PRAISE, "OTH02", intent="praise")
    await reporter.presses("praised_chip")
    await reporter.presses("button_sign_praise")
    await reporter.answers("何姨")
    await lead.presses("button_pass_praise")

    assert "301" in (await worker.last("praise_for_you_signed")).text


# -- dates of the whole ----------------------------------------------------------------------


async def _merged_hours_later(world: World, lead: Someone, singer: Someone, sung: Ticket) -> Ticket:
    world.clock.advance(timedelta(hours=2, minutes=7))
    decoy = await world.filed(singer, "OTH99", "BL-45", "45栋有人唱歌")
    await lead.does(MergeTicket(ticket_id=decoy.id or 0, into=sung.id or 0, sure=True))
    return decoy


async def test_who_was_merged_in_is_told_days_and_never_the_minute_of_another(
    world: World, worker: Someone, lead: Someone, singer: Someone, sung: Ticket
) -> None:
    decoy = await _merged_hours_later(world, lead, singer, sung)
    since = len(await singer.heard())
    await worker.does(AcceptTicket(ticket_id=sung.id or 0))
    await singer.does(ShowTicket(ticket_id=decoy.id or 0))
    await worker.presses("button_go_there")
    await worker.does(NoteProgress(ticket_id=sung.id or 0))
    await worker.answers("去过了")
    await worker.presses("button_share")
    await singer.does(UrgeTicket(ticket_id=decoy.id or 0))
    await singer.does(ShowTicket(ticket_id=decoy.id or 0))
    world.clock.advance(timedelta(days=30))
    await world.tick()
    await singer.does(ShowTicket(ticket_id=decoy.id or 0))

    heard = {said.template for said in (await singer.heard())[since:]}
    assert {"push_accepted", "push_started", "ticket_standing", "relay_note"} <= heard
    assert "push_missed_settle" in heard
    for said in (await singer.heard())[since:]:
        assert ":" not in said.text, said.text
        assert "T" not in str(said.row["content"]["params"].get("due", ""))


async def test_who_reported_it_still_reads_the_hour_promised_to_them(
    world: World, worker: Someone, lead: Someone, reporter: Someone, sung: Ticket
) -> None:
    await _merged_hours_later(world, lead, await world.resident(), sung)
    await worker.does(AcceptTicket(ticket_id=sung.id or 0))
    await reporter.does(ShowTicket(ticket_id=sung.id or 0))

    assert ":" in (await reporter.last("ticket_standing")).text


async def test_an_hour_the_worker_named_reaches_who_was_merged_in_as_well(
    world: World, worker: Someone, lead: Someone, singer: Someone, sung: Ticket
) -> None:
    await _merged_hours_later(world, lead, singer, sung)
    await worker.does(AcceptTicket(ticket_id=sung.id or 0))
    await worker.presses("button_go_there")
    await worker.does(ScheduleTicket(ticket_id=sung.id or 0))
    await worker.answers("明天下午3点")

    assert "15:00" in (await singer.last("push_scheduled")).text


async def test_the_page_of_who_was_merged_in_counts_to_the_end_of_the_day(house: House) -> None:
    world = house.world
    lead = await world.worker("老区", Role.GLD, "LJ")
    await world.worker("阿梅", Role.GWF, "G3")
    sung = await world.filed(await world.resident("何姨"), "NOI01", "BL-45", SUNG)
    singer = await house.visitor()
    decoy = await _merged_hours_later(world, lead, await singer.someone(), sung)

    shown = await singer.read(f"/tickets/{decoy.number}")
    due_at = datetime.fromisoformat(shown["due_at"]).astimezone(world.community.timezone)
    assert (due_at.hour, due_at.minute) == (23, 59)
    assert [each["due_at"] for each in (await singer.read("/tickets"))["tickets"]] == [
        shown["due_at"]
    ]


# -- ones own data ---------------------------------------------------------------------------


def _held(kept: object, name: str) -> list[object]:
    """Every value kept under that name, however deep."""
    if isinstance(kept, dict):
        here = [kept[name]] if name in kept else []
        return here + [found for each in kept.values() for found in _held(each, name)]
    return [found for each in kept for found in _held(each, name)] if isinstance(kept, list) else []


async def test_ones_own_data_do_not_point_at_the_older_matter_of_another(house: House) -> None:
    world = house.world
    lead = await world.worker("老区", Role.GLD, "LJ")
    worker = await world.worker("阿梅", Role.GWF, "G3")
    sung = await world.filed(await world.resident("何姨"), "NOI01", "BL-45", SUNG)
    visitor = await house.visitor()
    singer = await visitor.someone()
    decoy = await _merged_hours_later(world, lead, singer, sung)
    await worker.does(AcceptTicket(ticket_id=sung.id or 0))
    await singer.does(UrgeTicket(ticket_id=decoy.id or 0))
    await singer.does(AddToTicket(ticket_id=decoy.id or 0))
    await worker.presses("button_resolve")
    await worker.answers("谈好了")
    await house.deliver()

    kept = (await visitor.read("/me/export"))["kept"]
    assert "push_resolved" in str(kept["outbox"])
    assert _held(kept, "command") == []
    assert set(_held(kept, "ticket_id")) - {None} == {decoy.id}
    assert _held(kept, "focus_ticket_id") == []
    on_mine = [entry for entry in kept["ticket_events"] if "ticket_id" in entry]
    assert {entry["ticket_id"] for entry in on_mine} == {decoy.id}
    assert "urge" in [entry["verb"] for entry in kept["ticket_events"]]
