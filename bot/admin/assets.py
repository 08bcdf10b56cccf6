"""The stylesheet, the script and the mark of the console."""

from typing import Final

from aiohttp import web

from bot.admin.page import STATIC
from bot.edge.sent_file import SentFile

_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


async def asset(request: web.Request) -> web.StreamResponse:
    """Asked for with the mark of what it holds, it may be kept for good."""
    path = STATIC / request.match_info["name"]
    kind = _TYPES.get(path.suffix)
    if kind is None or path.parent != STATIC or not path.is_file():
        raise web.HTTPNotFound
    keep = "public, max-age=31536000, immutable" if "v" in request.query else "no-cache"
    return SentFile(path, headers={"Content-Type": kind, "Cache-Control": keep})
