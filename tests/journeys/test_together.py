"""Neighbours who raise the same matter hear every step; a matter that is not good goes up."""

import pytest

from tests.journeys.conftest import EVERY_WAY
from tests.journeys.photos import photo_with_gps
from tests.journeys.town import Journey


@pytest.mark.parametrize("town", EVERY_WAY, indirect=True)
async def test_everybody_who_said_me_too_is_told_at_every_step(journey: Journey) -> None:
    worker = await journey.worker("PRM", "RY-2", "榕苑物业小温")
    reporter = await journey.resident()
    others = [await journey.resident() for _ in range(2)]
    number = await journey.files(reporter, "2栋楼道灯不亮了", "BLD04")
    for count, other in enumerate(others, 2):
        words = f"2栋楼道的灯坏了 {count}"
        journey.rasa.teach(words, "report", "BLD04")
        await other.says(words)
        await other.presses("button_same_matter")
        await other.hears_text("joined", number=number, count=str(count))
        await worker.hears_text("work_joined", number=number, households=str(count))

    everybody = [reporter, *others]
    await worker.presses("button_accept")
    for each in everybody:
        await each.hears_text("push_accepted", number=number)
    await worker.presses("button_go_there")
    for each in everybody:
        await each.hears_text("push_started", number=number)
    await worker.presses("button_note")
    await worker.hears_text("note_ask", number=number)
    await worker.says("灯管烧了,去拿新的")
    await worker.presses("button_share")
    for each in everybody:
        await each.hears_text("relay_note", number=number)
    await worker.presses("button_resolve")
    await worker.hears_text("proof_photo", number=number)
    await worker.shows(photo_with_gps())

    settled = await reporter.hears_text("push_resolved", number=number)
    for each in others:
        await each.hears_text("push_resolved_for_follower", number=number)
    await reporter.presses("button_satisfied", on=settled)
    for each in others:
        await each.hears_text("push_closed_fixed", number=number)
    for each in others:
        assert [matter["status"] for matter in await each.matters()] == ["closed_fixed"]


async def test_what_is_not_solved_reaches_the_lead_with_the_reason(journey: Journey) -> None:
    worker = await journey.worker("PRM", "RY-6", "榕苑物业小冼")
    lead = await journey.worker("GLD", "G2", "网格长阿佩")
    reporter = await journey.resident()
    number = await journey.files(reporter, "6栋扶手晃得厉害", "BLD01")
    await worker.hears_text("work_dispatched", number=number)
    await worker.presses("button_accept")
    await worker.presses("button_resolve")
    await worker.hears_text("proof_photo", number=number)
    await worker.shows(photo_with_gps())

    settled = await reporter.hears_text("push_resolved", number=number)
    await reporter.presses("button_dissatisfied", on=settled)
    await reporter.hears_text("ask_what_remains")
    await reporter.says("二楼那段还是晃")

    await reporter.hears_text("rated_dissatisfied", number=number)
    await worker.hears_text("work_dissatisfied", number=number, reason="二楼那段还是晃")
    await lead.hears_text("work_dispatched", number=number)
    assert (number, "dispatched") in await lead.todo()
    await lead.presses("button_accept")
    await reporter.hears_text("push_accepted", number=number)


async def test_a_closed_matter_comes_back_when_it_breaks_again(journey: Journey) -> None:
    worker = await journey.worker("PRM", "BL-50", "白鹭物业小湛")
    lead = await journey.worker("GLD", "G4", "网格长阿敏")
    reporter = await journey.resident()
    number = await journey.files(reporter, "50栋门禁打不开", "BLD04")
    await worker.hears_text("work_dispatched", number=number)
    await worker.presses("button_accept")
    await worker.presses("button_resolve")
    await worker.hears_text("proof_photo", number=number)
    await worker.shows(photo_with_gps())
    await reporter.presses("button_satisfied")
    await reporter.hears_text("rated_satisfied", number=number)
    journey.rasa.teach("门禁又不行了", "reopen")

    await reporter.says("门禁又不行了")
    await reporter.hears_text("ask_why_reopen")
    await reporter.says("今早又刷不开")

    await lead.hears_text("work_dispatched", number=number)
    assert [each["status"] for each in await reporter.matters()] == ["dispatched"]
