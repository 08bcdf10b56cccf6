"""`StockRasa`: `rasa run` and `rasa run actions` over the same model archive, and a client."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from aiohttp import ClientError, ClientSession, ClientTimeout

from tests.bench.stock.seeding import Seeds
from tests.servers.process import free_port, tethered

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
PYTHON = ROOT / "nlu" / ".venv" / "bin" / "python"
#: Seconds Rasa may take to load a model while other servers load theirs.
LOADING = 240.0
LOG = "stock.log"
QUIET = {"RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}


@dataclass
class StockRasa:
    url: str
    tracker: Path
    log: Path
    server: asyncio.subprocess.Process
    actions: asyncio.subprocess.Process
    http: ClientSession = field(repr=False)
    unanswered: int = 0

    @property
    def pids(self) -> Mapping[str, int]:
        return {"stock Rasa": self.server.pid, "stock action server": self.actions.pid}

    def complaints(self) -> list[str]:
        """What both servers logged as errors."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return [line for line in lines if " ERROR " in line]

    @property
    def seeds(self) -> Seeds:
        return Seeds(self.tracker)

    async def ask(self, sender: str, text: str) -> None:
        """The REST channel answers with what the bot says; sometimes, under load, with nothing."""
        body = {"sender": sender, "message": text}
        async with self.http.post(f"{self.url}/webhooks/rest/webhook", json=body) as answer:
            told = await answer.json()
        if answer.status != 200:
            raise RuntimeError(f"the stock server answered {answer.status} {told!r}")
        self.unanswered += not told

    async def ready(self) -> Self:
        async with asyncio.timeout(LOADING):
            while True:
                before = self.unanswered
                with suppress(ClientError, RuntimeError):
                    await self.ask("somebody at the door", "您好")
                    if self.unanswered == before:
                        self.unanswered = 0
                        return self
                await asyncio.sleep(0.2)


@asynccontextmanager
async def stock_rasa(folder: Path, model: Path) -> AsyncIterator[StockRasa]:
    """Both servers with their defaults, started from the root so that our components are found."""
    port, actions_port = free_port(), free_port()
    tracker = folder / "stock-tracker.db"
    actions = await _run(
        folder, "run", "actions", "--actions", "tests.bench.stock.actions",
        "--port", str(actions_port),
    )  # fmt: skip
    server = await _run(
        folder, "run", "--model", str(model), "--port", str(port), "--interface", "127.0.0.1",
        "--endpoints", str(HERE / "endpoints.yml"), "--credentials", str(HERE / "credentials.yml"),
        STOCK_TRACKER=str(tracker), STOCK_ACTIONS=f"http://127.0.0.1:{actions_port}/webhook",
    )  # fmt: skip
    try:
        async with ClientSession(timeout=ClientTimeout(total=LOADING)) as http:
            url = f"http://127.0.0.1:{port}"
            yield await StockRasa(url, tracker, folder / LOG, server, actions, http).ready()
    finally:
        for process in (server, actions):
            if process.returncode is None:
                process.send_signal(signal.SIGINT)
        await asyncio.gather(server.wait(), actions.wait())


async def _run(folder: Path, *arguments: str, **more: str) -> asyncio.subprocess.Process:
    with (folder / LOG).open("ab") as log:
        return await asyncio.create_subprocess_exec(
            *tethered([PYTHON, "-m", "rasa", *arguments]),
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], "HOME": str(folder), **QUIET, **more},
            stdout=log,
            stderr=sys.stderr if "-v" in sys.argv else log,
            start_new_session=True,
        )
