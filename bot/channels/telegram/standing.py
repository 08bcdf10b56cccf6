"""`Standing`: whether updates reach us, told once when it changes, and always to the metrics."""

import logging
from typing import Protocol

log = logging.getLogger(__name__)


class Tell(Protocol):
    def __call__(self, *, away: bool) -> None: ...


class Standing:
    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._trouble: str | None = None

    @property
    def word(self) -> str:
        """For `/readyz`, which it does not decide: the page works without Telegram."""
        if self._trouble is None:
            return "starting"
        return "away" if self._trouble else "ok"

    def works(self) -> None:
        if self._trouble:
            log.info("telegram is back", extra={"action": "telegram_back"})
        self._trouble = ""
        self._tell(away=False)

    def failed(self, reason: str) -> None:
        """The same trouble is worth one line, however long it lasts."""
        if reason != self._trouble:
            log.warning("telegram gives nothing: %s", reason, extra={"action": "telegram_away"})
        self._trouble = reason
        self._tell(away=True)
