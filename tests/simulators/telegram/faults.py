"""Faults a test scripts: what the next calls of a method, in a chat, meet instead of an answer."""

import asyncio
import json
import socket
import struct
from collections import deque
from dataclasses import dataclass

from aiohttp import web

from tests.simulators.telegram.errors import Refused, bad, flooded, forbidden

PAGE = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body></body>\r\n</html>\r\n"


@dataclass(frozen=True)
class Fault:
    """What goes wrong; `accepted` says whether the call took effect all the same."""

    name: str
    accepted: bool = False
    refusal: Refused | None = None
    status: int = 0
    body: str = ""
    kind: str = "application/json"


def too_many(retry_after: int) -> Fault:
    return refused(flooded(retry_after))


def blocked() -> Fault:
    return refused(forbidden("bot was blocked by the user"))


def bad_request(why: str) -> Fault:
    return refused(bad(why))


def refused(refusal: Refused) -> Fault:
    return Fault("refused", refusal=refusal)


def server_error(*, accepted: bool = False) -> Fault:
    body = {"ok": False, "error_code": 500, "description": "Internal Server Error"}
    return Fault("server_error", accepted, status=500, body=json.dumps(body))


def bad_gateway(*, accepted: bool = False) -> Fault:
    """A proxy's page in front of the API, which is not JSON."""
    return Fault("bad_gateway", accepted, status=502, body=PAGE, kind="text/html")


def hang(*, accepted: bool = False) -> Fault:
    """No answer at all until the simulator closes."""
    return Fault("hang", accepted)


def reset(*, accepted: bool) -> Fault:
    """The connection is reset; after acceptance, this is an answer that got lost."""
    return Fault("reset", accepted)


def cut() -> Fault:
    """The call took effect; of its answer only the first half arrives."""
    return Fault("cut", accepted=True)


@dataclass
class _Scripted:
    fault: Fault
    method: str
    chat_id: int | None
    times: int | None


class Faults:
    """The script: first entry that fits is used up first."""

    def __init__(self) -> None:
        self._script: deque[_Scripted] = deque()
        self.closing = asyncio.Event()

    def on(
        self, method: str, fault: Fault, *, chat: int | None = None, times: int | None = 1
    ) -> None:
        """Let the next `times` calls meet this fault; None for every call until `clear`.

        Method "*" is any method.
        """
        self._script.append(_Scripted(fault, method.lower(), chat, times))

    def clear(self) -> None:
        self._script.clear()

    @property
    def left(self) -> int:
        """How many entries still wait for a call that fits."""
        return len(self._script)

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        for entry in self._script:
            fits = entry.method in {"*", method.lower()}
            if not fits or entry.chat_id not in {None, chat_id}:
                continue
            if entry.times is not None:
                entry.times -= 1
                if entry.times <= 0:
                    self._script.remove(entry)
            return entry.fault
        return None

    async def play(self, fault: Fault, request: web.Request, answer: bytes) -> web.StreamResponse:
        """Do to the connection what the fault says; `answer` is what would have been said."""
        if fault.name == "hang":
            await self.closing.wait()
            return web.Response(status=503)
        if fault.name == "reset":
            _abort(request)
            return web.Response(status=503)
        if fault.name == "cut":
            return await _cut(request, answer)
        return web.Response(status=fault.status, text=fault.body, content_type=fault.kind)


def _abort(request: web.Request) -> None:
    transport = request.transport
    if transport is None:
        return
    connection = transport.get_extra_info("socket")
    if connection is not None:
        linger = struct.pack("ii", 1, 0)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    transport.abort()


async def _cut(request: web.Request, answer: bytes) -> web.StreamResponse:
    response = web.StreamResponse(
        headers={"Content-Type": "application/json", "Content-Length": str(len(answer))}
    )
    await response.prepare(request)
    await response.write(answer[: len(answer) // 2])
    if request.transport is not None:
        request.transport.close()
    return response
