"""Ports of the delivery: a channel that sends, and the closed set of answers it gives."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from actions.application.delivering import Due, Shown


@dataclass(frozen=True, kw_only=True)
class Sent:
    """The platform has taken it."""


@dataclass(frozen=True, kw_only=True)
class Later:
    """Not taken. `after` is what the platform asked for; `everybody` when it asked for all."""

    reason: str
    after: timedelta | None = None
    everybody: bool = False


@dataclass(frozen=True, kw_only=True)
class Gone:
    """Never: blocked, unknown, or refused for good."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class InDoubt:
    """It may have been taken; the answer was lost."""

    reason: str


@dataclass(frozen=True, kw_only=True)
class Needless:
    """The person knows already."""


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """The person cannot be reached here; perhaps on their page. `is_final`: never again here."""

    reason: str
    is_final: bool = True


@dataclass(frozen=True, kw_only=True)
class Waits:
    """The platform lets nobody write to them now; kept until they do something themselves."""

    reason: str


SendOutcome = Sent | Later | Gone | InDoubt | Needless | Elsewhere | Waits


class Channel(Protocol):
    """One way to reach people. Telegram, WeChat and the bell of a browser each are one."""

    @property
    def name(self) -> str:
        """What `outbox.channel` calls it."""
        ...

    @property
    def concurrency(self) -> int:
        """How many sends may be under way; other channels never wait for them."""
        ...

    @property
    def in_order(self) -> bool:
        """Whether one message of a conversation waits for the one before."""
        ...

    @property
    def keeps_record(self) -> bool:
        """Whether what is sent belongs in the transcript."""
        ...

    async def send(self, due: Due, shown: Shown) -> SendOutcome: ...


class Renders(Protocol):
    """Turns an outbox row into the message its reader sees."""

    def show(self, due: Due) -> Shown: ...


class Counts(Protocol):
    """Where the outcome of every try is counted."""

    def sent(self, channel: str, outcome: str) -> None: ...
