"""`Hub`: wakes those who wait for news of a conversation, here and in the other gateways."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from actions.domain.identifiers import ConversationId


class Hub:
    """One event a listener, so that nobody's wake-up is eaten by another."""

    def __init__(self, tell: Callable[[ConversationId], None] = lambda _: None) -> None:
        """`tell` passes the news on to the other gateways."""
        self._tell = tell
        self._listeners: dict[ConversationId, set[asyncio.Event]] = {}
        self._is_closed = False

    @property
    def is_closed(self) -> bool:
        return self._is_closed

    @property
    def is_listened_to(self) -> bool:
        return bool(self._listeners)

    @contextmanager
    def subscribe(self, conversation_id: ConversationId) -> Iterator[asyncio.Event]:
        event = asyncio.Event()
        if self._is_closed:
            event.set()
        self._listeners.setdefault(conversation_id, set()).add(event)
        try:
            yield event
        finally:
            listeners = self._listeners[conversation_id]
            listeners.discard(event)
            if not listeners:
                del self._listeners[conversation_id]

    def publish(self, conversation_id: ConversationId) -> None:
        self.hear(conversation_id)
        self._tell(conversation_id)

    def hear(self, conversation_id: ConversationId) -> None:
        """Wake those who wait here; another gateway has told the others."""
        for event in self._listeners.get(conversation_id, ()):
            event.set()

    def listeners(self, conversation_id: ConversationId) -> int:
        return len(self._listeners.get(conversation_id, ()))

    def close(self) -> None:
        self._is_closed = True
        for events in self._listeners.values():
            for event in events:
                event.set()
