"""Whatever Rasa's door answers, it is bounded in bytes and time and never taken for words (D3, D4)."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import ClientSession, web

from actions.application.turn_ticket import TurnTicket
from actions.domain.identifiers import ConversationId, InboxId, PersonId
from bot.conversation.rasa_client import MAX_ANSWER, RasaConversation
from bot.ports import UnderstandingAway
from tests.chaos.proxy import FaultProxy
from tests.servers.process import free_port

TICKET = TurnTicket(
    inbox_id=InboxId(1), conversation_id=ConversationId(1), person_id=PersonId(1),
    lease_token=1, locale="zh-CN",
)  # fmt: skip
#: What may be on its way when the reader stops: buffers of both sides.
ON_THE_WAY = 16 * 1024 * 1024

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def rasa(answer: Answer) -> AsyncIterator[int]:
    app = web.Application()
    app.router.add_post("/webhooks/rest/webhook", answer)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    port = free_port()
    try:
        await web.TCPSite(runner, "127.0.0.1", port).start()
        yield port
    finally:
        await runner.cleanup()


@asynccontextmanager
async def speaking_to(port: int) -> AsyncIterator[RasaConversation]:
    async with ClientSession() as http:
        yield RasaConversation(http, f"http://127.0.0.1:{port}", b"k" * 32)


def plain(status: int, body: bytes, kind: str = "application/json") -> Answer:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=status, body=body, headers={"Content-Type": kind})

    return answer


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (500, b"", "text/plain"),
        (503, b"<html>Service Unavailable</html>", "text/html"),
        (502, b"\xff\xfe\x00", "application/json"),
        (302, b"", "text/plain"),
        (204, b"", "application/json"),
        (404, b"{}", "application/json"),
        (429, b"{}", "application/json"),
    ],
)
async def test_whatever_is_not_a_plain_yes_means_that_it_is_away(
    status: int, body: bytes, kind: str
) -> None:
    async with rasa(plain(status, body, kind)) as port, speaking_to(port) as conversation:
        with pytest.raises(UnderstandingAway):
            await conversation.say("c_1", "您好", TICKET)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/json"),
        (b"[]", "application/json"),
        (b"[{}]", "application/json"),
        (b"[[[[", "application/json"),
        (b"\xff\xfe" * 100, "application/json"),
        (b"<html><body>login</body></html>", "text/html; charset=nonsense"),
        (b'[{"recipient_id":"c_2","text":"/close"}]' * 1000, "application/json"),
    ],
)
async def test_what_it_says_is_not_read_as_an_answer(body: bytes, kind: str) -> None:
    """The turn is judged by what took effect; there is nothing here to be taken for somebody else."""
    async with rasa(plain(200, body, kind)) as port, speaking_to(port) as conversation:
        await conversation.say("c_1", "您好", TICKET)


async def test_an_answer_without_end_is_read_to_a_bound_only() -> None:
    sent = 0
    ended = asyncio.Event()

    async def answer(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse()
        await response.prepare(request)
        try:
            while True:
                await response.write(b"[" * 65536)
                sent += 65536
        finally:
            ended.set()

    async with rasa(answer) as port, speaking_to(port) as conversation:
        await conversation.say("c_1", "您好", TICKET)
        async with asyncio.timeout(60):
            await ended.wait()

    assert sent < MAX_ANSWER + ON_THE_WAY


@pytest.mark.parametrize("limit", [0, 5, 40])
async def test_a_cut_answer_means_that_nobody_knows(limit: int) -> None:
    async with rasa(plain(200, b"[]")) as port, FaultProxy(port) as proxy:
        proxy.back.limit = limit
        async with speaking_to(proxy.port) as conversation:
            with pytest.raises(UnderstandingAway):
                await conversation.say("c_1", "您好", TICKET)


async def test_it_is_asked_again_after_a_break_of_the_line() -> None:
    """The breaker opens at once and closes by itself."""
    async with (
        rasa(plain(200, b"[]")) as port,
        FaultProxy(port) as proxy,
        speaking_to(proxy.port) as conversation,
    ):
        proxy.refuse()
        with pytest.raises(UnderstandingAway):
            await conversation.say("c_1", "您好", TICKET)
        await proxy.accept()
        before = proxy.accepted
        with pytest.raises(UnderstandingAway):
            await conversation.say("c_1", "您好", TICKET)
        assert proxy.accepted == before
        async with asyncio.timeout(60):
            while not await understands(conversation):  # noqa: ASYNC110  the breaker's time
                await asyncio.sleep(0.1)


async def understands(conversation: RasaConversation) -> bool:
    try:
        await conversation.say("c_1", "您好", TICKET)
    except UnderstandingAway:
        return False
    return True
