"""Between neighbours: spoken to without a name, a promise, and the question a week later."""

from datetime import timedelta

import pytest

from actions.application.commands.mediating import (
    AnswerCaptain,
    AnswerRecheck,
    AskCaptain,
    RecordPromise,
    ShowEvidence,
    ShowTalkingPoints,
)
from actions.application.commands.working import ShowOptions, ShowRecord
from actions.domain.people import Role
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus, Verb
from tests.builders import Someone, World
from tests.talk import say

SUNG = "我住45栋301，楼上401天天中午唱歌，我是何姨"
WEEK = timedelta(days=7, minutes=1)


@pytest.fixture
async def worker(world: World) -> Someone:
    return await world.worker("阿梅", Role.GWF, "G3", roster_key="gwf-3")


@pytest.fixture
async def reporter(world: World) -> Someone:
    return await world.resident("何姨", home="BL-45")


@pytest.fixture
async def captain(world: World) -> Someone:
    return await world.worker("坤叔", Role.CAP, "BL-45", roster_key="cap-45")


@pytest.fixture
async def singing(world: World, worker: Someone, reporter: Someone) -> Ticket:
    return await world.filed(reporter, "NOI01", "BL-45", SUNG, photos=["from-my-window"])


async def promised(worker: Someone) -> None:
    """Taken, gone there, talked, promised."""
    await worker.presses("button_accept")
    await worker.presses("button_go_there")
    await worker.presses("button_promised")
    await worker.answers("阿姨说以后中午不唱了，改到下午三点")


async def test_singer_at_midday_persuaded_without_a_name(
    world: World, worker: Someone, reporter: Someone, singing: Ticket
) -> None:
    card = await worker.last("work_dispatched")
    shown = str(card.row["content"])
    assert "401" in shown
    assert "中午时段" in card.lines.values()
    assert "301" not in shown
    assert "何姨" not in shown
    assert card.photos == []
    await worker.presses("button_accept")
    await worker.presses("button_talking_points")
    points = await worker.last("points")
    said = " ".join((points.text, *points.lines.values()))
    assert "有邻居跟我们反映，您在中午时段唱歌" in said
    assert singing.number not in said
    await worker.presses("button_promised")
    await worker.answers("阿姨说以后中午不唱了")

    told = await reporter.last("push_promised")
    assert "11月30日" in told.text or "今天" not in told.text
    assert "阿姨说" not in told.text
    assert (await world.ticket(singing)).recheck_at is not None
    await worker.presses("button_resolve")
    await worker.answers("谈好了")
    await reporter.presses("button_satisfied")
    world.clock.advance(WEEK)
    await world.tick()
    asked = await reporter.last("recheck_ask")
    assert asked.labels == ["button_quiet_now", "button_noise_again", "button_unsure"]
    await reporter.presses("button_quiet_now")

    assert (await reporter.templates())[-1] == "recheck_quiet"
    answers = [e.data.get("answer") for e in await world.timeline(singing)]
    assert answers[-1] == "kept"
    assert (await world.ticket(singing)).status is TicketStatus.CLOSED_FIXED


async def test_loud_again_while_it_is_open_tells_the_worker(
    world: World, worker: Someone, reporter: Someone, singing: Ticket
) -> None:
    await promised(worker)
    world.clock.advance(WEEK)
    await world.tick()

    await reporter.presses("button_noise_again")

    assert "work_recheck_again" in await worker.templates()
    assert (await reporter.templates())[-1] == "recheck_again"
    assert (await world.ticket(singing)).status is TicketStatus.IN_PROGRESS


async def test_loud_again_after_it_was_closed_opens_it_one_level_up(
    world: World, worker: Someone, reporter: Someone, singing: Ticket
) -> None:
    lead = await world.worker("老区", Role.GLD, "LJ")
    await promised(worker)
    await worker.presses("button_resolve")
    await worker.answers("谈好了")
    await reporter.presses("button_satisfied")
    world.clock.advance(WEEK)
    await world.tick()

    await reporter.presses("button_noise_again")

    ticket = await world.ticket(singing)
    assert (ticket.status, ticket.assignee) == (TicketStatus.DISPATCHED, lead.id)
    assert (await reporter.templates())[-1] in ("recheck_reopened", "push_dispatched")
    assert "recheck_reopened" in await reporter.templates()


async def test_loud_again_before_it_was_rated_counts_as_not_settled(
    world: World, worker: Someone, reporter: Someone, singing: Ticket
) -> None:
    await worker.presses("button_accept")
    await worker.does(RecordPromise(ticket_id=singing.id or 0, days=3))
    await worker.answers("答应不唱了")
    await worker.presses("button_resolve")
    await worker.answers("谈好了")
    world.clock.advance(timedelta(days=3, minutes=1))
    await world.tick()

    await reporter.presses("button_noise_again")

    assert (await world.ticket(singing)).reopenings == 1


@pytest.mark.parametrize("said", [("又吵了！", "broken"), ("好多了", "kept")])
async def test_the_answer_may_be_written_instead_of_pressed(
    world: World, worker: Someone, reporter: Someone, singing: Ticket, said: tuple[str, str]
) -> None:
    words, answer = said
    await worker.presses("button_accept")
    await worker.does(RecordPromise(ticket_id=singing.id or 0, days=3))
    await worker.answers("答应不唱了")
    world.clock.advance(timedelta(days=3, minutes=1))
    await world.tick()
    assert (await reporter.templates())[-1] == "recheck_ask"

    await reporter.writes(words)

    assert (await world.timeline(singing))[-1].data["answer"] == answer


async def test_silence_is_never_counted_as_good(
    world: World, worker: Someone, reporter: Someone, singing: Ticket
) -> None:
    await promised(worker)
    world.clock.advance(WEEK)
    await world.tick()
    world.clock.advance(timedelta(days=8))
    await world.tick()

    assert (await reporter.templates()).count("recheck_ask") == 1
    answers = {entry.data.get("answer") for entry in await world.timeline(singing)}
    assert answers == {None}
    assert "work_recheck_quiet" not in await worker.templates()


async def test_who_cannot_tell_is_asked_once_more_and_then_left_alone(
    world: World, worker: Someone, reporter: Someone, singing: Ticket
) -> None:
    await promised(worker)
    for _ in range(3):
        world.clock.advance(WEEK)
        await world.tick()
        await reporter.presses("button_unsure")

    assert (await reporter.templates()).count("recheck_ask") == 2
    assert "recheck_unsure_last" in await reporter.templates()


async def test_an_answer_pressed_twice_counts_once(
    world: World, worker: Someone, reporter: Someone, singing: Ticket
) -> None:
    await promised(worker)
    world.clock.advance(WEEK)
    await world.tick()

    await reporter.presses("button_noise_again")
    await reporter.presses("button_quiet_now")

    assert (await reporter.templates())[-1] == "recheck_too_late"
    assert "work_recheck_quiet" not in await worker.templates()


async def test_what_was_taken_back_is_not_asked_about(
    world: World, worker: Someone, reporter: Someone, singing: Ticket
) -> None:
    await promised(worker)
    await reporter.alters(singing, Verb.WITHDRAW)
    world.clock.advance(WEEK)
    await world.tick()

    assert "recheck_ask" not in await reporter.templates()


async def test_a_promise_wants_words_and_may_be_asked_about_earlier(
    world: World, worker: Someone, singing: Ticket
) -> None:
    await worker.presses("button_accept")
    await worker.does(RecordPromise(ticket_id=singing.id or 0))
    await worker.shows("handshake")
    assert (await worker.templates())[-1] == "promise_words_needed"
    await worker.presses("button_promise_days", nth=0)
    await worker.answers("答应了")

    due = (await world.ticket(singing)).recheck_at
    assert due == world.clock.now() + timedelta(days=3)


async def test_nobody_but_those_who_handle_it_sees_what_to_say(
    world: World, reporter: Someone, singing: Ticket
) -> None:
    stranger = await world.resident()
    for someone in (stranger, reporter):
        await someone.does(ShowTalkingPoints(ticket_id=singing.id or 0))
        await someone.does(RecordPromise(ticket_id=singing.id or 0))

    assert await stranger.templates() == ["error_not_found"] * 2
    assert (await reporter.templates())[-2:] == ["error_not_allowed"] * 2


async def test_a_broken_handrail_has_no_other_side(
    world: World, worker: Someone, reporter: Someone
) -> None:
    handrail = await world.filed(reporter, "BLD01", "BL-45", "三楼扶手松了")
    await worker.presses("button_accept")
    await worker.does(ShowTalkingPoints(ticket_id=handrail.id or 0))

    assert (await worker.templates())[-1] == "error_out_of_date"
    await worker.does(ShowOptions(ticket_id=handrail.id or 0))
    assert "button_promised" not in (await worker.last("options")).labels


async def test_the_reporters_photos_are_shown_on_request_with_a_warning_and_on_record(
    world: World, worker: Someone, singing: Ticket
) -> None:
    await worker.presses("button_accept")
    await worker.does(ShowRecord(ticket_id=singing.id or 0))
    assert (await worker.last("record")).photos == []

    await worker.does(ShowEvidence(ticket_id=singing.id or 0))

    assert (await worker.last("evidence")).photos == ["from-my-window"]


# -- the captain -----------------------------------------------------------------------------


async def test_the_captain_looks_without_learning_who_or_which_flat(
    world: World, worker: Someone, captain: Someone, singing: Ticket
) -> None:
    await worker.presses("button_accept")
    await worker.does(AskCaptain(ticket_id=singing.id or 0))
    await worker.presses("button_look_still")

    asked = await captain.last("captain_please")
    everything = str(asked.row["content"]["params"]) + asked.text
    assert "45栋" in asked.text
    for secret in ("301", "401", "何姨", singing.number, "唱歌，我是"):
        assert secret not in everything
    assert asked.row["ticket_id"] is None
    await captain.presses("button_seen")
    await captain.shows("corridor")

    told = [said for said in await worker.heard() if said.template == "work_verified"]
    assert "看到了" in told[0].text
    assert told[1].photos == ["corridor"]
    verified = [e for e in await world.timeline(singing) if e.verb is Verb.VERIFY]
    assert [entry.role for entry in verified] == ["assignee", "CAP", "CAP"]


async def test_the_captain_sees_nothing_else_of_it(
    world: World, worker: Someone, captain: Someone, singing: Ticket
) -> None:
    await worker.presses("button_accept")
    await worker.does(AskCaptain(ticket_id=singing.id or 0, look="still"))

    await captain.does(ShowRecord(ticket_id=singing.id or 0))
    await captain.does(ShowOptions(ticket_id=singing.id or 0))

    assert (await captain.templates())[1:] == ["error_not_found"] * 2


async def test_only_a_captain_who_was_asked_answers_and_only_once(
    world: World, worker: Someone, captain: Someone, singing: Ticket
) -> None:
    other = await world.worker("英姨", Role.CAP, "RY-2")
    await worker.presses("button_accept")
    await worker.does(AskCaptain(ticket_id=singing.id or 0, look="still"))
    asked = next(e.seq for e in await world.timeline(singing) if e.verb is Verb.VERIFY)

    await other.does(AnswerCaptain(ticket_id=singing.id or 0, asked=asked, seen=True))
    await captain.presses("button_not_seen")
    await captain.presses("button_seen")

    assert await other.templates() == ["error_not_found"]
    assert (await captain.templates())[-1] == "error_out_of_date"
    assert (await worker.templates()).count("work_verified") == 1


async def test_a_captain_asked_too_late_hears_no_number(
    world: World, worker: Someone, captain: Someone, reporter: Someone, singing: Ticket
) -> None:
    await worker.presses("button_accept")
    await worker.does(AskCaptain(ticket_id=singing.id or 0, look="done"))
    await reporter.alters(singing, Verb.WITHDRAW)

    await captain.presses("button_seen")

    said = (await captain.heard())[-1]
    assert said.template == "error_out_of_date"
    assert singing.number not in said.text


async def test_a_building_without_a_captain_is_said_so(
    world: World, worker: Someone, singing: Ticket
) -> None:
    await worker.presses("button_accept")
    await worker.does(AskCaptain(ticket_id=singing.id or 0))

    assert (await worker.templates())[-1] == "captain_nobody"


async def test_a_follower_answers_no_question_that_was_not_put(
    world: World, worker: Someone, singing: Ticket
) -> None:
    neighbour = await world.resident()
    await world.joins(neighbour, singing)
    await neighbour.does(AnswerRecheck(ticket_id=singing.id or 0, answer="kept", asked=1))

    assert (await neighbour.templates())[-1] == "recheck_too_late"


async def test_loud_again_in_words_is_heard_after_other_news_came_in_between(
    world: World, worker: Someone, reporter: Someone, singing: Ticket
) -> None:
    await promised(worker)
    world.clock.advance(WEEK)
    await world.tick()
    await world.filed(reporter, "BLD01", "BL-45", "三楼扶手松了")
    await worker.presses("button_accept")
    assert (await reporter.templates())[-1] != "recheck_ask"

    await say(reporter, "又嘈過")

    assert "work_recheck_again" in await worker.templates()
    assert "recheck_again" in await reporter.templates()


@pytest.mark.parametrize("days", [0, 8])
async def test_loud_again_answers_nothing_once_the_question_is_answered_or_old(
    world: World, worker: Someone, reporter: Someone, singing: Ticket, days: int
) -> None:
    await promised(worker)
    world.clock.advance(WEEK)
    await world.tick()
    if days:
        world.clock.advance(timedelta(days=days))
    else:
        await reporter.presses("button_quiet_now")
    await world.filed(reporter, "BLD01", "BL-45", "三楼扶手松了")

    await say(reporter, "又响了", "NOI01")

    assert "work_recheck_again" not in await worker.templates()
    assert "recheck_too_late" not in await reporter.templates()


async def test_no_time_of_day_is_made_up_from_the_hour_it_was_filed_at(
    world: World, worker: Someone, reporter: Someone
) -> None:
    await world.filed(reporter, "NOI01", "BL-45", "楼上401天天唱歌")
    assert "时段" not in (await worker.last("work_dispatched")).lines
    await worker.presses("button_accept")
    await worker.presses("button_talking_points")

    said = str((await worker.last("points")).lines)
    assert "您在平时唱歌" in said
