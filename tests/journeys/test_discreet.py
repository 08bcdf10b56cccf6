"""The singer at midday (seed 001): the worker talks, and nobody learns who asked for it."""

import json
from collections.abc import Iterator

from tests.journeys.person import Person
from tests.journeys.town import Journey

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


async def test_a_complaint_about_a_neighbour_names_nobody(journey: Journey) -> None:
    worker = await journey.worker("GWF", "G4", "网格员小何")
    reporter, neighbour, singer = [await journey.resident() for _ in range(3)]
    number = await journey.files(reporter, TOLD, "NOI01")
    assert reporter.questions() == 1

    journey.rasa.teach(NEIGHBOUR, "report", "NOI01")
    await neighbour.says(NEIGHBOUR)
    await neighbour.hears_text("ask_same_matter")
    await neighbour.presses("button_same_matter")
    await neighbour.hears_text("joined", number=number, count="2")

    await worker.hears_text("work_dispatched", number=number)
    await worker.presses("button_accept")
    await worker.hears_text("accepted", number=number)
    await worker.presses("button_resolve")
    await worker.hears_text("proof_note", number=number)
    await worker.says(TALKED)

    settled = await reporter.hears_text("push_resolved", number=number)
    assert TALKED in settled["text"]
    await neighbour.hears_text("push_resolved_for_follower", number=number)
    await reporter.presses("button_satisfied", on=settled)
    await neighbour.hears_text("push_closed_fixed", number=number)

    for third in (neighbour, singer):
        assert list(traces(await everything_seen(third, number), reporter)) == []
    assert await singer.is_refused(f"/tickets/{number}") == 404
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
