"""Ports of the transport: what the gateway and the delivery need, in our words."""

from collections.abc import Mapping
from typing import Any, Protocol

from actions.application.turn_ticket import TurnTicket


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

    def render(self, key: str, params: Mapping[str, Any], locale: str) -> str: ...
