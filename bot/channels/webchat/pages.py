"""The chat page itself: plain files with a strict content policy."""

import re
from pathlib import Path
from typing import Final

from aiohttp import web

from bot.edge.sent_file import SentFile

STATIC: Final = Path(__file__).parent / "static"
#: Suffixes that are served, and as what; everything else does not exist.
TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
    ".txt": "text/plain; charset=utf-8",
}
_NAME: Final = re.compile(r"[A-Za-z0-9_./-]{1,120}", re.ASCII)
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


async def to_page(request: web.Request) -> web.StreamResponse:
    """The page lives at one address; a code in the address comes along."""
    raise web.HTTPFound(f"/chat/?{request.query_string}" if request.query_string else "/chat/")


async def page_file(request: web.Request) -> web.StreamResponse:
    name = request.match_info.get("path") or "index.html"
    if not _NAME.fullmatch(name):
        raise web.HTTPNotFound
    path = (STATIC / name).resolve()
    kind = TYPES.get(path.suffix)
    if kind is None or not path.is_relative_to(STATIC) or not path.is_file():
        raise web.HTTPNotFound
    headers = {
        "Content-Type": kind,
        "Content-Security-Policy": POLICY,
        "Cache-Control": "no-cache",
    }
    return SentFile(path, headers=headers)
