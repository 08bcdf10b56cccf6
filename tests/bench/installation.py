"""A gateway to measure, with the real Rasa where there is one."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import ClientError, ClientSession

from tests.chaos.stand_in import StandIn
from tests.integration.started import Started
from tests.servers.process import free_port, tethered

ROOT = Path(__file__).parents[2]
#: Rasa needs a while to load its model.
LOADING = 240.0


class NoModel(Exception):
    """No model is there, or nothing to serve it with."""


@dataclass
class Installation:
    gateway: Started
    database_url: str
    understanding: str  #: which Rasa it is
    pids: Mapping[str, int] = field(default_factory=dict)


def model() -> Path | None:
    """The newest trained model, if the nlu environment is there to serve it."""
    folder = Path(os.environ.get("LINLI_DATA", ROOT / "var")) / "models"
    found = sorted(folder.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime)
    return found[-1] if found and _python().exists() else None


def required_model() -> Path:
    """For a measure that makes no sense without one."""
    found = model()
    if found is None:
        raise NoModel("there is no model to measure with: run `make train` first")
    return found


def _python() -> Path:
    return ROOT / "nlu" / ".venv" / "bin" / "python"


@asynccontextmanager
async def installed(
    folder: Path, *, real: bool = True, database_url: str = "", kind: type[Started] = Started
) -> AsyncIterator[Installation]:
    """Running and ready; gone at the end."""
    data = folder / "data"
    trained = model() if real else None
    if trained is None:
        async with _stood_in(data, database_url or _url(data), kind) as installation:
            yield installation
        return
    async with starting(folder, trained, kind) as installation:
        async with ClientSession() as http:
            await ready(http, installation.gateway)
        yield installation


@asynccontextmanager
async def starting(
    folder: Path, trained: Path, kind: type[Started] = Started
) -> AsyncIterator[Installation]:
    """The gateway and its Rasa, just called into being; where there are keys, at the same time."""
    data = folder / "data"
    port, actions = free_port(), free_port()
    gateway = kind(
        data, "gateway",
        LINLI_RASA_URL=f"http://127.0.0.1:{port}", LINLI_ACTIONS_PORT=str(actions),
    )  # fmt: skip
    rasa: asyncio.subprocess.Process | None = None
    try:
        await gateway.start()
        token = await _token(data, gateway)
        rasa = await _rasa(trained, port, f"http://127.0.0.1:{actions}/webhook?token={token}")
        pids = {"the gateway": gateway.pid, "our Rasa": rasa.pid}
        yield Installation(gateway, _url(data), f"Rasa with {trained.name}", pids)
    finally:
        await gateway.kill_all()
        if rasa is not None and rasa.returncode is None:
            rasa.send_signal(signal.SIGINT)
            await rasa.wait()


async def _token(data: Path, gateway: Started) -> str:
    """The first start makes it."""
    file = data / "keys" / "actions.token"
    if not file.exists():
        async with ClientSession() as http:
            await gateway.answers(http)
    return file.read_text(encoding="ascii")


def _url(data: Path) -> str:
    return f"sqlite:///{data / 'linli.db'}"


async def _rasa(trained: Path, port: int, actions_url: str) -> asyncio.subprocess.Process:
    command: list[str | Path] = [_python(), "-m", "nlu.serve", "--model", trained]
    command += ["--port", str(port)]
    return await asyncio.create_subprocess_exec(
        *tethered(command),
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "LINLI_ACTIONS_URL": actions_url},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=sys.stderr,
        start_new_session=True,
    )


async def ready(http: ClientSession, gateway: Started) -> None:
    """Until understanding answers too."""
    async with asyncio.timeout(LOADING):
        while True:
            with suppress(ClientError):
                async with http.get(gateway.url + "/readyz") as answer:
                    if answer.status == 200:
                        return
            await asyncio.sleep(0.2)


@asynccontextmanager
async def _stood_in(
    data: Path, database_url: str, kind: type[Started]
) -> AsyncIterator[Installation]:
    rasa = StandIn(data / "keys" / "actions.token", "bench")
    rasa.is_faulty = False
    index = rasa.add_gateway()
    gateway = kind(
        data, "gateway",
        LINLI_RASA_URL=rasa.url(index), LINLI_ACTIONS_PORT=str(rasa.actions_ports[index]),
        DATABASE_URL=database_url,
    )  # fmt: skip
    await rasa.start()
    try:
        async with ClientSession() as http:
            await gateway.start()
            await gateway.answers(http)
        yield Installation(gateway, database_url, "a stand-in for Rasa")
    finally:
        await gateway.kill_all()
        await rasa.stop()


async def invited(installation: Installation, role: str, name: str) -> str:
    """A one-time code, as `python -m bot invite` prints it."""
    asked = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "invite", "--role", role, "--name", name),
        env=installation.gateway.environment(),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    told, complaint = await asked.communicate()
    if asked.returncode:
        raise RuntimeError(complaint.decode())
    return told.decode().strip()
