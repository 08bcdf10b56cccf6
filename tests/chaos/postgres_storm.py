"""A storm in which PostgreSQL dies under load: all of it, or the process of one connection."""

import asyncio
import contextlib
import os
import signal
import time
from pathlib import Path
from random import Random

from tests.chaos.nursery import Nursery
from tests.chaos.plan import Plan
from tests.chaos.storm import LOAD, TAKEN, Storm
from tests.servers.postgres import PostgresServer

#: How often only one of its processes dies, after which it restarts by itself; and a gateway too.
ONE_OF_THEM = 0.3
A_GATEWAY = 0.15


class PostgresStorm(Storm):
    def __init__(self, plan: Plan, folder: Path, nursery: Nursery, server: PostgresServer) -> None:
        super().__init__(plan, folder, nursery)
        self._server = server

    async def strike(self) -> None:
        random = Random(f"{self.plan.seed}/postgres")
        for gateway in self.gateways:
            await gateway.start()
            await self.come_up(gateway)
        for _ in range(self.plan.strokes):
            await asyncio.sleep(random.uniform(*LOAD))
            await self.take_in(random.randint(1, TAKEN))
            self.blows.append(time.time())
            await asyncio.to_thread(self._kill, random)
            self.postgres_kills += 1
            if random.random() < A_GATEWAY:
                await self.kill(random.choice(self.gateways), "random")
            await self._all_run()

    def _kill(self, random: Random) -> None:
        if random.random() >= ONE_OF_THEM:
            self._server.crash()
            return
        with contextlib.suppress(ProcessLookupError, IndexError):
            os.kill(random.choice(self._server.children()), signal.SIGKILL)

    async def _all_run(self) -> None:
        """A gateway may not be brought down by its database."""
        for gateway in self.gateways:
            if not gateway.runs:
                if await gateway.exit_code() != -signal.SIGKILL:
                    self.ledger.broken_promises.violations.append("a gateway ended by itself")
                await gateway.start()
                await self.come_up(gateway)
