"""`Lines`: connections that take too long or are too many are cut; aiohttp alone waits for ever.

aiohttp closes a line nobody has spoken on, and one that stays idle after an answer
(`keepalive_timeout`). It has no bound for half a head, half a body, an answer that is not taken, or
the number of lines. Each line is therefore a `Line` in front of aiohttp's own protocol; one look a
second at all of them costs less than a timer for each request.
"""

import asyncio
import logging
import resource
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final, cast

from aiohttp import StreamReader, web

log = logging.getLogger(__name__)

#: Files a process needs beside its lines: databases, photos, calls to others.
_OTHER_FILES: Final = 256
_LOOK_EVERY: Final = 1.0
_BUSY: Final = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\n"
    b"Content-Length: 0\r\n\r\n"
)


@dataclass(frozen=True, kw_only=True)
class Patience:
    """Seconds and numbers a line is given."""

    head: float = 8.0  #: from its first byte, and from the beginning of the line
    body: float = 28.0  #: and longer for one that keeps coming at this many bytes a second:
    body_a_second: int = 8192
    body_at_most: float = 150.0
    taking: float = 28.0  #: for a reader that takes nothing of its answer
    idle: float = 75.0
    lines: int = 12_000
    lines_of_one: int = 4_000  #: generous: a whole estate may sit behind one address


class Lines:
    """Every open line; `run` cuts those that are overdue."""

    def __init__(self, patience: Patience, trusted: Collection[str] = ()) -> None:
        """`trusted` are our own proxies, which hold the lines of everybody."""
        self._patience = patience
        self._trusted = trusted
        self._most = min(patience.lines, _files_for(patience.lines))
        self._open: set[Line] = set()
        self._of: Counter[str] = Counter()
        self._turned_away = 0

    def guarding(self, inner: Callable[[], asyncio.Protocol]) -> Callable[[], asyncio.Protocol]:
        """The factory whose lines are kept here."""
        return lambda: Line(inner(), self, self._patience)

    def let_in(self, line: "Line", address: str) -> bool:
        is_full = len(self._open) >= self._most
        of_one = self._of[address] >= self._patience.lines_of_one and address not in self._trusted
        if is_full or of_one:
            self._turned_away += 1
            return False
        self._open.add(line)
        self._of[address] += 1
        return True

    def let_go(self, line: "Line", address: str) -> None:
        if line in self._open:
            self._open.remove(line)
            self._of[address] -= 1
            if not self._of[address]:
                del self._of[address]

    def __len__(self) -> int:
        return len(self._open)

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            now = loop.time()
            late = [line for line in self._open if line.is_overdue(now)]
            for line in late:
                line.cut()
            self._tell(len(late))

    def _tell(self, cut: int) -> None:
        """Once a look, however many: whoever floods us must not flood the log."""
        if cut or self._turned_away:
            log.info(
                "lines were cut",
                extra={"action": "lines_cut", "late": cut, "too_many": self._turned_away},
            )
            self._turned_away = 0


class Line(asyncio.Protocol):
    """One connection in front of the protocol that reads and answers it."""

    __slots__ = (
        "_address", "_ahead", "_begun", "_body", "_head_since", "_inner", "_lines", "_patience",
        "_stuck_since", "_taken", "_transport",
    )  # fmt: skip

    def __init__(self, inner: asyncio.Protocol, lines: Lines, patience: Patience) -> None:
        self._inner: asyncio.Protocol | None = inner
        self._lines = lines
        self._patience = patience
        self._transport: asyncio.Transport | None = None
        self._address = ""
        self._head_since = 0.0  #: 0 while no head is awaited
        self._body: StreamReader | None = None  #: of the request that is being served
        self._begun = 0.0
        self._taken = 0  #: bytes since that request began
        self._ahead = False  #: something came behind it
        self._stuck_since = 0.0  #: 0 while the reader takes its answer

    # -- what the transport says -----------------------------------------------------------------

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        peer = transport.get_extra_info("peername")
        self._address = str(peer[0]) if peer else ""
        if not self._lines.let_in(self, self._address):
            self._inner = None
            self._transport.write(_BUSY)
            self._transport.close()
        if self._inner is not None:
            self._inner.connection_made(transport)
        self._head_since = _now()

    def data_received(self, data: bytes) -> None:
        if self._inner is None:
            return
        if self._body is None:
            self._head_since = self._head_since or _now()
        else:
            self._taken += len(data)
            self._ahead = self._ahead or self._body.is_eof()
        self._inner.data_received(data)

    def eof_received(self) -> bool | None:
        return self._inner.eof_received() if self._inner else None

    def connection_lost(self, exc: Exception | None) -> None:
        self._lines.let_go(self, self._address)
        if self._inner is not None:
            self._inner.connection_lost(exc)

    def pause_writing(self) -> None:
        self._stuck_since = _now()
        if self._inner is not None:
            self._inner.pause_writing()

    def resume_writing(self) -> None:
        self._stuck_since = 0.0
        if self._inner is not None:
            self._inner.resume_writing()

    # -- what whoever serves it says -------------------------------------------------------------

    def begins(self, body: StreamReader) -> None:
        """A head is complete; its body may still be coming."""
        self._head_since, self._ahead = 0.0, False
        self._body, self._begun, self._taken = body, _now(), 0

    def ends(self) -> None:
        self._body = None
        if self._ahead:
            self._head_since = _now()

    # -- what `Lines` asks -----------------------------------------------------------------------

    def is_overdue(self, now: float) -> bool:
        patience = self._patience
        if self._head_since and now - self._head_since >= patience.head:
            return True
        if self._stuck_since and now - self._stuck_since >= patience.taking:
            return True
        return self._body is not None and not self._body.is_eof() and self._is_late(now)

    def _is_late(self, now: float) -> bool:
        patience = self._patience
        earned = patience.body + self._taken / patience.body_a_second
        return now - self._begun >= min(earned, patience.body_at_most)

    def cut(self) -> None:
        if self._transport is not None:
            self._transport.abort()


def line_of(request: web.Request) -> Line | None:
    """The line a request came by, where lines are kept."""
    transport = request.transport
    protocol = transport.get_protocol() if transport is not None else None
    return protocol if isinstance(protocol, Line) else None


def _now() -> float:
    return asyncio.get_running_loop().time()


def _files_for(lines: int) -> int:
    """How many lines this process may open; it is allowed more files first, if it may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = lines + _OTHER_FILES
    if soft < wanted:
        soft = min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return max(1, soft - _OTHER_FILES)
