"""Lines that say too little, take too little or are too many are cut; everybody else is served."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import ClientSession, ClientTimeout, web

from bot.edge.lines import Lines, Patience, line_of
from bot.edge.reader import reading_for
from bot.edge.sent_file import SentFile

SHORT = Patience(
    head=0.5, body=0.5, body_a_second=1000, body_at_most=3.0, taking=0.5, lines=40, lines_of_one=30
)
HANG = 60.0


@dataclass
class Door:
    host: str
    port: int
    lines: Lines

    @asynccontextmanager
    async def line(
        self, receive_buffer: int = 0, source: str = "127.0.0.1"
    ) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        plug = socket.socket()
        if receive_buffer:
            plug.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        plug.bind((source, 0))
        plug.setblocking(False)
        await asyncio.get_running_loop().sock_connect(plug, (self.host, self.port))
        reader, writer = await asyncio.open_connection(sock=plug, limit=4096)
        try:
            yield reader, writer
        finally:
            writer.transport.abort()


@web.middleware
async def marks(request: web.Request, handler: object) -> web.StreamResponse:
    line = line_of(request)
    assert line is not None
    line.begins(request.content)
    try:
        return await handler(request)  # type: ignore[operator,no-any-return]
    finally:
        line.ends()


async def _length(request: web.Request) -> web.Response:
    return web.Response(text=str(len(await request.read())))


async def _much(_request: web.Request) -> web.Response:
    return web.Response(body=b"m" * 8_000_000)


@asynccontextmanager
async def opened_door(patience: Patience, folder: Path) -> AsyncIterator[Door]:
    async def file(_request: web.Request) -> web.StreamResponse:
        return SentFile(folder / "large", patience=0.5)

    (folder / "large").write_bytes(b"f" * 8_000_000)
    app = web.Application(middlewares=[marks], client_max_size=10**6)
    app.router.add_post("/", _length)
    app.router.add_get("/much", _much)
    app.router.add_get("/file", file)
    runner = web.AppRunner(app, access_log=None, handler_cancellation=True)
    await runner.setup()
    assert runner.server is not None
    lines = Lines(patience, trusted={"127.0.0.9"})
    server = await asyncio.get_running_loop().create_server(
        lines.guarding(reading_for(runner.server, idle=patience.idle)), "127.0.0.1", 0
    )
    looking = asyncio.create_task(lines.run())
    try:
        yield Door("127.0.0.1", server.sockets[0].getsockname()[1], lines)
    finally:
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)
        server.close()
        await runner.cleanup()


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Door]:
    async with opened_door(SHORT, tmp_path) as opened:
        yield opened


async def cut(reader: asyncio.StreamReader) -> bytes:
    """What was answered before the line was closed."""
    found = b""
    async with asyncio.timeout(HANG):
        try:
            while piece := await reader.read(65536):
                found += piece
        except ConnectionError:
            pass
    return found


@pytest.mark.parametrize("said", [b"", b"P", b"POST / HTTP/1.1\r\nHost: x\r\nX-A: "])
async def test_half_a_head_is_not_waited_for(door: Door, said: bytes) -> None:
    async with door.line() as (reader, writer):
        writer.write(said)

        assert await cut(reader) == b""


async def test_a_head_that_comes_by_the_byte_is_cut_as_well(door: Door) -> None:
    async with door.line() as (reader, writer), asyncio.timeout(HANG):
        reading = asyncio.create_task(cut(reader))
        writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nX-A: ")
        while not reading.done():
            writer.write(b"x")
            await asyncio.wait([reading], timeout=0.1)

        assert await reading == b""


async def test_nonsense_is_answered_without_a_word_of_who_we_are_or_of_what_came(
    door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for said in (b"x\n\n\r\n\r\n", b"GET /?join=ABCD HTTP/1.1\r\nCookie: linli=xyz\r\n b\r\n\r\n"):
        async with door.line() as (reader, writer):
            writer.write(said)
            answer = await cut(reader)

        assert answer.split()[1] == b"400"
        assert answer.endswith(b"\r\n\r\nBad Request")
        for word in (b"aiohttp", b"Python", b"ABCD", b"xyz"):
            assert word not in answer
    assert not [each for each in caplog.records if each.exc_info]
    assert "ABCD" not in caplog.text


async def test_half_a_body_is_not_waited_for(door: Door) -> None:
    async with door.line() as (reader, writer):
        writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc")

        assert await cut(reader) == b""


async def test_a_slow_body_that_keeps_coming_is_taken(door: Door) -> None:
    head = b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 4000\r\n\r\n"
    async with door.line() as (reader, writer):
        writer.write(head)
        for _ in range(8):
            writer.write(b"a" * 500)
            await asyncio.sleep(0.2)

        assert (await cut(reader)).endswith(b"4000")


async def _until(door: Door, *, lines: int) -> None:
    loop = asyncio.get_running_loop()
    deadline = loop.time() + HANG
    while len(door.lines) != lines and loop.time() < deadline:  # noqa: ASYNC110  nothing tells it
        await asyncio.sleep(0.01)
    assert len(door.lines) == lines


@pytest.mark.parametrize("path", ["much", "file"])
async def test_an_answer_nobody_takes_is_not_kept(door: Door, path: str) -> None:
    async with door.line(receive_buffer=4096) as (_, writer):
        writer.write(f"GET /{path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        await _until(door, lines=1)
        await _until(door, lines=0)


async def test_one_address_has_so_many_lines_and_others_have_theirs(door: Door) -> None:
    async with AsyncExitStack() as open_lines:
        for _ in range(SHORT.lines_of_one):
            await open_lines.enter_async_context(door.line())
        async with door.line() as (reader, _):
            assert (await cut(reader)).startswith(b"HTTP/1.1 503 ")
        async with door.line(source="127.0.0.2") as (reader, writer):
            writer.write(b"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert (await cut(reader)).endswith(b"\r\n0")


async def test_a_proxy_of_ours_holds_the_lines_of_everybody_up_to_all_there_are(
    door: Door,
) -> None:
    async with AsyncExitStack() as open_lines:
        for _ in range(SHORT.lines):
            await open_lines.enter_async_context(door.line(source="127.0.0.9"))
        assert len(door.lines) == SHORT.lines
        async with door.line(source="127.0.0.2") as (reader, _):
            assert (await cut(reader)).startswith(b"HTTP/1.1 503 ")


async def test_what_is_cut_is_told_once_a_look_and_by_number(
    door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with AsyncExitStack() as open_lines:
        readers = [(await open_lines.enter_async_context(door.line()))[0] for _ in range(20)]
        for reader in readers:
            await cut(reader)

    told = [each for each in caplog.records if each.getMessage() == "lines were cut"]
    assert 0 < len(told) < 10
    assert sum(each.late for each in told) == 20  # type: ignore[attr-defined]


async def test_beside_a_thousand_half_said_heads_others_are_answered(tmp_path: Path) -> None:
    many = Patience(head=30.0)
    request = b"POST / HTTP/1.1\r\nHost: x\r\nX-A: "
    async with opened_door(many, tmp_path) as door, AsyncExitStack() as slow:
        for _ in range(1000):
            _, writer = await slow.enter_async_context(door.line())
            writer.write(request)
        async with ClientSession(timeout=ClientTimeout(total=HANG)) as client:
            for _ in range(20):
                async with client.post(f"http://127.0.0.1:{door.port}/", data=b"abc") as answer:
                    assert await answer.text() == "3"
