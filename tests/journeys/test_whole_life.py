"""Matters that take days, in a running bot on both stores, under a clock that moves."""

from datetime import timedelta

from tests.journeys.photos import photo_with_gps
from tests.journeys.town import Journey, MovableTown

A_WEEK = timedelta(days=7)


async def test_silence_closes_as_unrated_after_a_week_and_can_be_reopened(
    movable: MovableTown, long_journey: Journey
) -> None:
    worker = await long_journey.worker("PRM", "RY-3", "榕苑物业小温")
    reporter = await long_journey.resident()
    number = await long_journey.files(reporter, "榕苑3栋楼道灯不亮了", "BLD04")
    await worker.presses("button_accept")
    await worker.presses("button_resolve")
    await worker.shows(photo_with_gps())
    await reporter.hears_text("push_resolved", number=number)

    movable.waits(A_WEEK + timedelta(minutes=1))

    await reporter.hears_text("push_lapsed", number=number)
    await reporter.presses("button_reopen")
    await reporter.hears_text("ask_why_reopen")
    await reporter.says("昨晚又不亮了")
    await reporter.hears_text("rated_dissatisfied", number=number)
