"""Ways to tell a matter: sideways, wrongly, two at once, in danger, or to a person."""

from tests.journeys.person import Message, Person, labels
from tests.journeys.town import Journey
from tests.journeys.words import word


async def hears_card(person: Person) -> Message:
    return await person.hears(lambda each: each["kind"] == "card", what="a card")


def lines(card: Message) -> str:
    return " ".join(str(each["value"]) for each in card["card"]["lines"])


async def test_a_place_left_out_is_asked_for_once_and_taken_sideways(journey: Journey) -> None:
    told, moved = "又是那家在练架子鼓,都快十一点了", "搬了,现在是6栋904"
    journey.rasa.teach(told, "report", "NOI01")
    journey.rasa.teach(moved, "inform")
    resident = await journey.resident()

    await resident.says(told)
    asked = await resident.hears_text("ask_place")
    assert told[:6] in asked["text"]
    await resident.says(moved)
    card = await hears_card(resident)

    assert "6栋" in lines(card)
    assert "904" in lines(card)
    await resident.presses("button_submit", on=card)
    await resident.hears_number()
    assert resident.questions() == 2


async def test_a_slip_is_put_right_before_anything_is_filed(journey: Journey) -> None:
    told, meant = "46栋楼下井盖松了", "说错了,是44栋"
    journey.rasa.teach(told, "report", "PUB03", "PUB01")
    journey.rasa.teach(meant, "supplement")
    resident = await journey.resident()

    await resident.says(told)
    assert "46栋" in lines(await hears_card(resident))
    await resident.says(meant)
    card = await hears_card(resident)

    assert "44栋" in lines(card)
    assert "46栋" not in [each["value"] for each in card["card"]["lines"]]
    await resident.presses("button_change_category", on=card)
    other = await resident.hears_text("ask_category")
    await resident.taps(other["buttons"][0], on=other)
    changed = await hears_card(resident)
    assert changed["card"]["title"] != card["card"]["title"]
    assert await resident.matters() == []
    await resident.presses("button_submit", on=changed)
    await resident.hears_number()
    assert resident.questions() <= 4


async def test_two_matters_in_two_languages_become_two_tickets(journey: Journey) -> None:
    lift, smell = "lift 2座又壞", "the bin room downstairs smells like hell"
    told = f"{lift}, and {smell}"
    journey.rasa.teach(
        told, "report", "BLD03", "SAN01", matters=((lift, "BLD03"), (smell, "SAN01"))
    )
    resident = await journey.resident(locale="zh-HK")

    await resident.says(told)
    await resident.hears_text("ask_emergency")
    await resident.presses("button_nobody_trapped")
    await resident.hears_text("draft_batch", count="2")
    await resident.presses("button_submit_all")
    for _ in range(2):
        await resident.hears_number()

    assert {each["category"] for each in await resident.matters()} == {"BLD03", "SAN01"}
    assert resident.questions() == 2


async def test_danger_gets_the_number_to_call_before_anything_else(journey: Journey) -> None:
    duty = await journey.worker("GWF", "", "网格员阿程")
    resident = await journey.resident()
    told = "厨房一直有煤气味头晕"
    journey.rasa.teach(told, "report", "SAN04")

    journey.rasa.stop()
    try:
        await resident.says(told)
        advice = await resident.hears_text("emergency_gas")
        assert "119" in advice["text"]
        alerted = await resident.hears_text("emergency_alerted_where")
        number = alerted["ticket"]["number"]
        await duty.hears_text("work_dispatched", number=number)
    finally:
        journey.rasa.start()
    await duty.hears_text("work_recategorised", number=number)
    await resident.says("48栋502")
    await resident.hears_text("emergency_more", number=number)
    await duty.hears_text("work_relocated", number=number)
    await resident.presses("button_safety_out")
    await resident.hears_text("emergency_out")
    await duty.hears_text("work_added", number=number)

    assert journey.rasa.heard.count(told) == 1
    assert all("照片" not in each for each in resident.texts()[1:])
    assert resident.questions() <= 1


async def test_who_wants_a_person_gets_one(journey: Journey) -> None:
    duty = await journey.worker("GWF", "", "网格员阿钧")
    resident = await journey.resident()
    journey.rasa.teach("找人", "human")

    await resident.says("找人")
    await resident.hears_text("callback_asked")
    wanted = await duty.hears(
        lambda each: word("button_take_callback") in labels(each), what="the call"
    )
    await duty.presses("button_take_callback", on=wanted)
    await resident.hears_text("callback_taken")
    await duty.presses("button_talked")
    await resident.hears_text("callback_talked")

    assert resident.questions() == 0


async def test_the_language_changes_with_one_tap_in_the_middle(journey: Journey) -> None:
    resident = await journey.resident()
    told = "44栋信箱坏了"
    journey.rasa.teach(told, "report", "BLD04")

    await resident.presses("language_en")
    resident.session["locale"] = "en"
    await resident.hears_text("language_switched")
    assert (await resident.gets("/me"))["locale"] == "en"
    await resident.says(told)
    card = await hears_card(resident)
    assert word("button_submit", "en") in labels(card)
    assert card["card"]["title"].isascii()
