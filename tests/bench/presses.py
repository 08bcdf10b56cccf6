"""A worker's button press: kept (202), and done, with everybody told."""

import asyncio
import time
from typing import Any

from tests.bench.installation import Installation, invited
from tests.bench.lean import Line
from tests.bench.measure import Aim, Measure, percentile, waited
from tests.bench.sizes import Sizes
from tests.chaos.resident import BUILDINGS
from tests.chaos.stand_in import LEAVES, matter
from tests.chaos.words import said

SUBMIT = said("button_submit")
ANOTHER = said("button_another_matter")
ACCEPT = said("button_accept")
NONE = said("button_none_of_these")
Press = tuple[Line, str]
#: Tickets of one resident: nobody may have more than ten open.
EACH = 8


async def measure(installation: Installation, sizes: Sizes) -> list[Measure]:
    """Every worker presses 接单 on every ticket of theirs, one after the other, all together."""
    port = installation.gateway.port
    workers = [
        await Line("127.0.0.1", port).open(await invited(installation, "GWF", f"工{number}"))
        for number in range(sizes.workers)
    ]
    residents = [await Line("127.0.0.1", port).open() for _ in range(sizes.presses // EACH)]
    try:
        await asyncio.gather(*(_file(who, n, EACH) for n, who in enumerate(residents)))
        presses = [await _offered(worker) for worker in workers]
        return await _press(presses)
    finally:
        for line in (*workers, *residents):
            await line.close()


async def _file(resident: Line, number: int, count: int) -> None:
    for turn in range(count):
        building = BUILDINGS[(number + turn) % len(BUILDINGS)]
        card = await resident.ask(
            matter(number * count + turn, building, LEAVES[turn % len(LEAVES)])
        )
        while card["ticket"] is None:
            card = await resident.tap(action_of(card, SUBMIT, ANOTHER, NONE))


def action_of(line: dict[str, Any], *wanted: str) -> str:
    for label in wanted:
        for button in line["buttons"]:
            if button["label"] == label:
                return str(button["action"])
    raise RuntimeError(f"none of {wanted} is offered: {line['text']!r} {line['buttons']!r}")


async def _offered(worker: Line) -> list[Press]:
    found: list[Press] = []
    after = 0
    while lines := await worker.news(after):
        after = lines[-1]["seq"]
        found += [
            (worker, button["action"])
            for line in lines
            for button in line["buttons"]
            if button["label"] == ACCEPT
        ]
    return found


async def _press(offered: list[list[Press]]) -> list[Measure]:
    waits: list[float] = []

    async def keep(presses: list[Press]) -> list[tuple[Line, dict[str, Any]]]:
        told = []
        for worker, action in presses:
            at = time.perf_counter()
            told.append((worker, await worker.press(action)))
            waits.append(time.perf_counter() - at)
        return told

    async def hear(kept: list[tuple[Line, dict[str, Any]]]) -> None:
        for worker, told in kept:
            await worker.answered(told)

    count = sum(len(presses) for presses in offered)
    began = time.perf_counter()
    kept = await asyncio.gather(*(keep(presses) for presses in offered))
    took_in = time.perf_counter() - began
    await asyncio.gather(*(hear(each) for each in kept))
    took = time.perf_counter() - began
    return [
        Measure(
            name=f"worker's button press kept, {sum(map(bool, offered))} workers at once",
            value=round(count / took_in),
            unit="presses/s",
            aim=Aim(least=500),
        ),
        waited("worker's button press kept, p99", percentile(waits, 0.99)),
        Measure(
            name="worker's button press done and everybody told",
            value=round(count / took),
            unit="presses/s",
        ),
    ]
