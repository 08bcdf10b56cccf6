"""A real `python -m bot …` as a child, and a Rasa that is not one."""

import asyncio
import os
import signal
import sys
from pathlib import Path
from typing import Any

from aiohttp import ClientError, ClientSession, web

from tests.servers.process import free_port

START_LIMIT = 30.0


class Started:
    """One process of ours, with a data directory of its own."""

    def __init__(self, data: Path, *arguments: str, module: str = "bot", **variables: str) -> None:
        self._module = module
        self.data = data
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._arguments = arguments
        self._variables = variables
        self.output = data.parent / f"{data.name}.log"

    async def start(self) -> "Started":
        with self.output.open("ab") as output:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", self._module, *self._arguments),
                env=self.environment(),
                stdout=output,
                stderr=asyncio.subprocess.STDOUT,
                start_new_session=True,
            )
        return self

    def environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        own = {"LINLI_PORT": str(self.port), "LINLI_DATA": str(self.data)}
        return {**kept, **own, **self._variables}

    @property
    def pid(self) -> int:
        return self._process.pid

    def said(self) -> str:
        return self.output.read_text(encoding="utf-8")

    async def answers(self, http: ClientSession, path: str = "/livez", status: int = 200) -> None:
        """Wait until a request is answered so."""
        async with asyncio.timeout(START_LIMIT):
            while await self._ask(http, path) != status:
                assert self._process.returncode is None, self.said()
                await asyncio.sleep(0.05)

    async def _ask(self, http: ClientSession, path: str) -> int:
        try:
            async with http.get(self.url + path) as answer:
                return answer.status
        except ClientError:
            return 0

    async def end(self, number: signal.Signals = signal.SIGTERM, limit: float = 10.0) -> int:
        if self._process.returncode is None:
            self._process.send_signal(number)
        return await asyncio.wait_for(self._process.wait(), limit)

    async def exit_code(self) -> int:
        return await asyncio.wait_for(self._process.wait(), START_LIMIT)

    async def kill_all(self) -> None:
        """For the end of a test that failed."""
        if self._process.returncode is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            await self._process.wait()


class FakeRasa:
    """Answers as Rasa's REST channel does, and calls the action it is told to call."""

    def __init__(self, actions_port: int, data: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._runner: web.AppRunner | None = None
        self.was_asked = asyncio.Event()
        self.heard: list[dict[str, Any]] = []
        self.actions_port = str(actions_port)
        self._actions = f"http://127.0.0.1:{actions_port}/webhook"
        self._data = data

    async def start(self) -> None:
        app = web.Application()
        app.router.add_get("/webhooks/rest/", self._health)
        app.router.add_post("/webhooks/rest/webhook", self._message)
        runner = self._runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", self.port).start()

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _health(self, _request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def _message(self, request: web.Request) -> web.Response:
        heard = await request.json()
        self.heard.append(heard)
        self.was_asked.set()
        token = (self._data / "keys" / "actions.token").read_text(encoding="ascii")
        async with ClientSession() as http:
            answer = await http.post(self._actions, params={"token": token}, json=_call(heard))
            assert answer.status == 200, await answer.text()
        return web.json_response([])


def _call(heard: dict[str, Any]) -> dict[str, Any]:
    intent = {"name": "greet", "confidence": 1.0}
    message = {"text": heard["message"], "intent": intent, "metadata": heard["metadata"]}
    tracker = {
        "sender_id": heard["sender"], "slots": {}, "events": [], "latest_message": message,
        "paused": False, "followup_action": None, "active_loop": {},
        "latest_input_channel": "rest", "latest_action_name": None,
    }  # fmt: skip
    call = {"next_action": "action_small_talk", "sender_id": heard["sender"]}
    return {**call, "tracker": tracker}
