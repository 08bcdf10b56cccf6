"""`DeliveryWorker`: drains the outbox, a lane for each channel, until it is stopped."""

import asyncio
import logging
from collections.abc import Collection, Sequence
from typing import Protocol

from actions.application.delivering import DeliveryStore
from actions.application.ports import Clock
from actions.domain.errors import StoreAway
from actions.domain.quiet_hours import QuietHours
from bot.delivery.failing import Failing
from bot.delivery.lane import ChannelLane
from bot.delivery.page import PageLane
from bot.delivery.pulse import Pulse
from bot.delivery.retry import RetryPolicy
from bot.ports import Wakeups
from bot.ports_delivery import Channel, Counts, Renders

log = logging.getLogger(__name__)


class Lane(Protocol):
    pulse: Pulse

    @property
    def name(self) -> str:
        """Of its channel."""
        ...

    async def step(self) -> bool:
        """One round. Returns whether to go on at once."""
        ...

    async def drain(self, *, limit: float | None = ...) -> None:
        """Let what is under way end, for some seconds at most; None is as long as it takes."""
        ...


class DeliveryWorker:
    """Fits the `OutboxSignal` port."""

    def __init__(
        self,
        store: DeliveryStore,
        renderer: Renders,
        hub: Wakeups,
        *,
        clock: Clock,
        quiet_hours: QuietHours,
        counts: Counts,
        channels: Sequence[Channel] = (),
        retry: RetryPolicy | None = None,
    ) -> None:
        failing = Failing(store, retry or RetryPolicy(), clock, counts)
        page = PageLane(
            store,
            renderer,
            hub,
            clock=clock,
            quiet_hours=quiet_hours,
            failing=failing,
            counts=counts,
        )
        self._lanes: list[Lane] = [page]
        for channel in channels:
            lane = ChannelLane(
                channel,
                store,
                renderer,
                hub,
                clock=clock,
                quiet_hours=quiet_hours,
                failing=failing,
                counts=counts,
            )
            self._lanes.append(lane)

    def notify(self, channels: Collection[str] | None = None) -> None:
        """Rows are waiting, on any channel if none is named; called on the worker's own loop."""
        for lane in self._lanes:
            if channels is None or lane.name in channels:
                lane.pulse.beat()

    async def catch_up(self) -> None:
        """Deliver everything that is due now."""
        for lane in self._lanes:
            while await lane.step():
                await lane.drain(limit=None)

    async def run(self) -> None:
        """Serve until cancelled; then finish what is under way."""
        async with asyncio.TaskGroup() as lanes:
            for lane in self._lanes:
                lanes.create_task(_serve(lane))


async def _serve(lane: Lane) -> None:
    try:
        while True:
            if not await _finish(asyncio.create_task(_round(lane))):
                await lane.pulse.sleep()
    finally:
        await lane.drain()


async def _round(lane: Lane) -> bool:
    try:
        return await lane.step()
    except StoreAway as error:
        log.warning("delivery waits", extra={"action": "store_away", "error": str(error)})
        return False
    except Exception:
        log.exception("delivery round failed", extra={"action": "delivery_failed"})
        return False


async def _finish(task: asyncio.Task[bool]) -> bool:
    """A stop in the middle lets the round end first."""
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await task
        raise
