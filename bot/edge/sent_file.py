"""`SentFile`: a file for a reader who takes it in time, else the line is cut."""

import asyncio
from pathlib import Path
from typing import Any, Final

from aiohttp import web
from aiohttp.abc import AbstractStreamWriter

#: Seconds any of our files may take; the largest are photos of a megabyte.
PATIENCE: Final = 120.0


class SentFile(web.FileResponse):
    """The kernel sends a file without asking us, so no other bound sees that nobody takes it."""

    def __init__(self, path: Path, *, patience: float = PATIENCE, **more: Any) -> None:
        super().__init__(path, **more)
        self._patience = patience

    async def prepare(self, request: web.BaseRequest) -> AbstractStreamWriter | None:
        try:
            async with asyncio.timeout(self._patience):
                return await super().prepare(request)
        except TimeoutError:
            if request.transport is not None:
                request.transport.abort()
            raise ConnectionResetError("nobody takes the file") from None
