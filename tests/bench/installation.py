"""A gateway to measure, with the real Rasa where there is one."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ClientSession

from tests.chaos.stand_in import StandIn
from tests.integration.started import Started
from tests.servers.process import free_port, tethered

ROOT = Path(__file__).parents[2]
#: Rasa needs a while to load its model.
LOADING = 240.0


@dataclass
class Installation:
    gateway: Started
    database_url: str
    understanding: str  #: which Rasa it is


def model() -> Path | None:
    """The newest trained model, if the nlu environment is there to serve it."""
    folder = Path(os.environ.get("LINLI_DATA", ROOT / "var")) / "models"
    found = sorted(folder.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    return found[-1] if found and _python().exists() else None


def _python() -> Path:
    return ROOT / "nlu" / ".venv" / "bin" / "python"


@asynccontextmanager
async def installed(folder: Path, *, real: bool = True) -> AsyncIterator[Installation]:
    """Running and ready; gone at the end."""
    data = folder / "data"
    trained = model() if real else None
    if trained is None:
        async with _stood_in(data) as installation:
            yield installation
        return
    port, actions = free_port(), free_port()
    gateway = Started(
        data, "gateway",
        LINLI_RASA_URL=f"http://127.0.0.1:{port}", LINLI_ACTIONS_PORT=str(actions),
    )  # fmt: skip
    rasa: asyncio.subprocess.Process | None = None
    try:
        async with ClientSession() as http:
            await gateway.start()
            await gateway.answers(http)
            token = (data / "keys" / "actions.token").read_text(encoding="ascii")
            rasa = await _rasa(trained, port, f"http://127.0.0.1:{actions}/webhook?token={token}")
            await _ready(http, gateway)
        yield Installation(gateway, _url(data), f"Rasa with {trained.name}")
    finally:
        await gateway.kill_all()
        if rasa is not None and rasa.returncode is None:
            rasa.send_signal(signal.SIGINT)
            await rasa.wait()


def _url(data: Path) -> str:
    return f"sqlite:///{data / 'linli.db'}"


async def _rasa(trained: Path, port: int, actions_url: str) -> asyncio.subprocess.Process:
    command = [_python(), "-m", "nlu.serve", "--model", trained, "--port", str(port)]
    return await asyncio.create_subprocess_exec(
        *tethered(command),
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "LINLI_ACTIONS_URL": actions_url},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=sys.stderr,
        start_new_session=True,
    )


async def _ready(http: ClientSession, gateway: Started) -> None:
    async with asyncio.timeout(LOADING):
        while True:
            async with http.get(gateway.url + "/readyz") as answer:
                if answer.status == 200:
                    return
            await asyncio.sleep(0.5)


@asynccontextmanager
async def _stood_in(data: Path) -> AsyncIterator[Installation]:
    rasa = StandIn(data / "keys" / "actions.token", "bench")
    rasa.is_faulty = False
    index = rasa.add_gateway()
    gateway = Started(
        data, "gateway",
        LINLI_RASA_URL=rasa.url(index), LINLI_ACTIONS_PORT=str(rasa.actions_ports[index]),
    )  # fmt: skip
    await rasa.start()
    try:
        async with ClientSession() as http:
            await gateway.start()
            await gateway.answers(http)
        yield Installation(gateway, _url(data), "a stand-in for Rasa")
    finally:
        await gateway.kill_all()
        await rasa.stop()
