"""`Wakeups`: hints to the other processes of an installation; one that is lost costs latency only.

Whoever waits for something looks by itself as well; so nothing here is repeated, kept or confirmed.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable
from enum import Enum
from typing import Final

from redis.asyncio.client import PubSub
from redis.exceptions import RedisError

from actions.adapters.redis_link import RedisAway, RedisLink

log = logging.getLogger(__name__)

#: Hints that are not sent yet, at most; more than this is told by the looks of the others.
MOST: Final = 5_000
#: Seconds before listening again after the connection broke.
PAUSE: Final = 1.0
_CHANNEL: Final = "wakeups"


class About(Enum):
    """What a hint is about; the number beside it is a conversation's."""

    OUTBOX = "o"  #: messages are owed
    NEWS = "n"  #: a conversation has lines its page may not have seen
    WORK = "w"  #: something arrived in a conversation that somebody else is serving


class Wakeups:
    """Without Redis nobody is told and nobody is heard."""

    def __init__(self, link: RedisLink | None) -> None:
        self._link = link
        self._name = secrets.token_hex(6)
        self._owed: dict[tuple[About, int], None] = {}
        self._is_owed = asyncio.Event()
        self._listeners: dict[About, Callable[[int], None]] = {}
        #: Set while hints of others reach us.
        self.hears = asyncio.Event()

    def listen(self, about: About, listener: Callable[[int], None]) -> None:
        self._listeners[about] = listener

    def tell(self, about: About, number: int = 0) -> None:
        """Soon, and to the other processes alone; the same hint twice before then is one."""
        if self._link is None or len(self._owed) >= MOST:
            return
        self._owed[about, number] = None
        self._is_owed.set()

    async def run(self) -> None:
        """Until cancelled."""
        if self._link is None:
            await asyncio.Event().wait()
            return
        async with asyncio.TaskGroup() as both:
            both.create_task(self._speak(self._link))
            both.create_task(self._hear(self._link))

    async def _speak(self, link: RedisLink) -> None:
        (channel,) = link.channels([_CHANNEL])
        while True:
            await self._is_owed.wait()
            self._is_owed.clear()
            owed, self._owed = self._owed, {}
            said = " ".join([self._name, *(f"{about.value}{number}" for about, number in owed)])
            try:
                await link.ask("wake-ups", lambda redis: redis.publish(channel, said))  # noqa: B023
            except RedisAway:
                continue

    async def _hear(self, link: RedisLink) -> None:
        while True:
            try:
                async with link.listener() as ears:
                    await ears.subscribe(*link.channels([_CHANNEL]))
                    await self._follow(ears, link)
            except (RedisError, TimeoutError, OSError) as error:
                link.breaker("listening").failed(error)
            self.hears.clear()
            await asyncio.sleep(PAUSE)

    async def _follow(self, ears: PubSub, link: RedisLink) -> None:
        while True:
            heard = await ears.get_message(timeout=PAUSE)
            if heard is None:
                continue
            if heard["type"] == "subscribe":
                link.breaker("listening").answered()
                self.hears.set()
            elif heard["type"] == "message":
                self._pass_on(heard["data"])

    def _pass_on(self, said: bytes) -> None:
        name, *hints = said.decode("ascii", "replace").split()
        if name == self._name:
            return
        for hint in hints:
            try:
                about, number = About(hint[:1]), int(hint[1:])
            except ValueError:
                log.warning("not a hint", extra={"action": "hint_refused"})
                continue
            if listener := self._listeners.get(about):
                listener(number)
