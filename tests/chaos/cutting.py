"""A storm in which the machine loses its power again and again: only what was synced is left."""

import asyncio
import signal
import time
from pathlib import Path
from random import Random

from tests.chaos.nursery import Nursery
from tests.chaos.plan import Plan
from tests.chaos.powercut import Disk
from tests.chaos.storm import IN_THE_MIDDLE, LOAD, TAKEN, Storm
from tests.chaos.strokes import steps_of

#: How often the power goes while the gateways start; at a fail point; and leaves torn pages.
WHILE_STARTING = 0.1
AT_A_STEP = 0.5
TORN = 0.5
START = (0.0, 0.4)
REACHED = 4.0
SELDOM = ("timers", "polling")


class CutStorm(Storm):
    #: The shim sees what the gateways do and not what we do.
    watches_rescue = False

    def __init__(self, plan: Plan, folder: Path, nursery: Nursery) -> None:
        self._disk = Disk(folder / "data")
        super().__init__(plan, folder, nursery, **self._disk.variables)

    async def strike(self) -> None:
        random = Random(f"{self.plan.seed}/cuts")
        steps = [step for step in steps_of(polls=self.plan.polls) if not step.startswith(SELDOM)]
        for _ in range(self.plan.strokes):
            at = f"{random.choice(steps)}:{random.randint(1, 4)}:kill"
            is_at_step = random.random() < AT_A_STEP and not self.plan.is_weak
            await self._until_dark(random, at if is_at_step else "")
            self.blows.append(time.time())
            for gateway in self.gateways:
                if gateway.runs:
                    await gateway.end(signal.SIGKILL)
            self._disk.cut(random, torn=random.random() < TORN and not self.plan.is_weak)
            self.cuts += 1
        await self.all_run()

    async def _until_dark(self, random: Random, failpoint: str) -> None:
        first, *others = self.gateways
        await first.start(failpoint=failpoint)
        for other in others:
            await other.start()
        if random.random() < WHILE_STARTING and not self.plan.is_weak:
            await asyncio.sleep(random.uniform(*START))
            return
        if failpoint:
            await asyncio.wait({asyncio.create_task(first.exit_code())}, timeout=REACHED)
            return
        await self.come_up(first)
        if self.plan.is_weak:
            await self.have_submitted()
        await asyncio.sleep(random.uniform(*LOAD))
        if random.random() < IN_THE_MIDDLE:
            await self.take_in(random.randint(1, TAKEN))
