"""`Passive`: callbacks that are still open, and what is said into them before they close.

A reply within a callback costs nothing and needs no window; there is one for each callback. The
platform waits five seconds and asks again, three times in all, and what is said the second time
must be what was said the first time: its line may have been dead by then.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from actions.application.ports import Clock
from actions.application.ports_wechat import WeChatReplies

#: Seconds a callback is kept open at most: the platform hangs up after five.
PATIENCE: Final = 4.0


class _Callback:
    """One callback and its repetitions, as many as wait now."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.waiting = 0
        self.said: asyncio.Future[str] = asyncio.get_running_loop().create_future()


class Passive:
    def __init__(self, replies: WeChatReplies, clock: Clock) -> None:
        self._replies = replies
        self._clock = clock
        self._open: dict[str, dict[str, _Callback]] = {}

    async def repeated(self, key: str) -> str | None:
        """What was said to the callback already."""
        return await self._replies.find(key)

    async def listen(self, openid: str, key: str) -> str:
        """What is said to this user, whenever that is: the caller knows how long there is."""
        async with self._waiting(openid, key) as callback:
            return await asyncio.shield(callback.said)

    async def say(self, openid: str, words: str) -> bool:
        """Whether it goes out within a callback; the oldest that is open is taken."""
        for callback in list(self._open.get(openid, {}).values()):
            if callback.said.done():
                continue
            kept = await self._replies.keep(callback.key, openid, words, self._clock.now())
            if kept != words or callback.said.done():
                continue
            callback.said.set_result(words)
            return True
        return False

    @asynccontextmanager
    async def _waiting(self, openid: str, key: str) -> AsyncIterator[_Callback]:
        of_user = self._open.setdefault(openid, {})
        callback = of_user.setdefault(key, _Callback(key))
        callback.waiting += 1
        try:
            yield callback
        finally:
            callback.waiting -= 1
            if not callback.waiting:
                callback.said.cancel()
                of_user.pop(key, None)
                if not of_user:
                    self._open.pop(openid, None)
