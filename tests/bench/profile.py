"""Where a turn spends the gateway's processor time: the profile `docs/performance.md` shows."""

import asyncio
import os
import signal
import sys
import tempfile
from collections import Counter
from pathlib import Path

from bot.launcher.welcome import say
from tests.bench.installation import installed
from tests.bench.lean import Line
from tests.bench.measure import Measure
from tests.bench.sizes import Sizes
from tests.integration.started import Started

WARM_UP = 20
SHOWN = 24
#: Where the loop waits, and what only calls everything else.
_IDLE = "selectors.py:EpollSelector.select"
_FRAME = ("bot/cli/", "bot/launcher/", "bot/__main__", "bot/middlewares.py", "bot/health.py")


class Sampled(Started):
    """The same process under the sampler; it has to end by itself to write its samples."""

    @property
    def samples(self) -> Path:
        return self.data.parent / "samples.txt"

    async def start(self) -> "Sampled":
        with self.output.open("ab") as output:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.bench.sampler", str(self.samples), *self._arguments),
                env=self.environment(),
                stdout=output,
                stderr=asyncio.subprocess.STDOUT,
                start_new_session=True,
            )
        return self


async def measure(sizes: Sizes) -> list[Measure]:
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as folder:
        async with installed(Path(folder), kind=Sampled) as installation:
            gateway = installation.gateway
            line = await Line("127.0.0.1", gateway.port).open()
            for _ in range(WARM_UP):
                await line.ask("您好")
            os.kill(gateway.pid, signal.SIGUSR2)
            for _ in range(sizes.turns):
                await line.ask("您好")
            await line.close()
            await gateway.end()
        return _told(Path(folder) / "samples.txt", sizes.turns)


def _told(file: Path, turns: int) -> list[Measure]:
    """Every function of ours with all it calls: their shares overlap."""
    inclusive: Counter[str] = Counter()
    busy = 0
    for line in file.read_text(encoding="utf-8").splitlines():
        count, _, joined = line.partition("\t")
        stack = joined.split("|")
        if stack[0].endswith(_IDLE):
            continue
        busy += int(count)
        for name in {each for each in stack if each.startswith(("bot/", "actions/"))}:
            if not name.startswith(_FRAME):
                inclusive[name] += int(count)
    for name, samples in inclusive.most_common(SHOWN):
        say(f"{samples / busy:6.1%}  {name}")
    return [
        Measure(name="the gateway's processor time a turn", value=round(busy / turns, 1), unit="ms")
    ]
