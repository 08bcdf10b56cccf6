"""Events: what happened inside a unit of work, for those who follow up on it."""

from dataclasses import dataclass

from actions.domain.ticket import Ticket
from actions.domain.timeline import TimelineEntry


class Event:
    """Something happened in this unit of work."""


@dataclass(frozen=True)
class TicketChanged(Event):
    """One entry was appended to a ticket; subscribers look at `entry.verb`."""

    ticket: Ticket
    entry: TimelineEntry
