"""The one address a platform knows: hands its calls on to any gateway, as a balancer does."""

from collections.abc import Sequence
from random import Random

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from tests.servers.process import free_port


class Door:
    """What no gateway answers is answered with 502, and comes again."""

    def __init__(self, gateways: Sequence[str], seed: str) -> None:
        self._gateways = gateways
        self._random = Random(f"{seed}/door")
        self._port = free_port()
        self.url = f"http://127.0.0.1:{self._port}"

    async def start(self) -> None:
        app = web.Application()
        app.router.add_post("/{path:.*}", self._hand_on)
        self._http = ClientSession(timeout=ClientTimeout(total=10))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True).start()

    async def stop(self) -> None:
        await self._runner.cleanup()
        await self._http.close()

    async def _hand_on(self, request: web.Request) -> web.Response:
        where = self._random.choice(self._gateways) + request.path
        kept = {name: request.headers[name] for name in request.headers if name.startswith("X-")}
        try:
            async with self._http.post(where, data=await request.read(), headers=kept) as answer:
                return web.Response(status=answer.status, body=await answer.read())
        except (ClientError, TimeoutError, OSError):
            return web.Response(status=502)
