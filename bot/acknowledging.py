"""`Acknowledgement`: the answer that something is kept; that it has left is a step as well."""

from typing import Any

from aiohttp import web

from actions.failpoints import failpoint


class Acknowledgement(web.Response):
    def __init__(self, step: str, **answer: Any) -> None:
        super().__init__(**answer)
        self._step = step

    async def write_eof(self, data: bytes = b"") -> None:
        await super().write_eof(data)
        failpoint(self._step)
