"""`Replicas`: several Rasas that understand the same; each text goes to one that is well."""

import asyncio
import time
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Final

from aiohttp import ClientError, ClientSession, ClientTimeout

from actions.application.turn_ticket import TurnTicket
from bot.conversation.rasa_client import RasaConversation
from bot.ports import UnderstandingAway

#: A replica that fails sooner than this leaves time to ask the next one about the same text.
QUICK: Final = 2.0
#: Seconds without a replica whose actions do not reach us.
REST: Final = 10.0
#: Seconds an action server may take to say that it lives.
PROBE: Final = ClientTimeout(total=1.0)
#: Senders whose replica is remembered at most.
_MOST: Final = 10_000


class Replicas:
    """Fits the `Conversation` port. Rasa keeps nothing that the next one would miss."""

    def __init__(
        self, replicas: Sequence[RasaConversation], http: ClientSession, actions: Sequence[str]
    ) -> None:
        """`actions` are the action servers, where they are services of their own."""
        self._replicas = replicas
        self._http = http
        self._actions = actions
        self._next = 0
        self._well = len(replicas)
        self._asked: dict[str, RasaConversation] = {}

    async def say(self, sender_key: str, text: str, ticket: TurnTicket) -> None:
        began = time.monotonic()
        for replica in self._in_turn():
            try:
                await replica.say(sender_key, text, ticket)
            except UnderstandingAway:
                if time.monotonic() - began > QUICK:
                    raise
                continue
            self._remember(sender_key, replica)
            return
        raise UnderstandingAway

    async def is_ready(self) -> bool:
        """Whether one of them answers."""
        found = await asyncio.gather(*(each.is_ready() for each in self._replicas))
        self._well = sum(found)
        return any(found)

    def health(self) -> Mapping[str, str]:
        """How many of them answered when they were asked last; of one there is nothing to add."""
        if len(self._replicas) == 1:
            return {}
        return {"replicas": f"{self._well}/{len(self._replicas)}"}

    async def is_cut_off(self, sender_key: str) -> bool:
        """A text was understood and nothing came of it: whether an action server is away.

        The replica that had it rests, for the sake of those whose actions reach us.
        """
        if not self._actions or all(await asyncio.gather(*map(self._lives, self._actions))):
            return False
        replica = self._asked.get(sender_key)
        if replica is not None and len(self._replicas) > 1:
            replica.rest(REST)
        return True

    async def _lives(self, actions: str) -> bool:
        try:
            async with self._http.get(f"{actions}/health", timeout=PROBE) as answer:
                return answer.status == HTTPStatus.OK
        except (ClientError, TimeoutError, OSError):
            return False

    def _in_turn(self) -> Iterator[RasaConversation]:
        """Those that rest come last: they are asked when there is nobody else."""
        self._next = (self._next + 1) % len(self._replicas)
        turned = [*self._replicas[self._next :], *self._replicas[: self._next]]
        return iter(sorted(turned, key=lambda replica: replica.is_resting))

    def _remember(self, sender_key: str, replica: RasaConversation) -> None:
        if not self._actions:
            return
        if len(self._asked) >= _MOST:
            self._asked.clear()
        self._asked[sender_key] = replica
