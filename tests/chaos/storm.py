"""One storm: gateways on one database, people on the page and on Telegram, and a hand that kills.

The seed replays who does what and where the hand strikes; how the operating system's threads and
the network fall in between is not replayed.
"""

import asyncio
import signal
import time
from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

from aiohttp import ClientSession

from tests.chaos.door import Door
from tests.chaos.ledger import Ledger
from tests.chaos.nursery import EndedByItself, Forked, Nursery
from tests.chaos.plan import Plan, Result
from tests.chaos.reckoning import reckon
from tests.chaos.rescue import Rescue
from tests.chaos.resident import Resident
from tests.chaos.stand_in import StandIn
from tests.chaos.strokes import Kind, Stroke, steps_of, strokes
from tests.chaos.telegrammers import telegrammers
from tests.chaos.timely import bring_due
from tests.simulators.telegram import TelegramSimulator

#: Seconds of load between a gateway's coming up and the blow.
LOAD = (0.05, 0.6)
#: How often the blow waits for something to be taken in since, and at most for how much.
IN_THE_MIDDLE = 0.7
TAKEN = 8
#: Submitted cards without which a storm has shown nothing.
SUBMITTED = 3
#: Seconds after a start within which a blow still finds it starting.
START = (0.0, 0.3)
#: How often a gateway is started again that ended because the store was held for too long.
STARTS = 5
#: What it says then.
AWAY = ("StoreAway", "the database cannot be used")
#: Seconds a gateway stands still: its leases last nine.
SLEEPS = (0.5, 11.0)
#: Only a guard against a storm that never settles.
PATIENCE = 120.0
SECRET = "chaos-webhook_1"


class Storm:
    def __init__(self, plan: Plan, folder: Path, nursery: Nursery, **variables: str) -> None:
        self.plan = plan
        self.data = folder / "data"
        self.ledger = Ledger()
        self.kills: Counter[str] = Counter()
        self.blows: list[float] = []
        self.cuts = 0
        self.restarts = 0
        self.postgres_kills = 0
        self._nursery = nursery
        self._variables = variables
        self._stand_in = StandIn(self.data / "keys" / "actions.token", f"{plan.seed}/rasa")
        self.telegram = TelegramSimulator()

    async def rage(self) -> Result:
        """Load and blows, then calm, then the reckoning."""
        await self._stand_in.start()
        async with self.telegram.running(), ClientSession() as self.http:
            self._make_gateways()
            door = Door([gateway.url for gateway in self.gateways], self.plan.seed)
            await door.start()
            self._make_people()
            if not self.plan.polls:
                self.telegram.state.webhook.url = f"{door.url}/channels/telegram"
                self.telegram.state.webhook.secret = SECRET
            try:
                async with self._people():
                    return await self._rage()
            finally:
                for gateway in self.gateways:
                    await gateway.kill_all()
                await door.stop()
                await self._stand_in.stop()

    async def _rage(self) -> Result:
        async with Rescue(self.url, self.blows, watches=self.watches_rescue).watching() as rescue:
            await self.strike()
            await self.have_submitted()
            self._enough.set()
            await asyncio.gather(*self._living)
            self._stand_in.is_faulty = False
            calm = time.monotonic()
            try:
                await rescue.settled(lambda: not self.telegram.pending)
            except TimeoutError:
                stuck = f"never settled: {rescue.unfinished}, {self.telegram.pending}"
                self.ledger.broken_promises.violations.append(stuck)
        drained = time.monotonic() - calm
        return await reckon(self, rescue.worst, drained)

    #: Whether the database may be looked at from outside while the storm rages.
    watches_rescue = True

    def _make_gateways(self) -> None:
        self.gateways = [self._gateway(index) for index in range(self.plan.gateways)]

    def _gateway(self, number: int) -> Forked:
        index = self._stand_in.add_gateway()
        variables = {
            "LINLI_RASA_URL": self._stand_in.url(index),
            "LINLI_ACTIONS_PORT": str(self._stand_in.actions_ports[index]),
            "TELEGRAM_TOKEN": self.telegram.token,
            "TELEGRAM_API_BASE": self.telegram.api_base,
            **self._variables,
        }
        if not self.plan.polls:
            variables["TELEGRAM_WEBHOOK_SECRET"] = SECRET
        if self.plan.database_url:
            variables["DATABASE_URL"] = self.plan.database_url
        gateway = Forked(self._nursery, self.data, "gateway", weak=self.plan.is_weak, **variables)
        gateway.output = self.data.parent / f"gateway-{number}.log"
        return gateway

    def _make_people(self) -> None:
        doors = [gateway.url for gateway in self.gateways]
        self.residents = [
            Resident(f"r{number}", doors, self.ledger, self.plan.seed)
            for number in range(self.plan.residents)
        ]
        self.telegrammers = telegrammers(self.telegram, self.plan.telegrammers, self.plan.seed)

    @asynccontextmanager
    async def _people(self) -> AsyncIterator[None]:
        """They come as soon as somebody opens, write all the time, and leave at last."""
        self._enough = asyncio.Event()
        self._living = [asyncio.create_task(self._live(each)) for each in self.residents]
        self._living += [asyncio.create_task(each.live(self._enough)) for each in self.telegrammers]
        try:
            yield
        finally:
            for task in self._living:
                task.cancel()
            await asyncio.gather(*self._living, return_exceptions=True)
            for resident in self.residents:
                await resident.close()

    async def _live(self, resident: Resident) -> None:
        await resident.open()
        await resident.live(self._enough)

    async def strike(self) -> None:
        """Every gateway has its own rhythm, so sometimes both are down and often one is."""
        steps = self.plan.steps or tuple(steps_of(polls=self.plan.polls))
        due = deque(strokes(self.plan.seed, self.plan.strokes, steps))
        await asyncio.gather(
            *(self._rhythm(due, number, each) for number, each in enumerate(self.gateways))
        )
        await self.all_run()

    async def _rhythm(self, due: deque[Stroke], number: int, gateway: Forked) -> None:
        random = Random(f"{self.plan.seed}/rhythm/{number}")
        while due:
            stroke = due.popleft()
            if stroke.step.startswith("timers"):
                await bring_due(self.url)
            await gateway.start(failpoint=stroke.failpoint)
            if stroke.kind is Kind.STARTING:
                await asyncio.sleep(random.uniform(*START))
                await self.kill(gateway, "starting")
            elif stroke.kind is Kind.STEP:
                await self._kill_at(gateway, stroke)
            else:
                await self.come_up(gateway)
                await self._strike_under_load(gateway, stroke.kind, random)

    async def all_run(self) -> None:
        for gateway in self.gateways:
            if not gateway.runs:
                await gateway.start()
            await self.come_up(gateway)

    async def come_up(self, gateway: Forked) -> None:
        """As a supervisor: who gives up because the store is held for long is started again."""
        for _ in range(STARTS):
            try:
                await gateway.answers(self.http)
            except EndedByItself as error:
                if not any(words in str(error) for words in AWAY):
                    raise
                self.restarts += 1
                await gateway.start()
            else:
                return
        raise EndedByItself(f"{STARTS} times")

    async def _kill_at(self, gateway: Forked, stroke: Stroke) -> None:
        """It kills itself there; where nobody came by in time it is killed anyhow."""
        try:
            code = await gateway.end_by_itself(self.plan.reached)
        except TimeoutError:
            await self.kill(gateway, "random")
            return
        self.blows.append(time.time())
        if code == -signal.SIGKILL:
            self.kills[stroke.step] += not gateway.was_struck
        elif any(words in gateway.said() for words in AWAY):
            self.restarts += 1
        else:
            self.ledger.broken_promises.violations.append(
                f"a gateway ended with {code} instead of at {stroke.step}"
            )

    async def _strike_under_load(self, gateway: Forked, kind: Kind, random: Random) -> None:
        await asyncio.sleep(random.uniform(*LOAD))
        if random.random() < IN_THE_MIDDLE:
            await self.take_in(random.randint(1, TAKEN))
        if kind is Kind.STOP:
            await self._stop(gateway)
        elif kind is Kind.BOTH:
            await asyncio.gather(*(self.kill(each, "both") for each in self.gateways))
        else:
            if kind is Kind.SLEEP:
                await self._sleep(gateway, random.uniform(*SLEEPS))
            await self.kill(gateway, "random")

    async def kill(self, gateway: Forked, why: str) -> None:
        """One that is down already, by another's rhythm, is left alone."""
        self.blows.append(time.time())
        self.kills[why] += await gateway.strike()

    async def _stop(self, gateway: Forked) -> None:
        """Asked politely it ends within its time, and calls that no failure (A6)."""
        self.blows.append(time.time())
        code = await gateway.end(signal.SIGTERM, limit=30.0)
        if code not in (0, -signal.SIGKILL):
            self.ledger.broken_promises.violations.append(f"asked to stop it ended with {code}")

    async def _sleep(self, gateway: Forked, seconds: float) -> None:
        self.blows.append(time.time())
        gateway.signal(signal.SIGSTOP)
        await asyncio.sleep(seconds)
        gateway.signal(signal.SIGCONT)

    async def take_in(self, count: int) -> None:
        """So much more; a slow machine is given the time it needs."""
        enough = self.ledger.taken + count
        async with asyncio.timeout(PATIENCE):
            while self.ledger.taken < enough:  # noqa: ASYNC110  residents count
                await asyncio.sleep(0.01)

    async def have_submitted(self) -> None:
        async with asyncio.timeout(PATIENCE):
            while self.ledger.submitted < SUBMITTED:  # noqa: ASYNC110  residents count
                await asyncio.sleep(0.05)

    def doctor(self) -> Forked:
        variables = {**self._variables, "DATABASE_URL": self.url}
        doctor = Forked(self._nursery, self.data, "doctor", weak=False, **variables)
        doctor.output = self.data.parent / "doctor.log"
        return doctor

    @property
    def url(self) -> str:
        return self.plan.database_url or f"sqlite:///{self.data / 'linli.db'}"
