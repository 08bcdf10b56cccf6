"""`Housekeeping`: what has to be done once in a while and changes no matter of anybody."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from actions.application.examined import Head

log = logging.getLogger(__name__)


class Retention(Protocol):
    async def purge(self, since: datetime) -> int:
        """Take away the lines from before then that nobody needs; how many that were."""
        ...


class Trail(Protocol):
    async def head(self) -> Head:
        """Where the audit trail ends now."""
        ...


class Housekeeping:
    """Any number of processes may do it: what one has done the others do not find."""

    def __init__(
        self, retention: Retention, trail: Trail, kept_for: Callable[[], timedelta]
    ) -> None:
        self._retention = retention
        self._trail = trail
        self._kept_for = kept_for

    async def once(self, now: datetime) -> None:
        """The head goes to the log, because logs are kept where the database is not."""
        purged = await self._retention.purge(now - self._kept_for())
        head = await self._trail.head()
        log.info(
            "house kept", extra={"action": "housekept", "purged": purged, "audit_head": str(head)}
        )
