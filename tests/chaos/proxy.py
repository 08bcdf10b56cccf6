"""A network that fails when a test tells it to: a TCP proxy before a store, Redis, Rasa or us.

What it does to bytes is switched while they flow; each direction has faults of its own.
"""

import asyncio
import socket
import struct
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from random import Random
from typing import Self

from tests.servers.process import free_port

CHUNK = 64 * 1024
#: Closing with this set sends RST.
_NO_LINGER = struct.pack("ii", 1, 0)


@dataclass
class Toxics:
    """What happens to the bytes of one direction; nothing, until somebody says so."""

    latency: float = 0.0  #: seconds each piece waits at least
    jitter: float = 0.0  #: seconds it may wait beyond that
    bandwidth: int = 0  #: bytes a second
    slice: int = 0  #: bytes of one piece
    limit: int = -1  #: bytes of a connection before it is cut
    slow_close: float = 0.0  #: seconds by which its end is told later

    def heal(self) -> None:
        vars(self).update(vars(Toxics()))

    def pieces(self, data: bytes) -> Iterator[bytes]:
        size = self.slice or len(data)
        return (data[start : start + size] for start in range(0, len(data), size))

    async def hold(self, size: int, random: Random) -> None:
        """Wait as long as so many bytes take."""
        pause = self.latency + random.uniform(0, self.jitter)
        pause += size / self.bandwidth if self.bandwidth else 0
        if pause:
            await asyncio.sleep(pause)


class FaultProxy:
    """Listens at `port` for `target`, a port of this machine."""

    def __init__(self, target: int, seed: str = "") -> None:
        self.port = free_port()
        self.there = Toxics()
        self.back = Toxics()
        self.is_doubling = False  #: what new connections ask is asked twice, and answered once
        self.accepted = 0
        self.answers_lost = 0
        self.flows = asyncio.Event()
        self.flows.set()
        self.random = Random(seed)
        self._target = target
        self._server: asyncio.Server | None = None
        self._links: dict[asyncio.Task[None], _Link] = {}
        self._to_lose = (b"", 0)

    async def __aenter__(self) -> Self:
        await self.accept()
        return self

    async def __aexit__(self, *_: object) -> None:
        tasks = list(self._links)
        self.refuse()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def accept(self) -> None:
        """Listen, again if it refused."""
        if self._server is None:
            self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)

    def refuse(self) -> None:
        """The other side is down: nobody listens, and what was open is reset."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self.reset()

    def reset(self) -> None:
        for link in self._links.values():
            link.cut(reset=True)

    def swallow(self) -> None:
        """A black hole: connections stand and nothing arrives, not even their end."""
        self.flows.clear()

    def lose_answers(self, to: bytes = b"", times: int = 1) -> None:
        """Deliver what holds these bytes, and instead of its answer comes a reset."""
        self._to_lose = (to, times)

    def heal(self) -> None:
        """From now on all goes well; what was held on the way arrives."""
        self.there.heal()
        self.back.heal()
        self.is_doubling = False
        self._to_lose = (b"", 0)
        self.flows.set()

    def is_to_lose(self, asked: bytes) -> bool:
        what, times = self._to_lose
        if times and what in asked:
            self._to_lose = (what, times - 1)
            return True
        return False

    async def _serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        self.accepted += 1
        task = asyncio.current_task()
        assert task is not None
        link = self._links[task] = _Link(self, reader, writer)
        try:
            await link.open(self._target, twice=self.is_doubling)
            await link.carry()
        except EOFError:
            await link.end()
        except asyncio.CancelledError:
            return  # Python 3.11 stumbles over a server's task that was cancelled
        except OSError:
            link.cut(reset=True)
        finally:
            link.cut()
            del self._links[task]


class _Link:
    """A client's connection and ours to the server behind, or two of ours."""

    def __init__(self, proxy: FaultProxy, reader: StreamReader, writer: StreamWriter) -> None:
        self._proxy = proxy
        self._asking = reader
        self._client = writer
        self._servers: list[tuple[StreamReader, StreamWriter]] = []
        self._is_answer_lost = False

    async def open(self, target: int, *, twice: bool) -> None:
        for _ in range(2 if twice else 1):
            self._servers.append(await asyncio.open_connection("127.0.0.1", target))

    async def carry(self) -> None:
        """Until both directions have ended, or one of them has failed."""
        (answering, onward), *twins = self._servers
        pumps = [
            asyncio.create_task(self._ask(onward, *(twin for _, twin in twins))),
            asyncio.create_task(self._answer(answering)),
            *(asyncio.create_task(_discard(reader)) for reader, _ in twins),
        ]
        try:
            await asyncio.gather(*pumps)
        finally:
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)

    async def _ask(self, *servers: StreamWriter) -> None:
        async for data in self._flow(self._asking, self._proxy.there):
            if self._proxy.is_to_lose(data):
                self._is_answer_lost = True
            for server in servers:
                server.write(data)
                await server.drain()
        for server in servers:
            server.write_eof()

    async def _answer(self, answering: StreamReader) -> None:
        async for data in self._flow(answering, self._proxy.back):
            if self._is_answer_lost:
                self._proxy.answers_lost += 1
                raise ConnectionResetError
            self._client.write(data)
            await self._client.drain()
        self._client.write_eof()

    async def _flow(self, reader: StreamReader, toxics: Toxics) -> AsyncIterator[bytes]:
        """The bytes of one direction, as late and as few as its toxics let them be."""
        carried = 0
        while True:
            data = await reader.read(CHUNK)
            await self._proxy.flows.wait()
            if not data:
                await asyncio.sleep(toxics.slow_close)
                return
            for piece in toxics.pieces(data):
                await toxics.hold(len(piece), self._proxy.random)
                await self._proxy.flows.wait()
                is_last = 0 <= toxics.limit <= carried + len(piece)
                yield piece[: toxics.limit - carried] if is_last else piece
                carried += len(piece)
                if is_last:
                    raise EOFError

    @property
    def _writers(self) -> list[StreamWriter]:
        return [self._client, *(writer for _, writer in self._servers)]

    async def end(self) -> None:
        """What was written still arrives."""
        for writer in self._writers:
            writer.close()
        closed = (each.wait_closed() for each in self._writers)
        await asyncio.gather(*closed, return_exceptions=True)

    def cut(self, *, reset: bool = False) -> None:
        for writer in self._writers:
            if reset and not writer.is_closing():
                peer = writer.get_extra_info("socket")
                peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
            writer.transport.abort()


async def _discard(reader: StreamReader) -> None:
    while await reader.read(CHUNK):
        continue
