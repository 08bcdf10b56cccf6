"""The terms a ticket is handled on: those of its kind, unless an alarm asks for more."""

from dataclasses import replace
from typing import Final

from actions.domain.category import IssueCategory, Urgency, WorkCalendar
from actions.domain.community import Community
from actions.domain.emergency import KINDS, UNNAMED
from actions.domain.ticket import Ticket

#: What any danger is owed, whatever its kind.
_ANY_DANGER: Final = KINDS[UNNAMED].leaf


def terms_of(ticket: Ticket, rules: Community) -> IssueCategory:
    """An emergency stays one on every clock, also where its kind is usually none."""
    category = rules.category(ticket.category)
    if ticket.urgency != Urgency.E or category.urgency is Urgency.E:
        return category
    danger = rules.category(_ANY_DANGER)
    return replace(
        category,
        urgency=Urgency.E,
        calendar=WorkCalendar.ALWAYS,
        accept_min=min(category.accept_min, danger.accept_min),
        contact_min=min(category.contact_min, danger.contact_min),
        settle_min=min(category.settle_min, danger.settle_min),
    )
