"""`Failing`: what becomes of a row after a try that did not succeed."""

import logging
from datetime import timedelta

from actions.application.delivering import DeliveryStore, Due
from actions.application.ports import Clock
from bot.delivery.retry import RetryPolicy
from bot.ports_delivery import Counts

log = logging.getLogger(__name__)


class Failing:
    def __init__(
        self, store: DeliveryStore, policy: RetryPolicy, clock: Clock, counts: Counts
    ) -> None:
        self._store = store
        self._policy = policy
        self._clock = clock
        self._counts = counts

    async def faulty(self, due: Due, error: Exception) -> None:
        """It cannot even be rendered: our mistake, so it waits for a better release."""
        await self._again(due, f"{type(error).__name__}: {error}", "faulty", faulty=True)

    async def later(
        self, due: Due, reason: str, *, outcome: str = "later", asked: timedelta | None = None
    ) -> None:
        await self._again(due, reason, outcome, asked=asked)

    async def elsewhere(self, due: Due, reason: str, *, is_final: bool) -> None:
        """To the person's page; who has none cannot be told, or not yet."""
        if await self._store.divert(due, self._clock.now(), reason):
            self._counts.sent(due.channel, "elsewhere")
        elif is_final:
            await self.dead(due, reason)
        else:
            await self.later(due, reason)

    async def dead(self, due: Due, reason: str, outcome: str = "gone") -> None:
        """Nobody tries again; the console shows it."""
        log.warning(
            "a message will not arrive",
            extra={"action": "dead_letter", "outbox": due.id, "channel": due.channel},
        )
        await self._store.settle(due, "dead", self._clock.now(), reason)
        self._counts.sent(due.channel, outcome)

    async def _again(
        self,
        due: Due,
        reason: str,
        outcome: str,
        *,
        asked: timedelta | None = None,
        faulty: bool = False,
    ) -> None:
        now = self._clock.now()
        wait = self._policy.wait(due.attempts, now - due.created_at, seed=due.id, asked=asked)
        if wait is None:
            await self.dead(due, reason, "given_up")
            return
        await self._store.put_off(due, now + wait, reason, faulty=faulty)
        self._counts.sent(due.channel, outcome)
