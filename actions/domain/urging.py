"""Chasing is a signal: it reaches whoever has the matter, but not again and again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from actions.domain.community import Community
from actions.domain.service_level import elapsed
from actions.domain.terms import terms_of
from actions.domain.ticket import Ticket
from actions.domain.timeline import TimelineEntry


@dataclass(frozen=True, kw_only=True)
class Reach:
    """Whom a chase is told to now, and when the last one was."""

    worker: bool
    lead: bool
    told_at: datetime | None


def reach_of_next(
    urges: Sequence[TimelineEntry], ticket: Ticket, now: datetime, rules: Community
) -> Reach:
    """What the next chase does after the earlier ones, the oldest first.

    A new owner has heard of none. Every so many chases the lead hears as well.
    """
    policy, calendar = rules.policy, terms_of(ticket, rules).calendar

    def is_long_ago(at: datetime | None) -> bool:
        if at is None or (ticket.accept_from is not None and at < ticket.accept_from):
            return True
        return elapsed(at, now, calendar, rules.hours) >= policy.urge_again_after

    told = [entry.at for entry in urges if entry.data.get("told")]
    lead_told = [n for n, entry in enumerate(urges, 1) if entry.data.get("lead_told")]
    since = len(urges) + 1 - (lead_told[-1] if lead_told else 0)
    lead_at = urges[lead_told[-1] - 1].at if lead_told else None
    return Reach(
        worker=is_long_ago(told[-1] if told else None),
        lead=since >= policy.chases_tell_lead and is_long_ago(lead_at),
        told_at=told[-1] if told else None,
    )
