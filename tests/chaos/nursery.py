"""The harness's side of the zygote: processes on request, each with its end to wait for."""

import asyncio
import itertools
import json
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import ClientSession

from tests.chaos.zygote import PACKET
from tests.integration.started import Started

ROOT = Path(__file__).parents[2]
#: Only a guard: a zygote reads everything once, and rehearses.
PATIENCE = 120.0


class EndedByItself(Exception):
    """Nobody killed it."""


class Child:
    """One forked process, as `asyncio` would hold it."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._ended = asyncio.Event()

    def ended(self, code: int) -> None:
        self.returncode = code
        self._ended.set()

    def send_signal(self, number: int) -> None:
        if self.returncode is None:
            os.kill(self.pid, number)

    async def wait(self) -> int:
        await self._ended.wait()
        return self.returncode or 0


class Nursery:
    def __init__(self) -> None:
        self._children: dict[int, Child] = {}
        self._births: dict[int, asyncio.Future[Child]] = {}
        self._orders = itertools.count()

    @asynccontextmanager
    async def open(self, **variables: str) -> AsyncIterator["Nursery"]:
        """`variables` are the zygote's own, beside those it needs to run."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setblocking(False)
        self._socket = ours
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        zygote = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.chaos.zygote", str(theirs.fileno())),
            pass_fds=[theirs.fileno()],
            env=kept | variables,
            cwd=ROOT,
            start_new_session=True,
        )
        theirs.close()
        self._ready = asyncio.get_running_loop().create_future()
        listening = asyncio.create_task(self._listen())
        try:
            await asyncio.wait(
                {self._ready, listening}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED
            )
            if not self._ready.done():
                raise RuntimeError("the zygote did not come up")
            yield self
        finally:
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
            ours.close()
            for child in self._children.values():
                child.send_signal(signal.SIGKILL)
            zygote.kill()
            await zygote.wait()

    async def bear(
        self, arguments: Sequence[str], environment: Mapping[str, str], output: Path, *, weak: bool
    ) -> Child:
        order = next(self._orders)
        birth: asyncio.Future[Child] = asyncio.get_running_loop().create_future()
        self._births[order] = birth
        told = {
            "order": order, "arguments": list(arguments), "environment": dict(environment),
            "output": str(output), "weak": weak,
        }  # fmt: skip
        await asyncio.get_running_loop().sock_sendall(self._socket, json.dumps(told).encode())
        return await birth

    async def _listen(self) -> None:
        loop = asyncio.get_running_loop()
        while said := await loop.sock_recv(self._socket, PACKET):
            self._hear(json.loads(said))
        raise RuntimeError("the zygote is gone")

    def _hear(self, said: dict[str, Any]) -> None:
        if "born" in said:
            child = self._children[said["born"]] = Child(said["born"])
            self._births.pop(said["order"]).set_result(child)
        elif "dead" in said:
            self._children.pop(said["dead"]).ended(said["code"])
        else:
            self._ready.set_result(None)


class Forked(Started):
    """`python -m bot …`, without the second it takes to import."""

    def __init__(
        self, nursery: Nursery, data: Path, *arguments: str, weak: bool = False, **variables: str
    ) -> None:
        super().__init__(data, *arguments, LINLI_MODE="trial", **variables)
        self._nursery = nursery
        self._weak = weak
        self._process: Any = Child(0)
        self._process.ended(0)
        self.was_struck = False  #: by the harness; else it died of itself

    async def start(self, *, failpoint: str = "") -> "Forked":
        self.was_struck = False
        fails = {"FP": failpoint} if failpoint else {}
        self._process = await self._nursery.bear(
            self._arguments, self.environment() | fails, self.output, weak=self._weak
        )
        return self

    async def strike(self) -> bool:
        """Kill it. Returns whether that is what it died of."""
        if not self.runs or self.was_struck:
            return False
        self.was_struck = True
        return await self.end(signal.SIGKILL) == -signal.SIGKILL

    async def answers(self, http: ClientSession, path: str = "/livez", status: int = 200) -> None:
        """Or is killed while it starts, by somebody else's hand."""
        async with asyncio.timeout(PATIENCE):
            while self.runs and await self._ask(http, path) != status:  # noqa: ASYNC110  a server
                await asyncio.sleep(0.03)
        if self._process.returncode not in (None, -signal.SIGKILL):
            raise EndedByItself(self._process.returncode, self.said()[-3000:])

    async def end_by_itself(self, limit: float) -> int:
        """Raises TimeoutError when it does not in time."""
        return await asyncio.wait_for(self._process.wait(), limit)

    def signal(self, number: signal.Signals) -> None:
        self._process.send_signal(number)

    @property
    def runs(self) -> bool:
        is_running: bool = self._process.returncode is None
        return is_running
