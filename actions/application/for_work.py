"""Which messages are for those who work here, by the beginning of their template's name."""

from datetime import datetime
from typing import Final

#: About a ticket one handles, and about the house.
_OF_A_TICKET: Final = (
    "work_", "lead_", "supervisor_", "outside_", "copy_", "parts_", "proposal_", "overdue_",
    "undecided_", "late_", "question_unread", "confirm_own_work",
)  # fmt: skip
_OF_THE_HOUSE: Final = (
    "callback_wanted", "callback_late", "callback_yours", "captain_please", "seat_asked", "seats_",
    "seat_open", "todo", "away_offer", "round_", "record",
)  # fmt: skip


def is_of_a_ticket(template: str) -> bool:
    return template.startswith(_OF_A_TICKET) or template.endswith("_lead")


def is_for_work(template: str) -> bool:
    """What somebody hears because of a role, not as a resident."""
    return is_of_a_ticket(template) or template.startswith(_OF_THE_HOUSE)


def disturbs_leave(template: str, away_until: datetime | None, now: datetime) -> bool:
    """Work does not ring for whoever is away; what is their own as residents does."""
    return away_until is not None and away_until > now and is_for_work(template)
