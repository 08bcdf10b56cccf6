"""A window: the real page with somebody else's conversation in it, to look at and not to touch.

It listens on the loopback while the demo runs, hands every reading request to the instance with
the cookie of that player, and refuses everything that would act. The browser gets no cookie, so
the viewer's own chat stays their own.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Final

from aiohttp import ClientSession, ClientTimeout, web

from bot.cli.visitor import API, Visitor

_READING: Final = frozenset({"GET", "HEAD"})
#: What a browser says that matters to the answer.
_PASSED_ON: Final = ("Accept", "Accept-Language", "Last-Event-ID", "If-None-Match")
#: What belongs to the connection, or would hand out the player's cookie.
_KEPT_BACK: Final = frozenset(
    {"connection", "content-encoding", "content-length", "date", "keep-alive", "set-cookie",
     "transfer-encoding"}
)  # fmt: skip
_REFUSAL: Final = {"title": "Look only", "detail": "这是演示的窗口,只能看。", "status": 403}


@asynccontextmanager
async def open_window(address: str, visitor: Visitor) -> AsyncIterator[str]:
    """The address of a window onto a visitor's page."""
    limit = ClientTimeout(total=None, sock_connect=10)
    async with ClientSession(address, timeout=limit) as http:
        app = web.Application()
        window = _Window(http, visitor)
        app.router.add_route("*", "/{path:.*}", window.show)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        try:
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            window.own = f"127.0.0.1:{runner.addresses[0][1]}"
            yield f"http://{window.own}/"
        finally:
            await runner.cleanup()


class _Window:
    own = ""

    def __init__(self, http: ClientSession, visitor: Visitor) -> None:
        self._http = http
        self._visitor = visitor

    async def show(self, request: web.Request) -> web.StreamResponse:
        """Another name for this machine is another site's trick."""
        opens = request.method == "POST" and request.path == f"{API}/session"
        if request.host != self.own or not (opens or request.method in _READING):
            return web.json_response(_REFUSAL, status=HTTPStatus.FORBIDDEN)
        if request.path.endswith("/sw.js"):
            return web.Response(status=HTTPStatus.NOT_FOUND)  # it would outlive the window
        headers = {name: request.headers[name] for name in _PASSED_ON if name in request.headers}
        async with self._http.request(
            request.method,
            request.path if opens else request.rel_url,
            json={} if opens else None,
            headers=headers,
            cookies=self._visitor.cookies,
            allow_redirects=False,
        ) as answer:
            shown = web.StreamResponse(status=answer.status)
            for name, value in answer.headers.items():
                if name.lower() not in _KEPT_BACK:
                    shown.headers.add(name, value)
            await shown.prepare(request)
            async for piece in answer.content.iter_any():
                await shown.write(piece)
            await shown.write_eof()
            return shown
