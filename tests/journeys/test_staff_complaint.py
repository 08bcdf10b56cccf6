"""A complaint about somebody of the staff goes round them, whatever they may open otherwise."""

import json

from tests.journeys.person import Person, labels
from tests.journeys.town import Journey

RUDE = "上门的人骂人，态度很差"


async def everything_seen(person: Person, number: str) -> str:
    await person.listens()
    shown = [*person.messages, await person.matters(), await person.gets("/todo")]
    return json.dumps([*shown, await person.is_refused(f"/tickets/{number}")], ensure_ascii=False)


async def test_a_staff_complaint_that_its_subject_cannot_see(journey: Journey) -> None:
    lead = await journey.worker("GLD", "LJ", "网格长老林")
    worker = await journey.worker("GWF", "G5", "网格员小宋")
    supervisor = await journey.worker("SUP", "RT", "街道督查员")
    reporter = await journey.resident()
    words = f"网格员小宋{RUDE}"
    journey.rasa.teach(words, "report", "OTH03")

    await reporter.says(words)
    asked = await reporter.hears_text("ask_subject")
    assert labels(asked)
    await reporter.says("网格长老林，还有网格员小宋")
    await reporter.hears_text("subject_noted")
    await reporter.presses("button_submit")
    number = await reporter.hears_number()

    card = await supervisor.hears_text("work_dispatched", number=number)
    assert "小宋" in json.dumps(card, ensure_ascii=False)
    for subject in (worker, lead):
        await subject.says(f"{number} 到哪了")
        assert await subject.is_refused(f"/tickets/{number}") == 404
        seen = await everything_seen(subject, "LL-200101-0001-A")
        assert RUDE not in seen
        told = [each for each in subject.messages if each["direction"] == "out"]
        assert number not in json.dumps(told, ensure_ascii=False)
    await supervisor.presses("button_accept", on=card)
    await reporter.hears_text("push_accepted_staff", number=number)
