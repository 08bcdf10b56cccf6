"""The fault proxy does to a connection what it says, and nothing before or after."""

import asyncio
import time
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.chaos.proxy import FaultProxy

GUARD = 60.0


class Echo:
    """Answers each line with itself and remembers what it heard."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.came = asyncio.Condition()

    async def serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        try:
            while line := await reader.readline():
                self.heard.append(line)
                async with self.came:
                    self.came.notify_all()
                writer.write(line)
                await writer.drain()
        except OSError:
            return
        finally:
            writer.close()

    async def has_heard(self, *lines: bytes) -> None:
        async with asyncio.timeout(GUARD), self.came:
            await self.came.wait_for(lambda: self.heard == list(lines))


@asynccontextmanager
async def proxied() -> AsyncIterator[tuple[Echo, FaultProxy]]:
    echo = Echo()
    server = await asyncio.start_server(echo.serve, "127.0.0.1")
    try:
        async with FaultProxy(server.sockets[0].getsockname()[1]) as proxy:
            yield echo, proxy
    finally:
        server.close()
        await server.wait_closed()


@asynccontextmanager
async def connected(proxy: FaultProxy) -> AsyncIterator[tuple[StreamReader, StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", proxy.port)
    try:
        yield reader, writer
    finally:
        writer.transport.abort()


async def said(proxy: FaultProxy, line: bytes) -> bytes:
    async with asyncio.timeout(GUARD), connected(proxy) as (reader, writer):
        writer.write(line)
        writer.write_eof()
        return await reader.read()


async def test_without_a_fault_everything_arrives_and_ends() -> None:
    async with proxied() as (_, proxy):
        assert await said(proxy, b"one\n") == b"one\n"


async def test_an_answer_waits_as_long_as_it_is_told() -> None:
    async with proxied() as (_, proxy):
        proxy.back.latency = 0.2
        began = time.monotonic()
        assert await said(proxy, b"one\n") == b"one\n"

        assert time.monotonic() - began >= 0.2


async def test_few_bytes_a_second_take_their_time() -> None:
    async with proxied() as (_, proxy):
        proxy.there.bandwidth = 1000
        began = time.monotonic()
        await said(proxy, b"x" * 199 + b"\n")

        assert time.monotonic() - began >= 0.2


async def test_a_sliced_answer_comes_in_pieces_and_is_whole() -> None:
    async with proxied() as (_, proxy):
        proxy.back.slice = 1
        assert await said(proxy, b"sliced\n") == b"sliced\n"


async def test_a_limited_answer_is_cut_behind_so_many_bytes() -> None:
    async with proxied() as (_, proxy):
        proxy.back.limit = 3
        async with connected(proxy) as (reader, writer):
            writer.write(b"cut\nhere\n")
            async with asyncio.timeout(GUARD):
                assert await reader.read() == b"cut"


async def test_down_is_refused_and_up_again_is_answered() -> None:
    async with proxied() as (_, proxy):
        async with connected(proxy) as (reader, writer):
            writer.write(b"before\n")
            assert await reader.readline() == b"before\n"
            proxy.refuse()
            with pytest.raises(ConnectionError):
                await reader.readexactly(1)
        with pytest.raises(ConnectionRefusedError):
            await said(proxy, b"during\n")
        await proxy.accept()
        assert await said(proxy, b"after\n") == b"after\n"


async def test_a_black_hole_answers_nothing_until_it_is_healed() -> None:
    async with proxied() as (echo, proxy), connected(proxy) as (reader, writer):
        writer.write(b"before\n")
        assert await reader.readline() == b"before\n"
        proxy.swallow()
        writer.write(b"held\n")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await reader.readline()
        assert echo.heard == [b"before\n"]
        proxy.heal()
        assert await reader.readline() == b"held\n"


async def test_a_lost_answer_was_asked_and_the_next_one_is_given() -> None:
    async with proxied() as (echo, proxy):
        proxy.lose_answers(to=b"COMMIT")
        assert await said(proxy, b"BEGIN\n") == b"BEGIN\n"
        with pytest.raises(ConnectionError):
            await said(proxy, b"COMMIT\n")
        assert await said(proxy, b"COMMIT\n") == b"COMMIT\n"

        assert proxy.answers_lost == 1
        assert echo.heard == [b"BEGIN\n", b"COMMIT\n", b"COMMIT\n"]


async def test_a_doubled_request_is_asked_twice_and_answered_once() -> None:
    async with proxied() as (echo, proxy):
        proxy.is_doubling = True
        assert await said(proxy, b"once\n") == b"once\n"
        await echo.has_heard(b"once\n", b"once\n")


async def test_an_end_may_be_told_late() -> None:
    async with proxied() as (_, proxy):
        proxy.back.slow_close = 0.2
        began = time.monotonic()
        assert await said(proxy, b"one\n") == b"one\n"

        assert time.monotonic() - began >= 0.2
