"""How much a person is asked before they have a number: the scripted journeys, counted."""

from dataclasses import dataclass
from statistics import median
from typing import Any

from tests.journeys.person import Person
from tests.journeys.town import Journey
from tests.journeys.words import word

SUBMIT = ("button_submit", "button_submit_all")
#: What a person taps when they are asked, first found first.
TAPS = ("button_nobody_trapped", "button_another_matter", *SUBMIT)


@dataclass(frozen=True, kw_only=True)
class Script:
    told: str
    leaves: tuple[str, ...]
    replies: tuple[str, ...] = ()  #: words given to a question, in turn
    matters: tuple[tuple[str, str], ...] = ()
    locale: str = "zh-CN"


SCRIPTS = (
    Script(told="48栋楼梯扶手松了", leaves=("BLD01",)),
    Script(told="中午有人在文化广场唱歌", leaves=("NOI03", "NOI01")),
    Script(told="孩子放学没人接,想找托管", leaves=("SVC01",)),
    Script(told="又在练架子鼓", leaves=("NOI01",), replies=("48栋楼上",)),
    Script(
        told="48栋电梯坏了,垃圾房也臭",
        leaves=("BLD03", "SAN01"),
        matters=(("48栋电梯坏了", "BLD03"), ("垃圾房也臭", "SAN01")),
    ),
    Script(told="the stair light in Block 48 is out", leaves=("BLD04",), locale="en"),
    Script(told="樓梯漏水", leaves=("BLD05",), replies=("48座",), locale="zh-HK"),
    Script(told="车库入口被堵了", leaves=("PRK01", "PRK02")),
)


async def test_the_median_filing_takes_three_questions_or_fewer(journey: Journey) -> None:
    counts = [await _questions(journey, script) for script in SCRIPTS]

    assert median(counts) <= 3, counts
    assert max(counts) <= 4, counts


async def _questions(journey: Journey, script: Script) -> int:
    journey.rasa.teach(script.told, "report", *script.leaves, matters=script.matters)
    resident = await journey.resident(locale=script.locale)
    replies = iter(script.replies)
    await resident.says(script.told)
    while True:
        asked = await resident.hears(lambda _: True, what="the next word")
        if asked["ticket"]:
            return resident.questions()
        if not await _taps(resident, asked):
            reply = next(replies)
            journey.rasa.teach(reply, "inform")
            await resident.says(reply)


async def _taps(resident: Person, asked: Any) -> bool:
    offered = {button["label"]: button for button in asked["buttons"]}
    for key in TAPS:
        button = offered.get(word(key, resident.locale))
        if button:
            await resident.taps(button, on=asked)
            return True
    return False
