"""One storm: gateways on one database, residents who write, and a hand that kills.

`SEED` replays who does what and when the hand strikes; how the operating system's threads and the
network fall in between is not replayed.
"""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from aiohttp import ClientSession

from tests.chaos.checking import is_settled, look
from tests.chaos.ledger import Ledger, Outcome, Verdict
from tests.chaos.resident import Resident
from tests.chaos.stand_in import StandIn
from tests.integration.started import Started

#: Seconds of load between a gateway's coming up and the blow.
LOAD = (0.05, 0.6)
#: How often the blow waits for something to be taken in since, and at most for how much.
IN_THE_MIDDLE = 0.7
TAKEN = 8
#: Submitted cards without which a storm has shown nothing.
SUBMITTED = 3
#: How often the blow comes while the gateway is still starting, and in how many seconds.
WHILE_STARTING = 0.12
START = (0.0, 1.5)
#: Only a guard against a storm that never settles.
PATIENCE = 120.0


@dataclass(frozen=True, kw_only=True)
class Plan:
    seed: str
    kills: int
    gateways: int = 2
    residents: int = 10
    database_url: str = ""  #: empty: SQLite in the data directory


@dataclass
class Result:
    plan: Plan
    kills: int
    verdict: Verdict
    ledger: Ledger
    tickets: int
    notes: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        counts = " ".join(f"{each} {self.ledger.count(each)}" for each in Outcome)
        return (
            f"SEED={self.plan.seed} kills {self.kills} {counts} tickets {self.tickets} "
            f"5xx {self.ledger.server_errors}"
        )


class Storm:
    def __init__(self, plan: Plan, folder: Path) -> None:
        self._plan = plan
        self._data = folder / "data"
        self._stand_in = StandIn(self._data / "keys" / "actions.token", f"{plan.seed}/rasa")
        self._gateways = [self._gateway() for _ in range(plan.gateways)]
        self._ledger = Ledger()
        doors = [gateway.url for gateway in self._gateways]
        self._residents = [
            Resident(f"r{number}", doors, self._ledger, plan.seed)
            for number in range(plan.residents)
        ]
        self._kills = 0

    def _gateway(self) -> Started:
        index = self._stand_in.add_gateway()
        variables = {
            "LINLI_RASA_URL": self._stand_in.url(index),
            "LINLI_ACTIONS_PORT": str(self._stand_in.actions_ports[index]),
        }
        if self._plan.database_url:
            variables["DATABASE_URL"] = self._plan.database_url
        gateway = Started(self._data, "gateway", **variables)
        gateway.output = self._data.parent / f"gateway-{index}.log"
        return gateway

    async def rage(self) -> Result:
        """Load and kills, then calm, then the reckoning."""
        await self._stand_in.start()
        try:
            async with ClientSession() as http, self._people():
                await self._strike(http)
                self._stand_in.is_faulty = False
                await self._settled()
                return await self._reckon()
        finally:
            for gateway in self._gateways:
                await gateway.kill_all()
            await self._stand_in.stop()

    @asynccontextmanager
    async def _people(self) -> AsyncIterator[None]:
        """Residents come as soon as somebody opens, write all the time, and leave at last."""
        self._enough = asyncio.Event()
        self._living = [asyncio.create_task(self._live(each)) for each in self._residents]
        try:
            yield
        finally:
            for task in self._living:
                task.cancel()
            await asyncio.gather(*self._living, return_exceptions=True)
            for resident in self._residents:
                await resident.close()

    async def _live(self, resident: Resident) -> None:
        await resident.open()
        await resident.live(self._enough)

    async def _strike(self, http: ClientSession) -> None:
        """Every gateway has its own rhythm, so sometimes both are down and often one is."""
        await asyncio.gather(
            *(self._rhythm(http, number, each) for number, each in enumerate(self._gateways))
        )
        await self._have_submitted()
        self._enough.set()
        await asyncio.gather(*self._living)

    async def _rhythm(self, http: ClientSession, number: int, gateway: Started) -> None:
        random = Random(f"{self._plan.seed}/kill/{number}")
        while self._kills < self._plan.kills:
            self._kills += 1
            await gateway.start()
            if random.random() < WHILE_STARTING:
                await asyncio.sleep(random.uniform(*START))
            else:
                await gateway.answers(http)
                await asyncio.sleep(random.uniform(*LOAD))
                if random.random() < IN_THE_MIDDLE:
                    await self._take_in(random.randint(1, TAKEN))
            await gateway.end(signal.SIGKILL)
        await gateway.start()
        await gateway.answers(http)

    async def _take_in(self, count: int) -> None:
        """So much more; a slow machine is given the time it needs."""
        enough = self._ledger.taken + count
        async with asyncio.timeout(PATIENCE):
            while self._ledger.taken < enough:  # noqa: ASYNC110  residents count
                await asyncio.sleep(0.01)

    async def _have_submitted(self) -> None:
        async with asyncio.timeout(PATIENCE):
            while self._ledger.submitted < SUBMITTED:  # noqa: ASYNC110  residents count
                await asyncio.sleep(0.05)

    async def _settled(self) -> None:
        async with asyncio.timeout(PATIENCE):
            while not await is_settled(self._url):  # noqa: ASYNC110  other processes
                await asyncio.sleep(0.2)

    @property
    def _url(self) -> str:
        return self._plan.database_url or f"sqlite:///{self._data / 'linli.db'}"

    async def _reckon(self) -> Result:
        verdict = Verdict()
        for resident in self._residents:
            verdict += self._ledger.judge(resident.name, await resident.transcript())
        verdict += self._ledger.broken_promises
        seen = await look(self._url)
        verdict.violations += seen.violations + await self._doctor()
        notes = [line for gateway in self._gateways for line in _unusual(gateway)]
        return Result(self._plan, self._kills, verdict, self._ledger, seen.tickets, notes)

    async def _doctor(self) -> list[str]:
        doctor = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "doctor"),
            env=self._gateways[0].environment(),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        said, _ = await doctor.communicate()
        return [] if doctor.returncode == 0 else [f"doctor: {said.decode()}"]


def _unusual(gateway: Started) -> list[str]:
    lines = gateway.said().splitlines()
    return [line for line in lines if '"level": "ERROR"' in line or "CRITICAL" in line]
