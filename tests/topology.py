"""`python -m tests.topology`: two gateways, two action servers, two Rasas on one PostgreSQL and Redis.

What `docker-compose.yml` starts, as processes of this machine: to look at it, and for the tests.
"""

import argparse
import asyncio
import signal
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import ClientError, ClientSession, web

from bot.conversation.current_model import ModelFolder
from bot.launcher.welcome import say
from bot.lifecycle import ROOT
from tests.chaos.stand_in import call
from tests.integration.started import Started
from tests.servers.postgres import PostgresServer
from tests.servers.process import free_port
from tests.servers.redis import RedisServer
from tests.servers.schema import migrate

TWO = (1, 2)


class StandInRasa:
    """Understands a greeting and a matter, and tells nobody when its action server is away."""

    def __init__(self, port: int, actions: str) -> None:
        self._port = port
        self._actions = actions
        self.heard: list[str] = []
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        app = web.Application()
        app.router.add_get("/webhooks/rest/", self._health)
        app.router.add_post("/webhooks/rest/webhook", self._message)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True).start()

    async def kill(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _health(self, _request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def _message(self, request: web.Request) -> web.Response:
        heard = await request.json()
        self.heard.append(heard["message"])
        try:
            async with ClientSession() as http, http.post(self._actions, json=call(heard)) as got:
                await got.read()
        except ClientError:
            pass
        return web.json_response([])


class RealRasa:
    """`nlu.serve` with the model that is there."""

    def __init__(self, port: int, actions: str, model: Path, log: Path) -> None:
        self._command = [str(ROOT / "nlu/.venv/bin/python"), "-m", "nlu.serve"]
        self._command += ["--model", str(model), "--port", str(port)]
        self._actions = actions
        self._log = log

    async def start(self) -> None:
        with self._log.open("ab") as output:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                cwd=ROOT,
                env={"PATH": "/usr/bin:/bin", "LINLI_ACTIONS_URL": self._actions},
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    async def kill(self) -> None:
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()


class Process:
    """A gateway or an action server."""

    def __init__(self, started: Started, http: ClientSession, path: str) -> None:
        self._started = started
        self._http = http
        self._path = path
        self.url = started.url

    async def start(self) -> None:
        await self._started.start()
        await self._started.answers(self._http, self._path)

    async def kill(self) -> None:
        await self._started.end(signal.SIGKILL)

    async def stop(self) -> int:
        """As a deployment does; the exit code."""
        return await self._started.end(signal.SIGTERM, limit=30)

    def said(self) -> str:
        return self._started.said()


class Topology:
    """Each of the six by its name: gateway-1, actions-2, rasa-1."""

    def __init__(
        self, folder: Path, http: ClientSession, *, database_url: str, redis_url: str
    ) -> None:
        self._folder = folder
        self._data = folder / "data"
        self._data.mkdir()
        self._token = "a-token-of-the-topology"
        self._actions_ports = [free_port() for _ in TWO]
        self._rasa_ports = [free_port() for _ in TWO]
        self._http = http
        self._shared = {
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "LINLI_ACTIONS_TOKEN": self._token,
        }
        self.parts: dict[str, Any] = {}

    def build(self, model: Path | None = None, **more: str) -> "Topology":
        """With stand-ins for Rasa, or the model; `more` are settings of the gateways."""
        urls = {
            "LINLI_RASA_URL": _addresses(self._rasa_ports),
            "LINLI_ACTIONS_URL": _addresses(self._actions_ports),
        }
        for index, number in enumerate(TWO):
            port = self._actions_ports[index]
            actions = Started(
                self._data, module="actions", **self._shared, LINLI_ACTIONS_PORT=str(port)
            )
            actions.url = f"http://127.0.0.1:{port}"
            self._add(f"actions-{number}", actions, "/health")
            endpoint = f"{actions.url}/webhook?token={self._token}"
            self.parts[f"rasa-{number}"] = (
                RealRasa(
                    self._rasa_ports[index], endpoint, model, self._folder / f"rasa-{number}.log"
                )
                if model
                else StandInRasa(self._rasa_ports[index], endpoint)
            )
            gateway = Started(self._data, "gateway", **self._shared, **urls, **more)
            self._add(f"gateway-{number}", gateway, "/livez")
        return self

    def _add(self, name: str, started: Started, path: str) -> None:
        started.output = self._folder / f"{name}.log"
        self.parts[name] = Process(started, self._http, path)

    def gateway(self, number: int) -> str:
        return str(self.parts[f"gateway-{number}"].url)

    async def start(self) -> None:
        await asyncio.gather(*(part.start() for part in self.parts.values()))

    async def kill(self, name: str) -> None:
        await self.parts[name].kill()

    async def start_again(self, name: str) -> None:
        await self.parts[name].start()


def _addresses(ports: list[int]) -> str:
    return ",".join(f"http://127.0.0.1:{port}" for port in ports)


@asynccontextmanager
async def topology(
    folder: Path, *, database_url: str, redis_url: str, model: Path | None = None, **more: str
) -> AsyncIterator[Topology]:
    """It runs; at the end nothing of it does."""
    async with ClientSession() as http:
        whole = Topology(folder, http, database_url=database_url, redis_url=redis_url)
        whole.build(model, **more)
        try:
            await whole.start()
            yield whole
        finally:
            for part in whole.parts.values():
                await part.kill()


async def _show(database_url: str, redis_url: str, model: Path | None) -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    with tempfile.TemporaryDirectory(prefix="linli-topology-") as folder:
        async with topology(
            Path(folder), database_url=database_url, redis_url=redis_url, model=model
        ) as whole:
            say(f"gateways {whole.gateway(1)} {whole.gateway(2)}, logs in {folder}; Ctrl-C ends it")
            await stop.wait()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.topology", description=__doc__)
    parser.add_argument("--real", action="store_true", help="the trained model, not a stand-in")
    options = parser.parse_args()
    current = ModelFolder(ROOT / "var" / "models").current() if options.real else None
    postgres, redis = PostgresServer(), RedisServer()
    postgres.start()
    redis.start()
    try:
        asyncio.run(_show(postgres.clone(migrate), redis.url, current))
    finally:
        redis.stop()
        postgres.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
