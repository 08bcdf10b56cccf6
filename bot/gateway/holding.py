"""`Holding`: a conversation while it is ours, and how long what cannot be done in it waits."""

import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from actions.application.arrivals import Lease
from actions.domain.identifiers import InboxId

#: How long a text waits for understanding before the next try: at first, and at most.
PARK: Final = timedelta(seconds=3)
LONGEST_PARK: Final = timedelta(seconds=30)


@dataclass
class Holding:
    """Until when for sure, and which parked texts were tried."""

    lease: Lease
    renewed_at: float = field(default_factory=time.monotonic)
    tried: set[InboxId] = field(default_factory=set)


def parking(waited: timedelta) -> timedelta:
    """One text that understanding dies of must not keep it from all the others."""
    return min(max(waited / 10, PARK), LONGEST_PARK)
