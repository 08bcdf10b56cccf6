"""`OutboxBell`: tells whoever listens in this process that the outbox has rows."""

from collections.abc import Callable


class OutboxBell:
    """Fits the `OutboxSignal` port. Built before its listener; unheard rings cost latency only."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[], None]] = []

    def connect(self, listener: Callable[[], None]) -> None:
        self._listeners.append(listener)

    def notify(self) -> None:
        for listener in self._listeners:
            listener()
