"""The one road: told, dispatched, accepted, asked, answered, noted, settled with proof, rated."""

import pytest

from tests.journeys.conftest import EVERY_WAY
from tests.journeys.person import photo_ids
from tests.journeys.photos import photo_with_gps, remembers_its_camera
from tests.journeys.town import Journey

TOLD = "45栋楼梯扶手松了,我妈早上差点摔下去"


@pytest.mark.parametrize("town", EVERY_WAY, indirect=True)
async def test_a_handrail_is_propped_up_and_the_neighbour_is_content(journey: Journey) -> None:
    journey.rasa.teach(TOLD, "report", "BLD01")
    property_office = await journey.worker("PRM", "BL-45", "白鹭物业小黄")
    resident = await journey.resident()

    await resident.says(TOLD)
    card = await resident.hears(lambda each: each["kind"] == "card", what="the card")
    assert "45栋" in str(card["card"]["lines"])
    await resident.presses("button_submit")
    filed = await resident.hears_text("ticket_filed_two_tracks")
    assert resident.questions() == 1
    number = filed["ticket"]["number"]

    given = await property_office.hears_text("work_dispatched", number=number)
    assert given["card"]["countdown_to"]
    assert await property_office.todo() == [(number, "dispatched")]
    await property_office.presses("button_accept")
    await resident.hears_text("push_accepted", number=number)

    await property_office.presses("button_ask_reporter")
    await property_office.hears_text("relay_write_question")
    await property_office.says("是几楼的扶手?")
    asked = await resident.hears_text("relay_question", number=number, text="是几楼的扶手?")
    await resident.presses("button_answer", on=asked)
    await resident.hears_text("relay_write_answer")
    await resident.says("三楼转角那一段")
    await property_office.hears_text("relay_answer", number=number, text="三楼转角那一段")

    before = await property_office.shows(photo_with_gps("red"))
    await property_office.presses("button_share")
    noted = await resident.hears_text("relay_note", number=number)
    assert photo_ids(noted) == [before]

    await property_office.presses("button_go_there")
    await resident.hears_text("push_started", number=number)
    await property_office.presses("button_resolve")
    await property_office.hears_text("proof_photo", number=number)
    after = await property_office.shows(photo_with_gps("green"))
    settled = await resident.hears_text("push_resolved", number=number)
    assert photo_ids(settled) == [after]
    assert not remembers_its_camera(await resident.fetches(settled["photos"][0]))

    await resident.presses("button_satisfied", on=settled)
    await resident.hears_text("rated_satisfied", number=number)
    await property_office.hears_text("work_satisfied", number=number)
    assert [each["status"] for each in await resident.matters()] == ["closed_fixed"]
    assert await property_office.todo() == []
