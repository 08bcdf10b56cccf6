"""No test reaches beyond this machine.

An audit hook, not a patch: it also sees sockets opened by extension modules and cannot be undone.
A refused attempt is remembered, so code that swallows the error still fails its test.
"""

import ipaddress
import socket
import sys
from typing import Any

LOCAL_NAMES = frozenset({"", "localhost", "localhost.localdomain", "ip6-localhost"})
INTERNET = frozenset({socket.AF_INET, socket.AF_INET6})
ADDRESS_EVENTS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
NAME_EVENTS = frozenset({"socket.getaddrinfo", "socket.gethostbyname"})


class NetworkBlockedError(RuntimeError):
    """A test tried to reach beyond this machine."""


class NetworkGuard:
    """Installed once; `take_attempts` empties its memory."""

    def __init__(self) -> None:
        self._attempts: list[str] = []

    def install(self) -> None:
        sys.addaudithook(self._audit)

    def take_attempts(self) -> list[str]:
        taken, self._attempts = self._attempts, []
        return taken

    def _audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in ADDRESS_EVENTS:
            connection, address = arguments[0], arguments[1]
            if connection.family in INTERNET and address is not None:
                self._require_local(event, address[0])
        elif event in NAME_EVENTS:
            self._require_local(event, arguments[0])

    def _require_local(self, event: str, host: str | bytes | None) -> None:
        name = host.decode() if isinstance(host, bytes) else host or ""
        if is_local(name):
            return
        attempt = f"{event} {name}"
        self._attempts.append(attempt)
        raise NetworkBlockedError(attempt)


def is_local(host: str) -> bool:
    if host in LOCAL_NAMES:
        return True
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
