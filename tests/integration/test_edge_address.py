"""Whose address counts: the peer's own, and what our proxy says of it, never what the peer says."""

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot import keys
from bot.gateway.throttle import FROM_ONE_ADDRESS
from bot.middlewares import install
from bot.ports import Allowance
from tests.builders import the_texts

FORGED = ("8.8.8.8", "127.0.0.1", "8.8.8.8, 10.0.0.1", "'; DROP TABLE", "::1")


class Counted:
    """Fits `Throttle`, and remembers who was counted as one address."""

    def __init__(self) -> None:
        self.addresses: list[str] = []

    async def take(self, allowance: Allowance, who: str) -> float:
        if allowance is FROM_ONE_ADDRESS:
            self.addresses.append(who)
        return 0.0


async def _fine(_request: web.Request) -> web.Response:
    return web.Response()


def an_app(counted: Counted, *proxies: str) -> web.Application:
    app = web.Application()
    app[keys.WEB] = keys.WebSettings(media_dir=None, trusted_proxies=frozenset(proxies))  # type: ignore[arg-type]
    app[keys.TEXTS] = the_texts()  # type: ignore[misc]
    app[keys.THROTTLE] = counted
    app.router.add_get("/", _fine)
    install(app)
    return app


@pytest.mark.parametrize("forged", FORGED)
async def test_what_a_stranger_says_of_their_address_changes_nothing(forged: str) -> None:
    counted = Counted()
    async with TestClient(TestServer(an_app(counted))) as client:
        for header in ("X-Forwarded-For", "X-Real-IP", "Forwarded", "Client-IP"):
            await client.get("/", headers={header: forged})

    assert counted.addresses == ["127.0.0.1"] * 4


async def test_behind_our_proxy_the_last_address_counts_that_it_saw_itself() -> None:
    counted = Counted()
    async with TestClient(TestServer(an_app(counted, "127.0.0.1"))) as client:
        await client.get("/", headers={"X-Forwarded-For": "1.1.1.1, 203.0.113.7"})
        await client.get("/")

    assert counted.addresses == ["203.0.113.7", "127.0.0.1"]
