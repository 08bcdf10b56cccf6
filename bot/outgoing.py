"""Where we may connect to when an address comes from outside: https to public hosts only."""

import ipaddress
import socket
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from aiohttp import ClientSession, ClientTimeout, DummyCookieJar, TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import DefaultResolver

#: Seconds for a whole exchange with a server we do not know.
TIMEOUT = ClientTimeout(total=20, connect=5)


def is_allowed(url: str, *, local: bool = False) -> bool:
    """Whether an address given by a browser may be connected to.

    Names are judged again when they are resolved, see `PublicResolver`.

    Args:
        url: the address.
        local: also this machine, in plain http; for trials and tests.
    """
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if not host or parts.username is not None or parts.password is not None:
        return False
    if local and _is_loopback(host):
        return parts.scheme in {"http", "https"}
    return parts.scheme == "https" and _may_be_public(host)


def open_session(*, local: bool = False) -> ClientSession:
    """A session that reaches public hosts only, whatever their names resolve to."""
    connector = TCPConnector(resolver=PublicResolver(DefaultResolver(), local=local), limit=16)
    return ClientSession(
        connector=connector, timeout=TIMEOUT, cookie_jar=DummyCookieJar(), trust_env=False
    )


#: Not of the open Internet either, whatever this version of Python holds for global: addresses for
#: protocols, local NAT64, site-local ones, and IPv4 in three more dresses.
_RESERVED: Final = tuple(
    ipaddress.ip_network(each)
    for each in ("192.0.0.0/24", "64:ff9b:1::/48", "fec0::/10", "::/96", "::ffff:0:0:0/96")
)


class PublicResolver(AbstractResolver):
    """Refuses a name when any of its addresses is inside: the connection uses what was judged."""

    def __init__(self, inner: AbstractResolver, *, local: bool = False) -> None:
        self._inner = inner
        self._local = local

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        if not all(self._is_fit(each["host"]) for each in found):
            raise OSError(f"{host} is not a public host")
        return found

    def _is_fit(self, address: str) -> bool:
        return is_public(address) or (self._local and _is_loopback(address))

    async def close(self) -> None:
        await self._inner.close()


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the open Internet, however it is dressed up."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    return all(
        each.is_global and not each.is_multicast and not any(each in net for net in _RESERVED)
        for each in _undressed(ip)
    )


def _undressed(
    ip: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> Iterable[ipaddress.IPv4Address | ipaddress.IPv6Address]:
    """The address itself and the IPv4 addresses an IPv6 one may stand for."""
    if isinstance(ip, ipaddress.IPv4Address):
        return (ip,)
    inside = (ip.ipv4_mapped, ip.sixtofour, ip.teredo[1] if ip.teredo else None, _nat64(ip))
    return (ip.ipv4_mapped,) if ip.ipv4_mapped else (ip, *(each for each in inside if each))


def _nat64(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if ip not in ipaddress.IPv6Network("64:ff9b::/96"):
        return None
    return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)


def _may_be_public(host: str) -> bool:
    """A literal address is judged here, because no resolver will see it."""
    try:
        return is_public(host)
    except ValueError:
        pass_on = host.rstrip(".").lower()
    is_name = "." in pass_on and not pass_on.rsplit(".", 1)[1].isdigit()
    return is_name and not pass_on.endswith((".localhost", ".local", ".internal"))


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
