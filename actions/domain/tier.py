"""小事, 急事, 难事: who decides, not how important. What lifts a matter into another tier.

A tier rises by a signal or by a word of those who lead, and is lowered by the grid lead alone.
Dates only ever get better by it.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final

from actions.domain.category import Tier
from actions.domain.people import Role
from actions.domain.policy import Policy
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import PAUSED

_ORDER: Final = (Tier.SMALL, Tier.URGENT, Tier.HARD)
#: Who owns the decision; the first work may be another's.
DECIDES: Final[Mapping[Tier, Role]] = {
    Tier.SMALL: Role.GWF, Tier.URGENT: Role.CMT, Tier.HARD: Role.CHR,
}  # fmt: skip


class Signal(StrEnum):
    """What lifts a matter without anybody's word."""

    SAFETY = "safety"  #: a word of danger was added
    HOUSEHOLDS = "households"  #: so many households have it
    REOPENED = "reopened"  #: settled twice, and twice not


#: How far each signal lifts: danger and numbers call for the committee, what twice failed for more.
_UP_TO: Final[Mapping[Signal, Tier]] = {
    Signal.SAFETY: Tier.URGENT, Signal.HOUSEHOLDS: Tier.URGENT, Signal.REOPENED: Tier.HARD,
}  # fmt: skip


def decider(tier: str) -> Role:
    return DECIDES[Tier(tier)]


def one_up(tier: str) -> Tier | None:
    """The next tier, None at the top."""
    return dict(pairwise(_ORDER)).get(Tier(tier))


def one_down(tier: str) -> Tier | None:
    return dict(pairwise(reversed(_ORDER))).get(Tier(tier))


def lifted(tier: str, signal: Signal) -> Tier | None:
    """One step up, if the signal reaches that far."""
    above = one_up(tier)
    if above is None or _ORDER.index(above) > _ORDER.index(_UP_TO[signal]):
        return None
    return above


def sooner_contact(ticket: Ticket, tier: Tier, now: datetime, policy: Policy) -> datetime | None:
    """An earlier date of the first word, where the rules give an urgent matter one."""
    due, within = ticket.contact_due_at, policy.urgent_contact_within
    if tier is not Tier.URGENT or within <= timedelta() or ticket.contacted_at or due is None:
        return None
    by = now + within
    return by if by < due and ticket.status not in PAUSED else None
