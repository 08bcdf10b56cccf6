"""Clients that do not play by the rules: they are answered or cut off, and nobody else notices."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import func, insert, select

from actions.adapters.database.schema.messaging import inbox, messages
from actions.domain.identifiers import ConversationId
from tests.integration.web_house import API, House, Visitor


@asynccontextmanager
async def line(
    house: House, receive_buffer: int = 0
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """A bare connection to the server."""
    plug = socket.socket()
    if receive_buffer:
        plug.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    plug.setblocking(False)
    loop = asyncio.get_running_loop()
    await loop.sock_connect(plug, (house.server.host, house.server.port))
    reader, writer = await asyncio.open_connection(sock=plug, limit=4096)
    try:
        yield reader, writer
    finally:
        writer.transport.abort()


def head(visitor: Visitor, method: str, path: str, *more: str) -> bytes:
    jar = visitor.client.session.cookie_jar
    token = next(cookie.value for cookie in jar if cookie.key == "linli")
    lines = (
        f"{method} {API}{path} HTTP/1.1",
        "Host: localhost",
        f"Cookie: linli={token}",
        *more,
        "",
        "",
    )
    return "\r\n".join(lines).encode()


async def status(reader: asyncio.StreamReader) -> int:
    """Of the answer; 0 when the line was closed without one."""
    async with asyncio.timeout(10):
        words = (await reader.readline()).split()
    return int(words[1]) if words else 0


async def test_a_body_without_an_end_is_cut_off(house: House) -> None:
    visitor = await house.visitor()
    piece = b"4000\r\n" + b"a" * 0x4000 + b"\r\n"

    async with line(house) as (reader, writer):
        asked = ("Content-Type: application/json", "Transfer-Encoding: chunked")
        writer.write(head(visitor, "POST", "/messages", *asked))
        for _ in range(5):
            writer.write(piece)

        assert await status(reader) == 413


async def test_a_body_is_refused_by_its_announced_length_before_it_is_sent(house: House) -> None:
    visitor = await house.visitor()

    async with line(house) as (reader, writer):
        asked = ("Content-Type: multipart/form-data; boundary=x", "Content-Length: 67108864")
        writer.write(head(visitor, "POST", "/attachments", *asked))

        assert await status(reader) == 413


async def test_strange_requests_get_an_answer_and_leave_nothing(house: House) -> None:
    visitor = await house.visitor()
    json = "Content-Type: application/json"
    strange = [
        head(visitor, "TRACE", "/messages"),
        head(visitor, "POST", "/messages", json, "Content-Length: 2", "Transfer-Encoding: chunked"),
        head(visitor, "POST", "/messages", json, "Content-Length : 2"),
        head(visitor, "POST", "/messages", json, "Content-Length: -2"),
        head(visitor, "GET", "/messages?" + "a" * 64_000),
        head(visitor, "GET", "/messages", *(f"X-{n}: {n}" for n in range(1000))),
        b"GET " + b"\xff" * 20 + b" HTTP/1.1\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01",
    ]

    answers = []
    for request in strange:
        async with line(house) as (reader, writer):
            writer.write(request)
            writer.write_eof()
            answers.append(await status(reader))

    assert [each for each in answers if each and not 400 <= each < 500] == []
    assert (await visitor.get("/me")).status == 200
    async with house.world.database.read() as conn:
        assert (await conn.execute(select(func.count()).select_from(inbox))).scalar_one() == 0


async def test_a_reader_that_takes_nothing_is_cut_off(house: House) -> None:
    visitor = await house.visitor()
    someone = await visitor.someone()
    told = [
        {
            "conversation_id": someone.conversation_id,
            "seq": 1000 + number,
            "direction": "out",
            "kind": "text",
            "text": "长" * 4000,
            "at": house.world.clock.now(),
        }
        for number in range(600)
    ]
    async with house.world.database.write() as conn:
        await conn.execute(insert(messages), told)
        await conn.commit()

    async with line(house, receive_buffer=4096) as (_, writer):
        writer.write(head(visitor, "GET", "/events"))
        await _until(visitor, someone.conversation_id, listeners=1)
        await _until(visitor, someone.conversation_id, listeners=0)


async def _until(visitor: Visitor, talk: ConversationId, *, listeners: int) -> None:
    """Meanwhile others are served."""
    async with asyncio.timeout(10):
        while visitor.house.app_listeners(talk) != listeners:
            assert (await visitor.get("/me")).status == 200
