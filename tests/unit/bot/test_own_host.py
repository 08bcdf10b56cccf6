"""In a trial the port answers to this machine's names and to the address it was given."""

from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from bot import keys
from bot.middlewares import require_own_site
from bot.problem import Refusal


async def answered(host: str, *, is_production: bool = False) -> bool:
    app = web.Application()
    app[keys.WEB] = keys.WebSettings(
        media_dir=Path(), public_url="https://linli.example", is_production=is_production
    )

    async def serve(_request: web.Request) -> web.StreamResponse:
        return web.Response()

    request = make_mocked_request("GET", "/metrics", headers={"Host": host}, app=app)
    try:
        await require_own_site(request, serve)
    except Refusal:
        return False
    return True


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost", "[::1]:8080", "linli.example"])
async def test_its_own_names_are_answered(host: str) -> None:
    assert await answered(host)


@pytest.mark.parametrize("host", ["evil.example", "linli.example.evil.example", "192.168.1.9"])
async def test_any_other_name_is_refused(host: str) -> None:
    assert not await answered(host)
    assert await answered(host, is_production=True)
