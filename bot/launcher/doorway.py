"""The port and the data directory, taken before anything slow begins: a clash is told at once."""

import errno
import fcntl
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.settings import Settings

#: Of every connection: seconds of silence before the other end is asked, between two questions,
#: how many go unanswered, and milliseconds that what was sent may stay unheard.
_WATCHED = {"TCP_KEEPIDLE": 20, "TCP_KEEPINTVL": 10, "TCP_KEEPCNT": 3, "TCP_USER_TIMEOUT": 45_000}


class DoorTaken(Exception):
    """Somebody else listens where we want to."""


class AlreadyRunning(Exception):
    """Another process works on the same data directory."""


def take_port(settings: Settings) -> socket.socket:
    """A bound socket that does not listen yet.

    Raises:
        DoorTaken: with a sentence for the person who started us.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        _notice_who_is_gone(door)
        door.bind((settings.host, settings.port))
    except OSError as error:
        door.close()
        raise DoorTaken(_sentence(error, settings)) from error
    return door


def _notice_who_is_gone(door: socket.socket) -> None:
    """Without a word, as a telephone that lost its net; each connection gets it from the door."""
    door.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in _WATCHED.items():
        if hasattr(socket, name):  # not every system has them all
            door.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


def _sentence(error: OSError, settings: Settings) -> str:
    where = f"{settings.host}:{settings.port}"
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {settings.port} is in use by another program; stop it, "
            f"or choose another port: LINLI_PORT={settings.port + 1}"
        )
    if error.errno == errno.EACCES:
        return f"This account may not listen on {where}; choose a port from 1024 up in LINLI_PORT"
    return f"Cannot listen on {where}: {error.strerror}"


@contextmanager
def only_one(data: Path, *, shared: bool = False) -> Iterator[None]:
    """Hold the data directory; the lock goes with the process, however that ends.

    Args:
        data: the data directory, which exists.
        shared: others may hold it too, as several gateways do; but not one who wants it alone.

    Raises:
        AlreadyRunning: another process holds it.
    """
    with (data / "running.lock").open("a") as lock:
        try:
            fcntl.flock(lock, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyRunning(
                f"Linli already runs on {data}; stop it, or set LINLI_DATA to another folder"
            ) from error
        yield
