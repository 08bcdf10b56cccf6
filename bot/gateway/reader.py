"""`Reader`: reads what a platform brought, many chats at once, what is of one chat in order."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from actions.application.ports import Clock
from actions.application.ports_channels import Delivered, ReceivedStore
from actions.domain.errors import StoreAway
from actions.failpoints import failpoint
from bot.gateway.renewing import LEASE, renewing
from bot.log_setup import correlated

log = logging.getLogger(__name__)

#: Seconds between looks for updates nobody woke us for.
POLL: Final = 1.0
#: Updates read at the same time.
CONCURRENCY: Final = 16
#: Seconds one may take.
DEADLINE: Final = 60.0
#: Tries of one that always fails; then somebody has to look at it, and its chat goes on.
MAX_ATTEMPTS: Final = 10
_LONGEST_WAIT: Final = 300
_AWAY: Final = timedelta(seconds=2)
#: The platform repeats nothing for longer than a day; what is older is forgotten, some at a time.
REPEATED_FOR: Final = timedelta(days=3)
_PRUNE_EVERY: Final = 600.0
_PRUNED_AT_ONCE: Final = 2000
#: Seconds those under way may take when the process stops.
DRAIN: Final = 1.0


class Unreadable(Exception):
    """Not as the platform describes it: nobody can read it, however often."""


class TryLater(Exception):
    """The platform does not answer now."""


class NotYet(Exception):
    """It has to wait for others that belong to it."""

    def __init__(self, until: datetime) -> None:
        super().__init__("others belong to it")
        self.until = until


class Reader:
    def __init__(
        self,
        channel: str,
        store: ReceivedStore,
        read: Callable[[Delivered], Awaitable[str]],
        clock: Clock,
        *,
        count: Callable[[str], None],
    ) -> None:
        """`read` returns the state it ends in; it may raise one of the errors above.

        `count` takes what became of every try: done, refused, later, failed or faulty.
        """
        self._channel = channel
        self._store = store
        self._read = read
        self._clock = clock
        self._count = count
        self._wake = asyncio.Event()
        self._under_way: set[asyncio.Task[None]] = set()
        self._pruned_at = float("-inf")

    def notify(self) -> None:
        """Something new was kept."""
        self._wake.set()

    async def run(self) -> None:
        """Read until cancelled; then let those under way end."""
        try:
            while True:
                await self._look()
                await self._prune()
                # Not `wait_for`: in Python 3.11 it swallows a stop that comes with a wake-up.
                with suppress(TimeoutError):
                    async with asyncio.timeout(POLL):
                        await self._wake.wait()
                self._wake.clear()
        finally:
            await self._drain()

    async def catch_up(self) -> None:
        """Read everything that is due now."""
        while await self._look():
            await asyncio.gather(*self._under_way)

    async def _look(self) -> bool:
        room = CONCURRENCY - len(self._under_way)
        if room <= 0:
            return False
        try:
            found = await self._store.claim(
                self._channel, self._clock.now(), limit=room, lease=LEASE
            )
        except Exception:
            log.exception("cannot look for updates", extra=self._action("look_failed"))
            return False
        for delivered in found:
            task = asyncio.create_task(self._take(delivered))
            self._under_way.add(task)
            task.add_done_callback(self._ended)
        return bool(found)

    async def _prune(self) -> None:
        if time.monotonic() - self._pruned_at < _PRUNE_EVERY:
            return
        before = self._clock.now() - REPEATED_FOR
        try:
            pruned = await self._store.prune(self._channel, before, limit=_PRUNED_AT_ONCE)
        except Exception:
            log.exception("cannot prune", extra=self._action("prune_failed"))
            pruned = 0
        if pruned < _PRUNED_AT_ONCE:
            self._pruned_at = time.monotonic()

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._wake.set()

    async def _drain(self) -> None:
        """What does not end in time is taken up by whoever starts next."""
        if self._under_way:
            _, stuck = await asyncio.wait(set(self._under_way), timeout=DRAIN)
            for task in stuck:
                task.cancel()
            await asyncio.gather(*stuck, return_exceptions=True)

    async def _take(self, delivered: Delivered) -> None:
        with correlated(f"{self._channel}:{delivered.id}"):
            try:
                async with renewing(lambda: self._store.renew(delivered, LEASE)):
                    self._count(await self._settled(delivered))
            except Exception:
                # The store is away: the claim runs out and the update is due again.
                log.exception("cannot settle", extra=self._action("settle_failed"))

    async def _settled(self, delivered: Delivered) -> str:
        try:
            async with asyncio.timeout(DEADLINE):
                state = await self._read(delivered)
        except Unreadable as error:
            return await self._give_up(delivered, str(error))
        except NotYet as waits:
            await self._store.put_off(delivered, waits.until, str(waits))
            return "later"
        except TryLater as away:
            return await self._again(delivered, f"away: {away}", aside=True)
        except StoreAway as away:
            # The update is not to blame, however often.
            await self._store.put_off(delivered, self._clock.now() + _AWAY, str(away))
            return "later"
        except Exception as error:
            log.exception("update failed", extra=self._action("update_failed"))
            return await self._again(delivered, type(error).__name__)
        failpoint("received.read")
        await self._store.settle(delivered, state, self._clock.now())
        return state

    def _action(self, what: str, **more: object) -> dict[str, object]:
        return {"action": f"{self._channel}_{what}", **more}

    async def _again(self, delivered: Delivered, reason: str, *, aside: bool = False) -> str:
        if delivered.attempts >= MAX_ATTEMPTS:
            return await self._give_up(delivered, reason)
        wait = timedelta(seconds=min(2**delivered.attempts, _LONGEST_WAIT))
        await self._store.put_off(delivered, self._clock.now() + wait, reason, aside=aside)
        return "later" if aside else "failed"

    async def _give_up(self, delivered: Delivered, reason: str) -> str:
        """Its chat goes on; the update is kept for whoever looks."""
        log.error(
            "an update cannot be read",
            extra=self._action("faulty", received=delivered.id, reason=reason),
        )
        await self._store.settle(delivered, "faulty", self._clock.now(), reason)
        return "faulty"
