"""Ports of the transport: what the gateway and the delivery need, in our words."""

import asyncio
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from actions.application.commands.base import Command
from actions.application.delivering import StoreCondition
from actions.application.turn import Turn
from actions.application.turn_ticket import TurnTicket
from actions.domain.identifiers import ConversationId


class UnderstandingAway(Exception):
    """Understanding did not answer: it is down, slow or broken. Try the same text later."""


class Conversation(Protocol):
    """Free text goes in; what is said in return comes through the outbox."""

    async def say(self, sender_key: str, text: str, ticket: TurnTicket) -> None:
        """Have the text understood and acted upon.

        Raises:
            UnderstandingAway: nothing is known of the outcome; the inbox row tells.
        """
        ...

    async def is_ready(self) -> bool: ...


class Texts(Protocol):
    """The catalogue, with typed values turned into words of the reader's language."""

    telegram_name: str  #: of our bot there; empty until it is known

    def render(self, key: str, params: Mapping[str, Any], locale: str) -> str: ...

    def value(self, value: Any, locale: str) -> str:
        """One typed value, such as a status or a category, in the reader's words."""
        ...

    def telegram_address(self, code: str) -> str:
        """Where one tap gives a code on Telegram; empty where Telegram is off."""
        ...


class Bus(Protocol):
    """Where commands go."""

    async def handle(self, command: Command, turn: Turn) -> bool: ...


@dataclass(frozen=True)
class Allowance:
    """How often something may be done: `burst` at once, then `a_second` on average."""

    name: str
    burst: float
    a_second: float
    shared: bool = True  #: counted over all gateways; else each counts for itself, without a hop


class Throttle(Protocol):
    """Limits hold whatever becomes of what they are counted in."""

    async def take(self, allowance: Allowance, who: str) -> float:
        """Use one up. Returns 0, or the seconds to wait when there is none.

        Never fails and never waits long: what is counted elsewhere is counted here, and more
        strictly, while elsewhere is away.
        """
        ...


@dataclass(frozen=True, kw_only=True)
class Condition:
    """How the whole installation is, for whoever looks after it."""

    store: bool
    understanding: str  #: ok, starting or degraded
    details: StoreCondition
    model: str  #: name of the model that is to serve; empty when another service has it
    backup_at: datetime | None
    redis: str = ""  #: ok or away; empty where there is none


class Conditions(Protocol):
    async def condition(self) -> Condition: ...


class Wakeups(Protocol):
    """In-process hints that a conversation has news; losing one costs latency only."""

    def subscribe(
        self, conversation_id: ConversationId
    ) -> AbstractContextManager[asyncio.Event]: ...
    def publish(self, conversation_id: ConversationId) -> None: ...
    def listeners(self, conversation_id: ConversationId) -> int: ...
    def close(self) -> None:
        """Wake everybody for the last time."""
        ...

    @property
    def is_closed(self) -> bool: ...
