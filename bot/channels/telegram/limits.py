"""`Limits`: how fast we send, and whom a platform's "too many" was meant for."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.ports import Allowance, Throttle

#: A little less than one a second for a chat, because some arrive sooner than they were sent; a few
#: at once are taken, such as an answer and its card.
CHAT = Allowance("telegram_chat", burst=3, a_second=0.95)
#: Thirty a second for all: never more in any second, whatever was saved up before.
ALL = Allowance("telegram_all", burst=5, a_second=25)
#: The shortest sleep worth taking, in seconds: a remainder of rounding is none.
_LEAST = 0.005
#: Waits that differ by no more than this may have been asked for one reason.
_ALIKE = 2


class Limits:
    def __init__(
        self,
        buckets: Throttle,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._buckets = buckets
        self._sleep = sleep
        self._refused: dict[str, timedelta] = {}

    async def wait(self, chat: str) -> None:
        """Until this chat may be sent something; the others do not wait for it."""
        await self._take(CHAT, chat)
        await self._take(ALL, "")

    async def _take(self, allowance: Allowance, who: str) -> None:
        while wait := await self._buckets.take(allowance, who):
            await self._sleep(max(wait, _LEAST))

    def taken(self) -> None:
        """The platform takes messages, so whom it refused was meant alone."""
        self._refused.clear()

    def refused(self, chat: str, wait: timedelta) -> bool:
        """Whether it was meant for all: others are asked to wait about as long, none was served.

        A chat that is to wait an hour for its own sake must not silence everybody.
        """
        self._refused[chat] = wait
        others = [asked for other, asked in self._refused.items() if other != chat]
        return bool(others) and wait <= _ALIKE * min(others)
