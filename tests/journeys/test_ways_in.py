"""Matters that come in another way than by a resident's own word, and those that stay sealed."""

import json
from datetime import timedelta

from tests.journeys.person import Person
from tests.journeys.photos import photo_with_gps
from tests.journeys.town import Journey, MovableTown

A_WEEK = timedelta(days=7, minutes=1)


def everything(person: Person) -> str:
    """All that was ever shown to somebody, with its cards and buttons."""
    shown = [each for each in person.messages if each["direction"] == "out"]
    return json.dumps(shown, ensure_ascii=False)


async def test_a_patrol_of_six_findings_four_settled_on_the_spot(long_journey: Journey) -> None:
    lead = await long_journey.worker("GLD", "G5", "网格长阿佩")
    await long_journey.worker("PRM", "XT", "新汀物业")
    worker = await long_journey.worker("GWF", "G5", "网格员阿梅")
    await worker.says("开始巡查")
    await worker.hears_text("round_begun_patrol")
    seen = ("大堂杂物", "灯箱歪了", "门口单车", "地面积水")
    for words in seen:
        text = f"新汀花园3栋{words}"
        long_journey.rasa.teach(text, "report", "SAN02")
        await worker.says(text)
        await worker.hears_text("finding")
        await worker.presses("button_settled_on_spot")
    filed = "新汀花园3栋三楼扶手松了"
    long_journey.rasa.teach(filed, "report", "BLD01")
    await worker.says(filed)
    await worker.hears_text("finding")
    await worker.presses("button_file_finding")
    await worker.hears_number()
    noted = "新汀花园3栋花坛有点空"
    long_journey.rasa.teach(noted, "report", "GRN01")
    await worker.says(noted)
    await worker.hears_text("finding")
    await worker.presses("button_note_finding")

    await worker.says("巡完了")

    over = await worker.hears_text("round_over_undecided", found="6", settled="4", filed="1")
    assert over["buttons"]
    await lead.hears_text("round_lead", found="6", settled="4", filed="1")


async def test_the_singer_at_midday_is_persuaded_without_a_name(
    movable: MovableTown, long_journey: Journey
) -> None:
    worker = await long_journey.worker("GWF", "G4", "网格员阿梅")
    reporter = await long_journey.resident()
    singer = await long_journey.resident()
    text = "我住48栋301，楼上401天天中午唱歌，我是何姨"
    number = await long_journey.files(reporter, text, "NOI01")
    await worker.hears_text("work_dispatched", number=number)
    assert "何姨" not in everything(worker)
    assert "301" not in everything(worker)

    await worker.presses("button_accept")
    await worker.presses("button_more")
    await worker.presses("button_talking_points")
    await worker.hears_text("points")
    await worker.presses("button_promised")
    await worker.hears_text("promise_ask", number=number)
    await worker.says("401的阿姨说以后中午不唱了")
    told = await reporter.hears_text("push_promised", number=number)
    assert "401" not in told["text"]

    same = "48栋这里中午能不能唱歌，有人投诉我吗"
    long_journey.rasa.teach(same, "report", "NOI01")
    await singer.says(same)
    await singer.hears(lambda each: bool(each["in_reply_to"]), what="an answer")
    assert number not in everything(singer)
    assert await singer.is_refused(f"/tickets/{number}") == 404

    movable.waits(A_WEEK)
    await reporter.hears_text("recheck_ask", number=number)
    await reporter.presses("button_quiet_now")
    await reporter.hears_text("recheck_quiet", number=number)


async def test_a_grandmothers_matter_is_filed_by_her_son(long_journey: Journey) -> None:
    worker = await long_journey.worker("PRM", "BL-46", "白鹭物业小湛")
    son = await long_journey.resident()
    text = "帮我妈报一下，她家46栋三楼扶手松了"
    long_journey.rasa.teach(text, "report", "BLD01")
    await son.says(text)
    await son.hears_text("behalf_agreed")
    await son.presses("button_agreed_yes")
    await son.hears_text("behalf_contact")
    await son.says("电话13812345678")
    await son.presses("button_submit")
    number = await son.hears_number()

    await worker.hears_text("work_dispatched", number=number)
    assert "13812345678" not in everything(worker)
    await worker.presses("button_accept")
    await worker.presses("button_more")
    options = await worker.hears_text("options", number=number)
    await worker.presses("button_show_contact", on=options)
    shown = await worker.hears_text("contact_shown", number=number)
    assert "13812345678" in shown["text"]
    await worker.shows(photo_with_gps())
    await worker.presses("button_resolve")
    await son.presses("button_satisfied")
    await son.hears_text("rated_satisfied", number=number)


async def test_a_staff_complaint_is_nothing_its_subject_can_see(long_journey: Journey) -> None:
    supervisor = await long_journey.worker("SUP", "RT", "督查员")
    subject = await long_journey.worker("GWF", "G6", "网格员阿梅")
    reporter = await long_journey.resident()
    text = "新汀花园9栋上门的阿梅态度很差，骂我"
    long_journey.rasa.teach(text, "complain_staff", "OTH03")
    await reporter.says(text)
    asked = await reporter.hears_text("ask_subject")
    await reporter.taps(asked["buttons"][0], on=asked)
    await reporter.hears_text("subject_noted")
    await reporter.presses("button_submit")
    number = await reporter.hears_number()

    await supervisor.hears_text("work_dispatched", number=number)
    await subject.listens(wait=1)
    assert number not in everything(subject)
    assert number not in [each for each, _ in await subject.todo()]
    assert await subject.is_refused(f"/tickets/{number}") == 404
    await supervisor.presses("button_accept")
    await reporter.hears_text("push_accepted_staff", number=number)
