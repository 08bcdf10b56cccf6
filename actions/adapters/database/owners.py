"""Who holds a lease: a process, named so that another one of its machine knows whether it lives."""

import hashlib
import os
import secrets
import socket
from typing import Final

_MACHINE: Final = 16


def own_name() -> str:
    """The machine by the whole of its name: those of a cluster differ in their last letters."""
    machine = hashlib.sha256(socket.gethostname().encode()).hexdigest()[:_MACHINE]
    return f"{machine}:{os.getpid()}:{secrets.token_hex(4)}"


def is_gone(owner: str, ours: str) -> bool:
    """Whether the owner was a process of this machine that is no more."""
    if owner == ours:
        return False
    host, _, rest = owner.rpartition(":")[0].rpartition(":")
    our_host, _, our_number = ours.rpartition(":")[0].rpartition(":")
    if host != our_host or not rest.isdigit():
        return False
    # Our own number with another name: whoever had it before us, as in a container.
    return rest == our_number or not _is_alive(int(rest))


def _is_alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
