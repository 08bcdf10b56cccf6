"""What others still owe an answer to on a ticket: a lead's word, a look on site."""

from collections.abc import Mapping
from typing import Final

from actions.domain.ticket_status import CLOSED, TicketStatus, Verb
from actions.domain.timeline import TimelineEntry

_ANSWERED: Final = frozenset({Verb.REFUSE, Verb.EXTEND, Verb.HOLD})
#: Where a lead's word is of any use.
_PENDING_AT: Final = frozenset(
    {TicketStatus.ACCEPTED, TicketStatus.IN_PROGRESS, TicketStatus.SCHEDULED}
)


def still_pending(pending: str, entry: TimelineEntry) -> str:
    """What the assignee waits for a lead's word on: hold, extend or nothing.

    A new assignee asks anew; what has moved on needs no pause any more.
    """
    if entry.verb is Verb.PROPOSE:
        return str(entry.data.get("asks", ""))
    is_over = entry.verb in _ANSWERED or "assignee" in entry.data
    is_late = entry.target not in _PENDING_AT or (entry.moves and pending == "hold")
    return "" if is_over or is_late else pending


def still_looking(looking: Mapping[str, int], entry: TimelineEntry) -> dict[str, int]:
    """Who was asked to look and has not said what they saw, with the entry that asked them."""
    if entry.target in CLOSED:
        return {}
    if entry.verb is not Verb.VERIFY:
        return dict(looking)
    asked = {str(person): entry.seq for person in entry.data.get("asks", ())}
    done = str(entry.actor) if "answers" in entry.data else ""
    return {who: seq for who, seq in {**looking, **asked}.items() if who != done}
