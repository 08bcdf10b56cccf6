"""`make bench`: the table, and the same in $LINLI_DATA/bench.json; 1 when a promise is missed.

`ONLY=name` runs one measure (or several, with commas), `QUICK=1` a small run to try it out.
"""

import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from bot.launcher.welcome import say
from tests.bench import (
    console,
    examined,
    ingest,
    memory,
    presses,
    profile,
    push_delay,
    start,
    turns,
)
from tests.bench.arena import arena
from tests.bench.installation import ROOT, Installation, NoModel, installed
from tests.bench.measure import Measure
from tests.bench.sizes import FULL, QUICK, Sizes

Run = Callable[[Sizes], Awaitable[list[Measure]]]


async def _alone(
    measure: Callable[[Installation, Sizes], Awaitable[list[Measure]]], sizes: Sizes
) -> list[Measure]:
    """Of ours alone, with a stand-in that understands at once."""
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as folder:
        async with installed(Path(folder), real=False) as installation:
            return await measure(installation, sizes)


async def _beside_stock(sizes: Sizes) -> list[Measure]:
    """Memory is read where turns were taken before."""
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as folder:
        async with arena(Path(folder)) as both:
            return [*await turns.measure(both, sizes), *await memory.measure(both, sizes)]


async def _memory(sizes: Sizes) -> list[Measure]:
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as folder:
        async with arena(Path(folder)) as both:
            return await memory.measure(both, sizes)


MEASURES: Mapping[str, Run] = {
    "turns": _beside_stock,
    "ingest": partial(_alone, ingest.measure),
    "presses": partial(_alone, presses.measure),
    "push": partial(_alone, push_delay.measure),
    "start": start.measure,
    "console": console.measure,
}
#: Part of another one, or for whoever wants to make it faster: only when asked for by name.
ALSO: Mapping[str, Run] = {
    "memory": _memory,
    "profile": profile.measure,
    "doctor": examined.measure,
}


def main() -> int:
    is_quick = bool(os.environ.get("QUICK"))
    wanted = [name for name in os.environ.get("ONLY", "").split(",") if name]
    unknown = [name for name in wanted if name not in {**MEASURES, **ALSO}]
    if unknown:
        say(f"no such measure: {', '.join(unknown)}; there are {', '.join({**MEASURES, **ALSO})}")
        return 2
    try:
        found = asyncio.run(_measure(wanted or MEASURES, QUICK if is_quick else FULL))
    except NoModel as error:
        say(str(error))
        return 2
    _keep(found)
    return int(any(each.is_missed for each in found) and not is_quick)


async def _measure(names: Iterable[str], sizes: Sizes) -> list[Measure]:
    found: list[Measure] = []
    for name in names:
        say(f"-- {name}")
        for measure in await {**MEASURES, **ALSO}[name](sizes):
            say(str(measure))
            found.append(measure)
    return found


def _keep(found: Sequence[Measure]) -> None:
    data = Path(os.environ.get("LINLI_DATA", ROOT / "var"))
    data.mkdir(parents=True, exist_ok=True)
    table = [measure.row() for measure in found]
    (data / "bench.json").write_text(
        json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    sys.exit(main())
