"""Some weeks of a small neighbourhood, lived through the real door, to be copied many times."""

import asyncio

from tests.bench.installation import Installation, invited
from tests.bench.lean import Line
from tests.bench.presses import ACCEPT, ANOTHER, NONE, SUBMIT, action_of
from tests.chaos.resident import BUILDINGS
from tests.chaos.stand_in import LEAVES, matter
from tests.chaos.words import said

WITHDRAW = said("button_withdraw")
#: Who tells how much, and the small talk that makes a ticket's share of the transcript.
RESIDENTS, MATTERS, GREETINGS = 5, 4, 7


async def live(installation: Installation) -> None:
    """Every matter is filed and accepted; all but the very last are withdrawn in the end."""
    port = installation.gateway.port
    worker = await Line("127.0.0.1", port).open(await invited(installation, "GWF", "小陈"))
    seen = 0
    for number in range(RESIDENTS):
        resident = await Line("127.0.0.1", port).open()
        for turn in range(MATTERS):
            filed = await _file(resident, number * MATTERS + turn)
            seen = await _accept(worker, seen)
            if (number, turn) != (RESIDENTS - 1, MATTERS - 1):
                await resident.tap(action_of(filed, WITHDRAW))
            for _ in range(GREETINGS):
                await resident.ask("您好")
        await resident.close()
    await worker.close()


async def _file(resident: Line, number: int) -> dict[str, object]:
    building, leaf = BUILDINGS[number % len(BUILDINGS)], LEAVES[number % len(LEAVES)]
    line = await resident.ask(matter(number, building, leaf))
    while line["ticket"] is None:
        line = await resident.tap(action_of(line, SUBMIT, ANOTHER, NONE))
    return line


async def _accept(worker: Line, seen: int) -> int:
    """Wait for the next card and accept it. Returns the number of the last line."""
    async with asyncio.timeout(30):
        while True:
            for line in await worker.news(seen, wait=20):
                seen = line["seq"]
                if any(button["label"] == ACCEPT for button in line["buttons"]):
                    answer = await worker.tap(action_of(line, ACCEPT))
                    return int(answer["seq"])
