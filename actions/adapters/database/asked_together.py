"""`AskedTogether`: questions that come at the same time are answered by one read.

Nothing is remembered: whoever asks is answered by a read that began after the question.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Generic, TypeVar

V = TypeVar("V")


class AskedTogether(Generic[V]):
    """At rest a question is read at once; while a read is under way, the others gather."""

    def __init__(self, read: Callable[[Sequence[str]], Awaitable[Mapping[str, V]]]) -> None:
        """`read` answers for the keys it finds; the others are answered with None."""
        self._read = read
        self._waiting: dict[str, asyncio.Future[V | None]] = {}
        self._reading: asyncio.Task[None] | None = None

    async def ask(self, key: str) -> V | None:
        answer = self._waiting.get(key)
        if answer is None:
            answer = self._waiting[key] = asyncio.get_running_loop().create_future()
        if self._reading is None:
            self._reading = asyncio.create_task(self._read_all())
        # Shielded: who gives up must not take the answer from others who asked the same.
        return await asyncio.shield(answer)

    async def _read_all(self) -> None:
        """Read until nobody waits."""
        try:
            while self._waiting:
                asked, self._waiting = self._waiting, {}
                await self._answer(asked)
        finally:
            self._reading = None

    async def _answer(self, asked: Mapping[str, asyncio.Future[V | None]]) -> None:
        try:
            found = await self._read(list(asked))
        except BaseException as error:
            for answer in asked.values():
                answer.set_exception(error)
                answer.exception()  # heard, even where everybody who asked has left
            if not isinstance(error, Exception):
                raise
        else:
            for key, answer in asked.items():
                answer.set_result(found.get(key))
