"""A stand-in for Rasa: its REST channel, and its calls of the bot's real action endpoint.

It understands two kinds of sentence, and it fails as Rasa fails: slowly, after having acted, and by
calling an action twice.
"""

import asyncio
from pathlib import Path
from random import Random
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from tests.servers.process import free_port

MATTER = "报修："
LEAVES = ("BLD01", "SAN01", "PUB01", "GRN01")

#: How often something goes wrong with one text.
CALLED_TWICE = 0.05
FAILS_BEFORE = 0.004
FAILS_AFTER = 0.006
HANGS = 0.01


class StandIn:
    """One server for several gateways: each has its own address here, and its own actions."""

    def __init__(self, token_file: Path, seed: str) -> None:
        self._token_file = token_file
        self._random = Random(seed)
        self._port = free_port()
        self.actions_ports: list[int] = []
        self.is_faulty = True
        self.heard: list[str] = []

    def url(self, index: int) -> str:
        return f"http://127.0.0.1:{self._port}/{index}"

    def add_gateway(self) -> int:
        """Returns the index of the gateway, whose action port is the last one now."""
        self.actions_ports.append(free_port())
        return len(self.actions_ports) - 1

    async def start(self) -> None:
        app = web.Application()
        app.router.add_get("/{index}/webhooks/rest/", _health)
        app.router.add_post("/{index}/webhooks/rest/webhook", self._message)
        self._http = ClientSession(timeout=ClientTimeout(total=20))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True).start()

    async def stop(self) -> None:
        await self._runner.cleanup()
        await self._http.close()

    async def _message(self, request: web.Request) -> web.Response:
        heard = await request.json()
        self.heard.append(heard["message"])
        luck = self._random.random() if self.is_faulty else 1.0
        await asyncio.sleep(self._random.uniform(0, 0.02))
        if luck < FAILS_BEFORE:
            return web.Response(status=503)
        await self._act(int(request.match_info["index"]), heard)
        if luck < FAILS_BEFORE + FAILS_AFTER:
            return web.Response(status=502, text="<html>")
        luck -= FAILS_BEFORE + FAILS_AFTER
        if luck < HANGS:
            await asyncio.sleep(2.0)
        elif luck < HANGS + CALLED_TWICE:
            await self._act(int(request.match_info["index"]), heard)
        return web.json_response([])

    async def _act(self, index: int, heard: dict[str, Any]) -> None:
        """As Rasa: an action that cannot be reached is logged there and told to nobody."""
        address = f"http://127.0.0.1:{self.actions_ports[index]}/webhook"
        token = self._token_file.read_text(encoding="ascii")
        try:
            async with self._http.post(address, params={"token": token}, json=call(heard)) as got:
                await got.read()
        except (ClientError, TimeoutError, OSError):
            return


async def _health(_request: web.Request) -> web.Response:
    return web.json_response({"status": "ok"})


def matter(number: int, building: str, leaf: str) -> str:
    return f"{MATTER}{leaf} {building}第{number}件事"


def call(heard: dict[str, Any]) -> dict[str, Any]:
    """What Rasa posts to the action endpoint after it understood the text."""
    text = heard["message"]
    action, understood = _understood(text)
    message = {
        "text": text,
        "intent": understood["intent"],
        "metadata": heard["metadata"],
        "understood": understood,
    }
    tracker = {
        "sender_id": heard["sender"], "slots": {}, "events": [], "latest_message": message,
        "paused": False, "followup_action": None, "active_loop": {},
        "latest_input_channel": "rest", "latest_action_name": None,
    }  # fmt: skip
    return {"next_action": action, "sender_id": heard["sender"], "tracker": tracker}


def _understood(text: str) -> tuple[str, dict[str, Any]]:
    is_matter = text.startswith(MATTER)
    leaf = text.removeprefix(MATTER).partition(" ")[0]
    return "action_tell_matter" if is_matter else "action_small_talk", {
        "text": text,
        "normalised": text,
        "language": "zh",
        "intent": {"name": "report" if is_matter else "greet", "confidence": 0.95},
        "leaves": [[leaf, 0.9]] if is_matter else [],
        "model": {"version": "stand-in"},
    }
