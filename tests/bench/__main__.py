"""`python -m tests.bench`: the table, and the same in $LINLI_DATA/bench.json; 1 when one is missed."""

import asyncio
import json
import os
import sys
import tempfile
from pathlib import Path

from bot.launcher.welcome import say
from tests.bench.installation import ROOT, installed
from tests.bench.measures import Measure, durable_ingest, long_conversations

#: The most a late message may cost, in terms of an early one.
MOST = 1.2


def main() -> int:
    measures = asyncio.run(_measure())
    for measure in measures:
        say(str(measure))
    data = Path(os.environ.get("LINLI_DATA", ROOT / "var"))
    data.mkdir(parents=True, exist_ok=True)
    table = [measure.row() for measure in measures]
    (data / "bench.json").write_text(
        json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    missed = [each for each in measures if each.ratio is not None and each.ratio > MOST]
    for each in missed:
        say(f"missed: {each.name} is {each.value}, at most {MOST}")
    return 1 if missed else 0


async def _measure() -> list[Measure]:
    measures: list[Measure] = []
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as folder:
        async with installed(Path(folder)) as installation:
            say(f"measuring through {installation.understanding} …")
            measures += await long_conversations(installation)
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as folder:
        async with installed(Path(folder), real=False) as installation:
            measures += await durable_ingest(installation)
    return measures


if __name__ == "__main__":
    sys.exit(main())
