"""`NewsWatch`: finds what other gateways have shown, while nobody can tell us."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Final, Protocol

from actions.domain.identifiers import ConversationId
from bot.channels.webchat.hub import Hub

log = logging.getLogger(__name__)

#: Seconds between two looks, for all streams together.
EVERY: Final = 1.0


class Looks(Protocol):
    async def look(self) -> Sequence[ConversationId]: ...


class NewsWatch:
    def __init__(self, news: Looks, hub: Hub, is_told: Callable[[], bool]) -> None:
        """`is_told`: whether others tell us, or there are none."""
        self._news = news
        self._hub = hub
        self._is_told = is_told

    async def run(self) -> None:
        """Look until cancelled."""
        while True:
            if self._hub.is_listened_to and not self._is_told():
                await self.look()
            await asyncio.sleep(EVERY)

    async def look(self) -> None:
        try:
            found = await self._news.look()
        except Exception:
            log.exception("cannot look for news", extra={"action": "news_failed"})
            return
        for conversation_id in found:
            self._hub.hear(conversation_id)
