"""Named steps at which a test ends, breaks or stops the process; nothing happens there otherwise.

`FP=name:n:kill` in the environment of a trial: the n-th time the step is reached, the process kills
itself (`kill`), an error is raised (`exc`), or it stands still until it is continued (`hang`).
Several are separated by commas. Production refuses to start with any.
"""

import os
import signal
from typing import Final

#: Every step, in the order a message meets them.
NAMES: Final = (
    # A page posts a message.
    "webchat.received",
    "webchat.parsed",
    "webchat.verified",
    "intake.inserted",  # within the transaction
    "intake.committed",  # kept, and nobody was told
    "webchat.acknowledged",
    # A platform knocks, or is asked.
    "webhook.received",
    "webhook.verified",
    "polling.fetched",
    "received.inserted",  # within the transaction
    "received.committed",
    "webhook.acknowledged",
    "polling.kept",  # and not confirmed
    "polling.confirmed",
    "received.claimed",
    "received.read",  # an arrival was made of it, and it is not settled
    "received.settled",
    # A turn.
    "turn.leased",
    "rasa.called",  # the text is about to leave
    "action.called",  # Rasa has understood it and calls us
    "effects.written",  # within the transaction
    "effects.committed",
    "rasa.answered",
    "turn.released",
    # What is owed is shown, or sent.
    "outbox.looked",
    "show.written",  # within the transaction
    "show.committed",
    "outbox.claimed",
    "send.called",
    "send.answered",
    "send.marked",
    # What no message brings about.
    "timers.found",
    "timers.acted",
)
DEEDS: Final = ("kill", "exc", "hang")


class FailpointError(Exception):
    """What a test wanted to go wrong."""


class FailpointMistake(ValueError):
    """What was asked for is no fail point."""


class _Armed:
    def __init__(self, left: int, deed: str) -> None:
        self.left = left
        self.deed = deed


_armed: dict[str, _Armed] = {}


def failpoint(name: str) -> None:
    """Here something may go wrong."""
    if _armed:
        _reach(name)


def arm(wanted: str) -> None:
    """Take the place of whatever was armed before; an empty text disarms.

    Raises:
        FailpointMistake: no such name, number or deed.
    """
    found = dict(_parsed(each.strip()) for each in wanted.split(",") if each.strip())
    _armed.clear()
    _armed.update(found)


def check(wanted: str) -> None:
    """Raises FailpointMistake where `arm` would; arms nothing."""
    for each in wanted.split(","):
        if each.strip():
            _parsed(each.strip())


def _parsed(wanted: str) -> tuple[str, _Armed]:
    name, _, rest = wanted.partition(":")
    number, _, deed = rest.partition(":")
    is_number = number.isascii() and number.isdigit() and int(number) > 0
    if name not in NAMES or not is_number or deed not in DEEDS:
        raise FailpointMistake(f"{wanted!r} is not name:n:{'|'.join(DEEDS)} of a known name")
    return name, _Armed(int(number), deed)


def _reach(name: str) -> None:
    armed = _armed.get(name)
    if armed is None:
        return
    armed.left -= 1
    if armed.left:
        return
    if armed.deed == "exc":
        raise FailpointError(name)
    os.kill(os.getpid(), signal.SIGKILL if armed.deed == "kill" else signal.SIGSTOP)
