"""Timers: they only raise commands; what they do is in `application/handlers/timers.py`."""

import asyncio
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from actions.application.commands.base import Command
from actions.application.message_bus import MessageBus
from actions.application.ports import Clock
from actions.application.turn import Turn
from actions.domain.errors import StoreAway
from actions.failpoints import failpoint

log = logging.getLogger(__name__)

#: Seconds between two looks, and between two times the house is kept.
EVERY = 20.0
HOUSE_EVERY = 3600.0


class Due(Protocol):
    async def at(self, now: datetime) -> Sequence[tuple[Command, Turn]]:
        """What is due and no timer has acted on yet."""
        ...


class Chores(Protocol):
    async def once(self, now: datetime) -> None:
        """What need not be done soon, and may take long."""
        ...


class Timers:
    """Any number of processes may run one: the turn's key makes each act once."""

    def __init__(
        self,
        bus: MessageBus,
        due: Due,
        clock: Clock,
        every: float = EVERY,
        *,
        chores: Chores | None = None,
    ) -> None:
        self._bus = bus
        self._due = due
        self._clock = clock
        self._every = every
        self._chores = chores

    async def run(self) -> None:
        """Look, act, wait; until cancelled. Chores take their time beside it."""
        async with asyncio.TaskGroup() as both:
            both.create_task(self._look())
            if self._chores is not None:
                both.create_task(self._keep_house(self._chores))

    async def _keep_house(self, chores: Chores) -> None:
        while True:
            await asyncio.sleep(self._every)
            try:
                await chores.once(self._clock.now())
            except StoreAway as error:
                log.warning("the house waits to be kept", extra=error.noted)
            except Exception:  # what is too old today is too old in an hour as well
                log.exception("the house was not kept", extra={"action": "housekeeping_failed"})
            await asyncio.sleep(HOUSE_EVERY)

    async def _look(self) -> None:
        while True:
            try:
                await self.tick(self._clock.now())
            except StoreAway as error:
                log.warning("timers wait", extra=error.noted)
            except Exception:  # the loop must outlive a bad round; the next one tries again
                log.exception("a round of timers failed", extra={"action": "timers_failed"})
            await asyncio.sleep(self._every)

    async def tick(self, now: datetime) -> int:
        """One round. Returns how many commands took effect."""
        done = 0
        for command, turn in await self._due.at(now):
            failpoint("timers.found")
            done += await self._one(command, turn)
            failpoint("timers.acted")
        return done

    async def _one(self, command: Command, turn: Turn) -> bool:
        try:
            return await self._bus.handle(command, turn)
        except StoreAway:
            raise  # nor can the others be carried out
        except Exception:  # one that cannot be carried out must not hold up the others
            name = type(command).__name__
            log.exception("a timer failed", extra={"action": "timer_failed", "command": name})
            return False
