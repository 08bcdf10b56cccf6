"""`OutboxBell`: tells whoever listens in this process that the outbox has rows."""

from collections.abc import Callable, Collection


class OutboxBell:
    """Fits the `OutboxSignal` port. Built before its listener; unheard rings cost latency only."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[Collection[str]], None]] = []

    def connect(self, listener: Callable[[Collection[str]], None]) -> None:
        self._listeners.append(listener)

    def notify(self, channels: Collection[str]) -> None:
        for listener in self._listeners:
            listener(channels)
