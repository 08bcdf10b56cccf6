"""`Breaker`: after a failure nobody asks again for a while, and the change is said once."""

import logging
import time
from collections.abc import Callable
from typing import Final

#: Seconds without asking after the first failure, and at most.
FIRST_PAUSE: Final = 1.0
LONGEST_PAUSE: Final = 8.0
#: Seconds the one who tries again has, before another may.
TRIAL: Final = 1.0

log = logging.getLogger(__name__)


class Breaker:
    def __init__(self, what: str, now: Callable[[], float] = time.monotonic) -> None:
        self._what = what
        self._now = now
        self._failures = 0
        self._shut_until = 0.0

    @property
    def is_away(self) -> bool:
        return self._failures > 0

    def lets_through(self) -> bool:
        """Whether to ask; after a pause one asks for all."""
        if not self._failures:
            return True
        if self._now() < self._shut_until:
            return False
        self._shut_until = self._now() + TRIAL
        return True

    def failed(self, error: Exception) -> None:
        """It did not answer; the message of an error may hold an address, so its kind is told."""
        if not self._failures:
            log.warning(
                "%s is away, going on without",
                self._what,
                extra={"action": "redis_away", "error": type(error).__name__},
            )
        pause = min(FIRST_PAUSE * 2 ** min(self._failures, 8), LONGEST_PAUSE)
        self._failures += 1
        self._shut_until = self._now() + pause

    def answered(self) -> None:
        if self._failures:
            log.warning("%s is back", self._what, extra={"action": "redis_back"})
        self._failures = 0
