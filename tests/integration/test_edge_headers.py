"""Every answer of the whole gateway in production: its headers, its cookies, and what it keeps back."""

import re
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest
from aiohttp import ClientResponse, ClientSession, DummyCookieJar
from aiohttp.test_utils import TestServer

from bot.app import create_app
from bot.settings import read_settings
from tests.authorisation_table import rows
from tests.integration.authorisation_doors import doors_of

OWN = {"Origin": "https://linli.example", "Sec-Fetch-Site": "same-origin"}
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
}
POLICY = {"default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"}
#: What may be kept by a browser: the page's own files, which are the same for everybody.
PUBLIC = {"GET /chat/{path}", "GET /admin/static/{name}", "GET /openapi.json"}
TELLING = re.compile(r"aiohttp|Python/|Traceback|File \"|sqlalchemy|site-packages", re.IGNORECASE)


@pytest.fixture
async def gateway(tmp_path: Path) -> AsyncIterator[TestServer]:
    settings = read_settings(
        {
            "LINLI_MODE": "production",
            "LINLI_PUBLIC_URL": "https://linli.example",
            "LINLI_DATA": str(tmp_path),
            "LINLI_RASA_URL": "http://127.0.0.1:9",
            "TELEGRAM_TOKEN": "1234567:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "TELEGRAM_WEBHOOK_SECRET": "hQ7_-xW2" * 5,
            "TELEGRAM_API_BASE": "http://127.0.0.1:9",
            "WECHAT_APPID": "wx0123456789abcdef",
            "WECHAT_SECRET": "s" * 32,
            "WECHAT_TOKEN": "t" * 32,
            "WECHAT_AES_KEY": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
            "WECHAT_API_BASE": "http://127.0.0.1:9",
            "LINLI_ALLOW_LOCAL_API": "TELEGRAM_API_BASE WECHAT_API_BASE",
        }
    )
    server = TestServer(create_app(settings))
    await server.start_server()
    yield server
    await server.close()


def bare(answer: ClientResponse, *, public: bool = False) -> list[str]:
    """What is missing, or too much."""
    headers = answer.headers
    wrong = [name for name, value in ALWAYS.items() if headers.get(name) != value]
    policy = {part.strip() for part in headers.get("Content-Security-Policy", "").split(";")}
    wrong += sorted(POLICY - policy)
    wrong += [part for part in policy if "unsafe" in part or "*" in part or "http:" in part]
    if headers.get("Referrer-Policy") not in ("no-referrer", "same-origin"):
        wrong.append("Referrer-Policy")
    if not public and "no-store" not in headers.get("Cache-Control", ""):
        wrong.append("Cache-Control")
    wrong += [name for name in headers if name.startswith("Access-Control-")]
    wrong += [name for name in ("X-Powered-By",) if name in headers]
    if TELLING.search(headers.get("Server", "")):
        wrong.append("Server")
    return wrong


def cookies(answer: ClientResponse) -> list[str]:
    """What is wrong with the cookies it gives."""
    wrong = []
    for given in answer.headers.getall("Set-Cookie", []):
        name = given.partition("=")[0]
        parts = {part.strip().lower() for part in given.split(";")[1:]}
        if not name.startswith("__Host-") or {"path=/", "secure", "httponly"} - parts:
            wrong.append(given.partition(";")[0][:20])
        if any(part.startswith("domain") for part in parts):
            wrong.append(f"{name} domain")
        if not parts & {"samesite=lax", "samesite=strict"}:
            wrong.append(f"{name} samesite")
    return wrong


async def test_every_address_and_every_refusal_carries_what_protects_the_reader(
    gateway: TestServer,
) -> None:
    wrong: dict[str, list[str]] = {}
    doors = doors_of(gateway.app)
    assert doors == {row.door for row in rows().values() if row.is_address}

    async with ClientSession(cookie_jar=DummyCookieJar()) as client:

        async def ask(name: str, method: str, path: str, headers: Mapping[str, str]) -> None:
            url = gateway.make_url(path)
            async with client.request(
                method, url, headers=headers, allow_redirects=False
            ) as answer:
                found = bare(answer, public=name in PUBLIC) + cookies(answer)
                if TELLING.search(await answer.text()):
                    found.append("body")
                if answer.status >= 500 and path != "/readyz":
                    found.append(str(answer.status))
            if found:
                wrong[name] = found

        for door in sorted(doors):
            method, _, path = door.partition(" ")
            path = re.sub(r"{path}", "index.html", path)
            path = re.sub(r"{name}", "console.css", path)
            path = re.sub(r"{[^{}]*(?:{[^{}]*}[^{}]*)*}", "1", path)
            await ask(door, method, path, OWN)
            await ask(f"{door} from elsewhere", "POST", path, {"Origin": "https://evil.example"})
            for strange in ("OPTIONS", "TRACE", "PROPFIND"):
                await ask(f"{door} by {strange}", strange, path, OWN)
        for path in ("/nothing", "/admin/nothing", "/chat/api/nothing", "/chat/../../etc/passwd"):
            await ask(path, "GET", path, OWN)
        packed = {**OWN, "Content-Encoding": "gzip", "Content-Type": "application/json"}
        await ask("packed", "POST", "/chat/api/session", packed)

    assert wrong == {}


async def test_other_sites_get_nothing_and_may_read_nothing(gateway: TestServer) -> None:
    async with ClientSession(cookie_jar=DummyCookieJar()) as client:
        for door in sorted(doors_of(gateway.app)):
            method, _, path = door.partition(" ")
            if method == "GET" or path == "/channels/telegram":
                continue
            path = re.sub(r"{[^{}]*(?:{[^{}]*}[^{}]*)*}", "1", path)
            for foreign in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"},
                            {"Origin": "null"}, {"Origin": "http://linli.example"}):  # fmt: skip
                async with client.request(
                    method, gateway.make_url(path), headers=foreign, data=b"{}"
                ) as answer:
                    assert answer.status == 403, (door, foreign, answer.status)


async def test_a_first_visit_gets_a_cookie_no_other_host_can_set(gateway: TestServer) -> None:
    async with ClientSession(cookie_jar=DummyCookieJar()) as client:
        url = gateway.make_url("/chat/api/session")
        async with client.post(url, json={"locale": "en"}, headers=OWN) as answer:
            assert answer.status == 201, await answer.text()
            given = answer.headers.getall("Set-Cookie")
            assert [each.partition("=")[0] for each in given] == ["__Host-linli"]
            assert cookies(answer) == []


async def test_what_machines_ask_for_is_not_told_to_everybody(gateway: TestServer) -> None:
    async with ClientSession() as client:
        async with client.get(gateway.make_url("/metrics")) as answer:
            assert answer.status == 404
        async with client.get(gateway.make_url("/readyz")) as answer:
            assert not TELLING.search(await answer.text())
