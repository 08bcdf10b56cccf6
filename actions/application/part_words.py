"""What the body that has a part reads: who waits for it leads the whole and is no resident."""

from collections.abc import Mapping
from typing import Final

from actions.application.roads import worded
from actions.domain.parts import is_part
from actions.domain.ticket import Ticket

_PROOFS: Final = ("photo", "photo_too", "note", "note_too", "receipt")
_OF_PARTS: Final[Mapping[str, str]] = {
    "accepted": "accepted_part",
    "resolved": "resolved_part",
    **{f"proof_{proof}": f"proof_{proof}_part" for proof in _PROOFS},
    "button_message_reporter": "button_message_lead",
    "button_ask_reporter": "button_ask_lead",
    "work_satisfied": "work_part_satisfied",
    "work_partly": "work_part_partly",
    "work_dissatisfied": "work_part_dissatisfied",
    "work_lapsed": "work_part_lapsed",
    "work_withdrawn": "work_part_withdrawn",
}


def said_of(ticket: Ticket, key: str) -> str:
    """The text or button for this ticket in place of the plain one; empty for none."""
    of_part = _OF_PARTS.get(key) if is_part(ticket) else None
    return of_part or worded(ticket.category, key)
