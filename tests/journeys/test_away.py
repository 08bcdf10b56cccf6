"""Somebody or something is away for a while, and nothing is lost or said twice."""

import asyncio

from tests.journeys.person import Person
from tests.journeys.town import Journey
from tests.journeys.web_person import WebPerson
from tests.journeys.words import says


async def test_without_understanding_one_is_told_soon_and_answered_once(
    web_journey: Journey,
) -> None:
    told = "44栋信报箱被撬了"
    web_journey.rasa.teach(told, "report", "BLD04")
    resident = await web_journey.resident()
    web_journey.rasa.stop()
    try:
        message = await resident.says(told)
        await resident.hears_text("kept_for_later")
    finally:
        web_journey.rasa.start()

    card = await resident.hears(lambda each: each["kind"] == "card", what="the card")
    assert card["in_reply_to"] == message
    later = await resident.says("/restart")
    await resident.answered(later)
    assert [each["kind"] for each in await resident.answered(message)] == ["text", "card"]
    assert web_journey.rasa.heard.count(told) == 1


async def test_a_button_needs_no_understanding(journey: Journey) -> None:
    resident = await journey.resident()
    journey.rasa.teach("8栋的楼梯灯坏了", "report", "BLD04")
    await resident.says("8栋的楼梯灯坏了")
    card = await resident.hears(lambda each: each["kind"] == "card", what="the card")
    journey.rasa.stop()
    try:
        await resident.presses("button_submit", on=card)
        number = await resident.hears_number()
    finally:
        journey.rasa.start()

    assert [each["number"] for each in await resident.matters()] == [number]


async def test_a_page_that_was_closed_sees_what_it_missed(web_journey: Journey) -> None:
    worker = await web_journey.worker("PRM", "RY-8", "榕苑物业小霍")
    resident = await web_journey.resident()
    number = await web_journey.files(resident, "8栋扶手断了一截", "BLD01")
    await resident.listens()
    last = resident.messages[-1]["seq"]

    await worker.hears_text("work_dispatched", number=number)
    await worker.presses("button_accept")
    await worker.hears_text("accepted", number=number)
    await worker.presses("button_go_there")
    await worker.hears_text("started", number=number)

    listed = await resident.matters()
    assert [each["unread"] for each in listed] == [True]
    missed = (await resident.gets(f"/messages?after={last}"))["messages"]
    texts = [each["text"] for each in missed]
    assert any(says("push_accepted", number=number)(text) for text in texts)
    assert any(says("push_started", number=number)(text) for text in texts)
    assert [each["seq"] for each in missed] == list(range(last + 1, last + 1 + len(missed)))


async def test_the_same_message_sent_again_and_again_is_one_message(web_journey: Journey) -> None:
    told = "44栋单元门关不上"
    web_journey.rasa.teach(told, "report", "BLD04")
    resident = await web_journey.resident()
    assert isinstance(resident, WebPerson)
    key = "0b6b3d0e-1111-4222-8333-444455556666"

    ids = await asyncio.gather(*(resident.says(told, client_msg_id=key) for _ in range(5)))
    await answered_once(resident, ids[0])

    assert len(set(ids)) == 1
    assert [each["text"] for each in resident.messages if each["direction"] == "in"] == [told]


async def answered_once(resident: Person, message: str) -> None:
    answers = await resident.answered(message)
    assert [each["kind"] for each in answers] == ["card"]
