"""`RasaProcess`: Rasa as a child that is watched, and started again when it dies or hangs."""

import asyncio
import logging
import os
import socket
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.conversation.child import end, harmless_environment, reap, spawn

log = logging.getLogger(__name__)

#: Seconds between questions to a Rasa that is starting, and to one that works.
STARTING_POLL = 0.2
POLL = 5.0
#: Seconds a start may take on a slow machine.
START_LIMIT = 240.0
#: So many unanswered questions in a row mean that it hangs.
MISSES = 3
#: Seconds before a new start: the first time, and at most.
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
#: A child that lived so long had not failed at its start.
SETTLED = 60.0
LOG_LIMIT = 8 * 1024 * 1024


@dataclass(frozen=True, kw_only=True)
class RasaPlan:
    """How to start Rasa."""

    python: Path
    model: Path
    root: Path  #: folder of the `nlu` package
    port: int
    folder: Path  #: data directory: for its log and pid
    variables: Mapping[str, str] = field(repr=False)
    token: str = field(default="", repr=False)
    pid_file: str = "rasa.pid"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def command(self) -> list[str]:
        return [str(self.python), "-m", "nlu.serve", "--model", str(self.model),
                "--port", str(self.port)]  # fmt: skip

    def environment(self, actions_url: str) -> dict[str, str]:
        """The action endpoint's address holds its token, so it travels here and not in `ps`."""
        more = {"LINLI_RASA_TOKEN": self.token} if self.token else {}
        return harmless_environment(self.variables, LINLI_ACTIONS_URL=actions_url, **more)


class RasaProcess:
    def __init__(
        self,
        plan: RasaPlan,
        actions_url: str,
        is_ready: Callable[[], Awaitable[bool]],
        *,
        poll: float = POLL,
        start_limit: float = START_LIMIT,
    ) -> None:
        self._plan = plan
        self._poll = poll
        self._start_limit = start_limit
        self._first = asyncio.Event()
        self._came_up = False
        self._environment = plan.environment(actions_url)
        self._is_ready = is_ready
        self._log = plan.folder / "logs" / "rasa.log"
        self._pid_file = plan.folder / plan.pid_file

    async def comes_up(self) -> bool:
        """Whether it answers, once that is known: its first life may end before it does."""
        await self._first.wait()
        return self._came_up

    async def run(self, *, on_trial: bool = False) -> None:
        """Keep it alive until cancelled; then end it. On trial, one that never answers is left."""
        await asyncio.to_thread(reap, self._pid_file, "nlu.serve")
        pause = FIRST_PAUSE
        while True:
            began = time.monotonic()
            reason = await self._live()
            self._first.set()
            if on_trial and not self._came_up:
                return
            if time.monotonic() - began > SETTLED:
                pause = FIRST_PAUSE
            log.error(
                "understanding stopped, starting it again",
                extra={"action": "rasa_restart", "reason": reason, "pause": pause},
            )
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _live(self) -> str:
        """One life: from the start to its end, or to the moment it no longer answers."""
        process = await self._start()
        self._pid_file.write_text(str(process.pid), encoding="ascii")
        exiting = asyncio.create_task(process.wait())
        watching = asyncio.create_task(self._watch())
        try:
            await asyncio.wait({exiting, watching}, return_when=asyncio.FIRST_COMPLETED)
            return f"exit {exiting.result()}" if exiting.done() else "no answer"
        finally:
            exiting.cancel()
            watching.cancel()
            await end(process)
            self._pid_file.unlink(missing_ok=True)

    async def _start(self) -> asyncio.subprocess.Process:
        self._log.parent.mkdir(parents=True, exist_ok=True)
        if self._log_size() > LOG_LIMIT:
            self._log.replace(self._log.with_suffix(".log.1"))
        with self._log.open("ab") as output:
            return await spawn(
                self._plan.command(),
                cwd=self._plan.root,
                env=self._environment,
                stdout=output,
                stderr=output,
            )

    async def _watch(self) -> None:
        """Returns when it does not come up in time, or does not answer any more."""
        deadline = time.monotonic() + self._start_limit
        while not await self._is_ready():
            if time.monotonic() > deadline:
                return
            await asyncio.sleep(STARTING_POLL)
        self._came_up = True
        self._first.set()
        misses = 0
        while misses < MISSES:
            await asyncio.sleep(self._poll)
            misses = 0 if await self._is_ready() else misses + 1
            self._bound_log()

    def _bound_log(self) -> None:
        """The child writes at the end of the file, so it may be emptied under its hands."""
        if self._log_size() > LOG_LIMIT * 2:
            os.truncate(self._log, 0)

    def _log_size(self) -> int:
        with suppress(OSError):
            return self._log.stat().st_size
        return 0


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
