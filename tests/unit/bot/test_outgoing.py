"""What a browser calls its push service may be anything; we connect to public hosts only."""

import asyncio
import socket

import pytest
from aiohttp import ClientError, ClientSession, TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.outgoing import PublicResolver, is_allowed, open_session

INSIDE = [
    "http://push.example.com/x",
    "https://localhost/x",
    "https://127.0.0.1/x",
    "https://127.1/x",
    "https://2130706433/x",
    "https://0x7f.0.0.1/x",
    "https://0/x",
    "https://10.0.0.8/x",
    "https://192.168.1.1/x",
    "https://172.16.0.1/x",
    "https://169.254.169.254/latest/meta-data",
    "https://100.64.0.1/x",
    "https://[::1]/x",
    "https://[::ffff:127.0.0.1]/x",
    "https://[::ffff:10.0.0.1]/x",
    "https://[fe80::1]/x",
    "https://[fd00::1]/x",
    "https://[64:ff9b::7f00:1]/x",
    "https://[2002:7f00:1::]/x",
    "https://224.0.0.1/x",
    "https://redis/x",
    "https://db.internal/x",
    "https://printer.local/x",
    "https://user:word@push.example.com/x",
    "https://push.example.com:99999/x",
    "https:///x",
    "ftp://push.example.com/x",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "https://[::1/x",
    "",
    "https://127.0.0.1.:443/x",
    "https://0x7f000001/x",
    "https://017700000001/x",
    "https://0177.0.0.1/x",
    "https://127.000.000.001/x",
    "https://0.0.0.0/x",
    "https://0000::1/x",
    "https://[0:0:0:0:0:0:0:1]/x",
    "https://[::]/x",
    "https://[::ffff:7f00:1]/x",
    "https://[::ffff:0:127.0.0.1]/x",
    "https://[64:ff9b::10.0.0.1]/x",
    "https://[2001:0:53aa:64c::80ff:fffe]/x",
    "https://[fec0::1]/x",
    "https://[fe80::1%25eth0]/x",
    "https://[ff02::1]/x",
    "https://198.18.0.1/x",
    "https://192.0.2.1/x",
    "https://203.0.113.9/x",
    "https://240.0.0.1/x",
    "https://255.255.255.255/x",
    "https://192.0.0.8/x",
    "https://100.127.255.254/x",
    "https://172.31.255.255/x",
    "https://localhost./x",
    "https://LOCALHOST/x",
    "https://foo.localhost/x",
    "https://metadata.google.internal/x",
    "https://user@push.example.com/x",
    "https://@push.example.com/x",
    "https://:pw@push.example.com/x",
    "https://push.example.com:-1/x",
    "https://push.example.com:x/x",
    "//push.example.com/x",
    "https:push.example.com/x",
    "gopher://push.example.com/x",
    "data:text/plain,x",
    "ws://push.example.com/x",
]


@pytest.mark.parametrize("url", INSIDE)
def test_what_is_inside_is_refused(url: str) -> None:
    assert not is_allowed(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://fcm.googleapis.com/fcm/send/abc:def",
        "https://updates.push.services.mozilla.com:443/wpush/v2/gAAA",
        "https://web.push.apple.com/QOx",
        "https://8.8.8.8/x",
    ],
)
def test_a_public_push_service_is_allowed(url: str) -> None:
    assert is_allowed(url)


def test_this_machine_is_allowed_in_a_trial_only() -> None:
    url = "http://127.0.0.1:8099/push"

    assert (is_allowed(url), is_allowed(url, local=True)) == (False, True)
    assert not is_allowed("http://10.0.0.8/push", local=True)


class Names(AbstractResolver):
    """Resolves every name to the same addresses."""

    def __init__(self, *addresses: str) -> None:
        self._addresses = addresses

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        return [
            ResolveResult(hostname=host, host=each, port=port, family=family, proto=0, flags=0)
            for each in self._addresses
        ]

    async def close(self) -> None:
        """Nothing is open."""


@pytest.mark.parametrize("addresses", [("10.0.0.8",), ("8.8.8.8", "127.0.0.1"), ("::1",)])
async def test_a_public_name_that_points_inside_is_refused(addresses: tuple[str, ...]) -> None:
    with pytest.raises(OSError, match="not a public host"):
        await PublicResolver(Names(*addresses)).resolve("rebind.example.com", 443)


async def test_a_public_name_is_resolved() -> None:
    found = await PublicResolver(Names("8.8.8.8")).resolve("push.example.com", 443)

    assert [each["host"] for each in found] == ["8.8.8.8"]


async def test_nothing_on_this_machine_hears_of_any_of_them() -> None:
    heard = []

    async def hears(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(writer.get_extra_info("peername"))
        writer.close()

    server = await asyncio.start_server(hears, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    resolver = PublicResolver(Names("127.0.0.1"))
    connector = TCPConnector(resolver=resolver)
    async with server, ClientSession(connector=connector) as session:
        for host in ("rebind.example.com", "push.example.com", "localhost"):
            with pytest.raises(ClientError):
                await session.get(f"http://{host}:{port}/", allow_redirects=False)

    assert heard == []
    assert len(INSIDE) >= 60


async def test_the_session_keeps_no_cookies_and_uses_no_proxy() -> None:
    async with open_session() as session:
        assert (session.trust_env, len(session.cookie_jar)) == (False, 0)
