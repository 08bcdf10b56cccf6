"""Merging: which tickets may become one, and what the one then owes."""

from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from actions.domain.category import FOR_FEW, Privacy
from actions.domain.decision import UNCLASSIFIED
from actions.domain.parts import PART
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import TicketStatus


class Obstacle(StrEnum):
    """Why two tickets cannot be merged; each has a text `merge_…`."""

    ITSELF = "itself"
    LEADS = "leads"  #: others are merged into it already
    CLOSED = "closed"  #: the other is done, or said to be
    APART = "apart"  #: not the same people may see the two


_PRESSING: Final = "EUNCDQ"


def obstacle(ticket: Ticket, master: Ticket) -> Obstacle | None:
    """What keeps a ticket from being merged into another, if anything."""
    if ticket.number == master.number:
        return Obstacle.ITSELF
    if not master.is_open or master.status is TicketStatus.RESOLVED:
        return Obstacle.CLOSED
    return Obstacle.APART if _apart(ticket, master) else None


def _apart(ticket: Ticket, master: Ticket) -> bool:
    """Sealed stays sealed, what few may see stays with few, and nobody handles their own case."""
    if not {ticket.privacy, master.privacy}.isdisjoint(FOR_FEW):
        return True
    # What nobody could classify is sealed by caution only.
    is_sealed = ticket.privacy == Privacy.SEALED.value and ticket.category != UNCLASSIFIED
    opened = is_sealed and master.privacy != ticket.privacy
    return opened or PART in (ticket.origin, master.origin) or master.assignee in ticket.recused


def owed_by(ticket: Ticket, master: Ticket) -> dict[str, Any]:
    """What the whole owes from now on: the earlier dates, the greater urgency, both recusals."""
    owed: dict[str, Any] = {
        name: at.isoformat()
        for name in ("contact_due_at", "settle_due_at")
        if (at := _earlier(getattr(ticket, name), getattr(master, name))) is not None
    }
    if _PRESSING.find(ticket.urgency) < _PRESSING.find(master.urgency):
        owed["urgency"] = ticket.urgency
    if set(ticket.recused) - set(master.recused):
        owed["recused"] = sorted({*ticket.recused, *master.recused})
    return owed


def _earlier(wanted: datetime | None, promised: datetime | None) -> datetime | None:
    """The wanted date if it comes before the promised one."""
    if wanted is None or (promised is not None and promised <= wanted):
        return None
    return wanted
