"""Ports of the gateway: taking in what arrives and taking turns on it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from actions.application.arrivals import Arrival, Lease, Remembered, Unread, Work
from actions.domain.identifiers import ConversationId, InboxId


class IntakeDoor(Protocol):
    async def remember(self, arrival: Arrival) -> Remembered:
        """Returns after the commit; the same arrival again returns the same answer."""
        ...


class TurnStore(Protocol):
    """Which conversation has work, and whose turn it is."""

    async def waiting(self, now: datetime, *, limit: int = 64) -> Sequence[ConversationId]: ...
    async def take(self, conversation_id: ConversationId) -> Lease | None: ...
    async def renew(self, lease: Lease) -> None:
        """Raises StaleLease when the conversation belongs to somebody else by now."""
        ...

    async def release(self, lease: Lease) -> bool:
        """Whether it was still ours."""
        ...

    async def next(self, conversation_id: ConversationId, now: datetime) -> Work | None: ...
    async def is_done(self, inbox_id: InboxId) -> bool: ...
    async def parked_before(self, work: Work) -> Sequence[InboxId]: ...
    async def hurry(self, parked: Sequence[InboxId], lease: Lease, now: datetime) -> None: ...
    async def park(self, work: Work, lease: Lease, now: datetime, wait: timedelta) -> None: ...
    async def fail(self, work: Work, lease: Lease, now: datetime, wait: timedelta) -> bool: ...


class SecondReadings(Protocol):
    """What was filed as an emergency by rule and is to be understood all the same."""

    async def waiting(self, now: datetime) -> Sequence[Unread]: ...
