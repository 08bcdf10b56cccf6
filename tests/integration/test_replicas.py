"""Several Rasas: a text goes to one that is well, and one whose actions do not reach us rests."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

import pytest
from aiohttp import ClientSession, web

from actions.application.turn_ticket import TurnTicket
from actions.domain.identifiers import ConversationId, InboxId, PersonId
from bot.conversation.rasa_client import RasaConversation
from bot.conversation.replicas import Replicas
from bot.ports import UnderstandingAway
from tests.servers.process import free_port

TICKET = TurnTicket(
    inbox_id=InboxId(1), conversation_id=ConversationId(1), person_id=PersonId(1),
    lease_token=1, locale="zh-CN",
)  # fmt: skip


class Server:
    """A Rasa, and the action server beside it."""

    def __init__(self) -> None:
        self.status = 200
        self.acts = 200
        self.heard = 0

    async def rasa(self, _request: web.Request) -> web.Response:
        self.heard += 1
        return web.json_response([], status=self.status)

    async def ready(self, _request: web.Request) -> web.Response:
        return web.json_response({}, status=self.status)

    async def health(self, _request: web.Request) -> web.Response:
        return web.json_response({}, status=self.acts)


@asynccontextmanager
async def served(server: Server) -> AsyncIterator[str]:
    app = web.Application()
    app.router.add_post("/webhooks/rest/webhook", server.rasa)
    app.router.add_get("/webhooks/rest/", server.ready)
    app.router.add_get("/health", server.health)
    runner = web.AppRunner(app)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    yield f"http://127.0.0.1:{port}"
    await runner.cleanup()


@pytest.fixture
async def pair() -> AsyncIterator[tuple[Replicas, Server, Server]]:
    one, other = Server(), Server()
    async with served(one) as first, served(other) as second, ClientSession() as http:
        reached = [RasaConversation(http, url, b"k" * 32) for url in (first, second)]
        yield Replicas(reached, http, [first, second]), one, other


async def says(replicas: Replicas, count: int) -> None:
    for _ in range(count):
        await replicas.say("somebody", "你好", TICKET)


async def test_they_take_turns(pair: tuple[Replicas, Server, Server]) -> None:
    replicas, one, other = pair

    await says(replicas, 4)

    assert (one.heard, other.heard) == (2, 2)
    assert await replicas.is_ready()
    assert replicas.health() == {"replicas": "2/2"}


async def test_the_text_a_sick_one_refused_goes_to_the_other(
    pair: tuple[Replicas, Server, Server],
) -> None:
    replicas, one, other = pair
    one.status = 500

    await says(replicas, 6)

    assert (one.heard, other.heard) == (1, 6)
    assert await replicas.is_ready()
    assert replicas.health() == {"replicas": "1/2"}


async def test_when_all_are_sick_understanding_is_away(
    pair: tuple[Replicas, Server, Server],
) -> None:
    replicas, one, other = pair
    one.status = other.status = 503

    with pytest.raises(UnderstandingAway):
        await says(replicas, 1)

    assert not await replicas.is_ready()


async def test_one_whose_actions_do_not_reach_us_rests(
    pair: tuple[Replicas, Server, Server],
) -> None:
    replicas, one, other = pair
    await says(replicas, 1)
    had_it = one if one.heard else other
    assert not await replicas.is_cut_off("somebody")

    had_it.acts = 503

    assert await replicas.is_cut_off("somebody")
    await says(replicas, 4)
    assert had_it.heard == 1


async def test_one_that_rests_is_asked_when_there_is_nobody_else() -> None:
    server = Server()
    async with served(server) as url, ClientSession() as http:
        replicas = Replicas([RasaConversation(http, url, b"k" * 32)], http, [url])
        cast("RasaConversation", replicas._replicas[0]).rest(60)

        await says(replicas, 1)

        assert server.heard == 1
        assert replicas.health() == {}
