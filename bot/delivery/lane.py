"""`ChannelLane`: one channel's own loop, so that a slow platform holds up nobody else."""

import asyncio
import logging
from datetime import datetime, timedelta

from actions.application.delivering import DeliveryStore, Due, Showing, Shown
from actions.application.ports import Clock
from actions.domain.errors import StoreAway
from actions.domain.identifiers import ConversationId
from actions.domain.quiet_hours import QuietHours, next_allowed
from actions.failpoints import failpoint
from bot.delivery.failing import Failing
from bot.delivery.pulse import Pulse
from bot.gateway.renewing import LEASE, renewing
from bot.ports import Wakeups
from bot.ports_delivery import (
    Channel,
    Counts,
    Elsewhere,
    Gone,
    InDoubt,
    Later,
    Needless,
    Renders,
    SendOutcome,
    Sent,
    Waits,
)

log = logging.getLogger(__name__)

#: Seconds one send may take before its outcome counts as unknown.
DEADLINE = 35.0
#: How long a message waits for its reader before it is looked at again.
UNTIL_CONTACT = timedelta(days=30)
#: Seconds the sends under way may take when the process stops.
DRAIN = 1.5


class ChannelLane:
    def __init__(
        self,
        channel: Channel,
        store: DeliveryStore,
        renderer: Renders,
        hub: Wakeups,
        *,
        clock: Clock,
        quiet_hours: QuietHours,
        failing: Failing,
        counts: Counts,
    ) -> None:
        self._channel = channel
        self._store = store
        self._renderer = renderer
        self._hub = hub
        self._clock = clock
        self._quiet_hours = quiet_hours
        self._failing = failing
        self._counts = counts
        self._under_way: set[asyncio.Task[None]] = set()
        self._held: set[int] = set()
        self._paused_until: datetime | None = None
        self.name = channel.name
        self.pulse = Pulse()

    async def step(self) -> bool:
        """Begin as many sends as there is room for; each end wakes the lane for the next."""
        now = self._clock.now()
        room = self._channel.concurrency - len(self._under_way)
        if room <= 0 or (self._paused_until and now < self._paused_until):
            return False
        rows = await self._store.claim(
            self._channel.name, now, limit=room, in_order=self._channel.in_order, lease=LEASE
        )
        for due in rows:
            if due.id in self._held:
                continue  # its lease ran out while the store was away, and we still have it
            self._held.add(due.id)
            task = asyncio.create_task(self._deliver(due))
            self._under_way.add(task)
            task.add_done_callback(self._ended)
        return bool(rows)

    async def drain(self, *, limit: float | None = DRAIN) -> None:
        """Let the sends under way end; what does not is claimed again after its lease."""
        if not self._under_way:
            return
        _, stuck = await asyncio.wait(set(self._under_way), timeout=limit)
        for task in stuck:
            task.cancel()
        await asyncio.gather(*stuck, return_exceptions=True)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self.pulse.beat()

    async def _deliver(self, due: Due) -> None:
        try:
            until = self._quiet_until(due)
            if until:
                await self._store.hold(due, until)
            else:
                async with renewing(lambda: self._store.renew(due, LEASE)):
                    await self._try(due)
        except Exception:
            # The store is away: the claim runs out and the row is due again.
            log.exception("delivery failed", extra={"action": "deliver_failed", "outbox": due.id})
        finally:
            self._held.discard(due.id)

    def _quiet_until(self, due: Due) -> datetime | None:
        """Answers and emergencies go out at any hour."""
        if due.urgent or not due.is_push:
            return None
        now = self._clock.now()
        allowed = next_allowed(now, self._quiet_hours)
        return allowed if allowed > now else None

    async def _try(self, due: Due) -> None:
        try:
            shown = self._renderer.show(due)
        except Exception as error:
            log.exception("cannot render", extra={"action": "render_failed", "outbox": due.id})
            await self._failing.faulty(due, error)
            return
        await self._conclude(due, shown, await self._send(due, shown))

    async def _send(self, due: Due, shown: Shown) -> SendOutcome:
        try:
            async with asyncio.timeout(DEADLINE):
                failpoint("send.called")
                outcome = await self._channel.send(due, shown)
        except TimeoutError:
            return InDoubt(reason="no answer in time")
        except Exception as error:
            log.exception("channel failed", extra={"action": "send_failed", "outbox": due.id})
            return Later(reason=f"{type(error).__name__}: {error}")
        failpoint("send.answered")
        return outcome

    async def _conclude(self, due: Due, shown: Shown, outcome: SendOutcome) -> None:
        match outcome:
            case Sent():
                await self._record(due, shown, "sent")
            case Later(reason=reason, after=after, everybody=everybody):
                if everybody:
                    self._pause(after)
                await self._failing.later(due, reason, asked=after)
            case Gone(reason=reason):
                await self._failing.dead(due, reason)
            case Elsewhere(reason=reason, is_final=is_final):
                await self._failing.elsewhere(due, reason, is_final=is_final)
            case InDoubt(reason=reason):
                await self._doubt(due, shown, reason)
            case Waits():
                await self._store.hold(due, self._clock.now() + UNTIL_CONTACT)
                self._counts.sent(due.channel, "waits")
            case Needless():
                await self._store.settle(due, "superseded", self._clock.now())
                self._counts.sent(due.channel, "needless")

    async def _doubt(self, due: Due, shown: Shown, reason: str) -> None:
        if due.bears_repeating:
            await self._failing.later(due, f"in doubt: {reason}", outcome="in_doubt")
        else:
            await self._record(due, shown, "in_doubt")

    async def _record(self, due: Due, shown: Shown, outcome: str) -> None:
        """Tried again while the store is away, or what arrived would be sent a second time."""
        while True:
            try:
                await self._note(due, shown)
                break
            except StoreAway:
                await asyncio.sleep(1.0)
        failpoint("send.marked")
        self._counts.sent(due.channel, outcome)

    async def _note(self, due: Due, shown: Shown) -> None:
        if self._channel.keeps_record:
            await self._write_down(due, shown)
        else:
            await self._store.settle(due, "sent", self._clock.now())

    async def _write_down(self, due: Due, shown: Shown) -> None:
        """What was sent and no transcript takes is settled: or it is sent again, for ever."""
        now = self._clock.now()
        try:
            await self._store.show([Showing(due=due, shown=shown)], now)
        except StoreAway:
            raise
        except Exception:
            log.exception("not written down", extra={"action": "show_failed", "outbox": due.id})
            await self._store.settle(due, "sent", now)
        self._hub.publish(ConversationId(due.conversation_id))

    def _pause(self, after: timedelta | None) -> None:
        self._paused_until = self._clock.now() + (after or timedelta(seconds=1))
