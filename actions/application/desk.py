"""`Desk`: somebody works on one ticket from a page. What they are told is shown there, not sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from actions.application.notification import Notification
from actions.domain.identifiers import TicketId


@dataclass(kw_only=True)
class Desk:
    """What was seen before, and what came of it. One for each time something is sent."""

    ticket_id: TicketId
    version: int  #: of the ticket as it was seen; another refuses the step
    told: list[Notification] = field(default_factory=list)
    asked: Mapping[str, Any] | None = None  #: what the next words are for, as `awaited` keeps it

    def clear(self) -> None:
        """A transaction that is repeated begins with nothing said."""
        self.told.clear()
        self.asked = None
