"""The singer at midday (seed 001): the worker talks, and nobody learns who asked for it."""

import json
from collections.abc import Iterator
from datetime import timedelta

from tests.journeys.person import Person
from tests.journeys.town import Journey, MovableTown

TOLD = "中午十二点半有位阿姨在口袋公园放声唱歌,我上完夜班回来睡不着,神经都衰弱了"
NEIGHBOUR = "口袋公园中午有人唱歌太吵"
TALKED = "跟阿姨谈过了,她说以后中午不唱,改到下午四点"
GIVES_AWAY = ("夜班", "神经", "睡不着", "十二点半")


async def everything_seen(person: Person, number: str) -> str:
    """All a person was told and all the page shows them of the matter."""
    await person.listens()
    shown = [*person.messages, await person.matters(), await person.gets("/todo")]
    if await person.is_refused(f"/tickets/{number}") == 200:
        shown.append(await person.gets(f"/tickets/{number}"))
    return json.dumps(shown, ensure_ascii=False)


def traces(seen: str, reporter: Person) -> Iterator[str]:
    yield from (words for words in (TOLD, *GIVES_AWAY) if words in seen)
    if reporter.session["participant_id"] in seen:
        yield "participant"


async def test_singer_at_midday_persuaded_without_a_name(
    long_journey: Journey, movable: MovableTown
) -> None:
    worker = await long_journey.worker("GWF", "G4", "网格员小何")
    reporter, neighbour, singer = [await long_journey.resident() for _ in range(3)]
    number = await long_journey.files(reporter, TOLD, "NOI01")
    assert reporter.questions() == 1
    # Whoever tells the like may be the singer: that somebody has spoken is not said.
    other = await long_journey.files(neighbour, NEIGHBOUR, "NOI01")
    assert other != number
    assert neighbour.questions() == 1

    card = await worker.hears_text("work_dispatched", number=number)
    assert "中午时段" in json.dumps(card, ensure_ascii=False)
    await worker.presses("button_accept", on=card)
    taken = await worker.hears_text("accepted", number=number)
    await worker.presses("button_talking_points", on=taken)
    points = await worker.hears_text("points")
    assert "有邻居跟我们反映" in json.dumps(points, ensure_ascii=False)
    await worker.presses("button_promised", on=points)
    await worker.says(TALKED)
    promised = await reporter.hears_text("push_promised", number=number)
    assert TALKED not in promised["text"]

    movable.waits(timedelta(days=7, minutes=5))
    asked = await reporter.hears_text("recheck_ask", number=number)
    await reporter.presses("button_quiet_now", on=asked)
    better = await worker.hears_text("work_recheck_quiet", number=number)
    await worker.presses("button_resolve", on=better)
    await worker.hears_text("proof_note", number=number)
    await worker.says("谈好了，一周没有再唱")
    settled = await reporter.hears_text("push_resolved", number=number)
    await reporter.presses("button_satisfied", on=settled)

    for third in (neighbour, singer):
        assert list(traces(await everything_seen(third, number), reporter)) == []
        assert await third.is_refused(f"/tickets/{number}") == 404
    assert reporter.session["participant_id"] not in await everything_seen(worker, number)


async def test_who_asks_for_secrecy_stays_unknown_to_the_worker_too(journey: Journey) -> None:
    worker = await journey.worker("GWF", "RY-5", "网格员小谭")
    reporter = await journey.resident()
    words = "5栋楼上天天半夜拖椅子"
    journey.rasa.teach(words, "report", "NOI01")

    await reporter.says(words)
    await reporter.presses("button_anonymous")
    await reporter.hears_text("anonymous_on")
    await reporter.presses("button_submit")
    number = await reporter.hears_number()

    await worker.hears_text("work_dispatched", number=number)
    await worker.presses("button_accept")
    await worker.presses("button_message_reporter")
    await worker.hears_text("relay_write_message", number=number)
    await worker.says("今晚方便过去听一听吗")
    heard = await reporter.hears_text("relay_from_worker", number=number)
    await reporter.presses("button_reply", on=heard)
    await reporter.hears_text("relay_write_answer", number=number)
    await reporter.says("十点以后都行")
    await worker.hears_text("relay_from_reporter", number=number, text="十点以后都行")

    seen = await everything_seen(worker, number)
    assert reporter.session["participant_id"] not in seen
