"""`RequestReader`: aiohttp's protocol, which says nothing of itself to whoever sends nonsense."""

import asyncio
import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from aiohttp import web

log = logging.getLogger(__name__)

#: What answers of the application carry too (bot/middlewares.py); these never reach it.
_HEADERS: Final = {
    "Server": "linli",  # else aiohttp names itself, Python and both versions
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}


class RequestReader(web.RequestHandler):
    """Answers what is no HTTP with a bare status.

    aiohttp would send back what it could not read, and write it down with a traceback.
    """

    __slots__ = ()

    def handle_error(
        self,
        request: web.BaseRequest,
        status: int = 500,
        exc: BaseException | None = None,
        message: str | None = None,
    ) -> web.StreamResponse:
        del message  # it holds what was sent
        if status < HTTPStatus.INTERNAL_SERVER_ERROR:
            about = {"action": "unreadable_request", "error": type(exc).__name__}
            log.info("a request could not be read", extra=about)
        else:
            log.error("request failed", exc_info=exc, extra={"action": "request_failed_outside"})
        if request.writer.output_size > 0:
            raise ConnectionError("the answer has begun")
        answer = web.Response(status=status, text=HTTPStatus(status).phrase, headers=_HEADERS)
        answer.force_close()
        return answer


def reading_for(server: web.Server, *, idle: float) -> Callable[[], RequestReader]:
    """Makes the protocol of each line. `idle` is how long one may be silent after an answer."""
    loop = asyncio.get_running_loop()
    return lambda: RequestReader(
        server,
        loop=loop,
        access_log=None,  # type: ignore[arg-type]  # as its own runner does
        keepalive_timeout=idle,
    )
