"""How much a bot may send: about one message a second to a chat, thirty a second to all."""

import math
from collections.abc import Callable

from tests.simulators.telegram.errors import flooded


class Bucket:
    """Tokens that come back at a steady rate, up to a burst."""

    def __init__(self, rate: float, burst: float, now: float) -> None:
        self._rate = rate
        self._burst = burst
        self._level = burst
        self._at = now

    def missing(self, now: float) -> float:
        """Seconds until one may be taken; 0 when it may be now."""
        self._level = min(self._burst, self._level + (now - self._at) * self._rate)
        self._at = now
        return 0.0 if self._level >= 1 else (1 - self._level) / self._rate

    def take(self) -> None:
        self._level -= 1


class Limits:
    """Off until a test turns it on, because its time is real."""

    def __init__(self, now: Callable[[], float]) -> None:
        self.now = now
        self.on = False
        self.chat_rate, self.chat_burst = 1.0, 3.0
        self.group_rate, self.group_burst = 20 / 60, 20.0
        self.overall_rate = self.overall_burst = 30.0
        self._overall: Bucket | None = None
        self._chats: dict[int, Bucket] = {}

    def spend(self, chat_id: int) -> None:
        """Count one message, or refuse it with the seconds to wait."""
        if not self.on:
            return
        now = self.now()
        if self._overall is None:
            self._overall = Bucket(self.overall_rate, self.overall_burst, now)
        own = self._chats.get(chat_id)
        if own is None:
            rates = (
                (self.group_rate, self.group_burst)
                if chat_id < 0
                else (self.chat_rate, self.chat_burst)
            )
            own = self._chats[chat_id] = Bucket(*rates, now)
        missing = max(own.missing(now), self._overall.missing(now))
        if missing:
            raise flooded(max(1, math.ceil(missing)))
        own.take()
        self._overall.take()
