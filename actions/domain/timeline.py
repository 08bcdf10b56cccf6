"""The timeline: every change of a ticket as an appended entry, never an edit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from actions.domain.identifiers import PersonId
from actions.domain.people import SYSTEM
from actions.domain.ticket_status import TicketStatus, Verb


@dataclass(frozen=True, kw_only=True)
class TimelineEntry:
    """Who did what, when, why. `data` holds what the verb brought, as JSON values."""

    seq: int
    verb: Verb
    source: TicketStatus | None
    target: TicketStatus
    actor: PersonId
    role: str
    at: datetime
    reason: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    cause: str = ""

    @property
    def moves(self) -> bool:
        return self.source is not self.target

    @property
    def is_by_rule(self) -> bool:
        """Nobody pressed anything: a timer or a rule did it, in whatever capacity."""
        return self.actor == SYSTEM.person_id
