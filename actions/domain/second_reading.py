"""What rules filed as an emergency is understood afterwards: which kind it is, never how urgent.

The alarm waits for no model, so it goes out under the leaf of the rule that rang. That a rule rings
says that there may be danger; of what kind of matter, the model knows better where it is sure.
"""

from collections.abc import Iterable
from typing import Final

from actions.domain.decision import BEYOND_REMIT, UNCLASSIFIED
from actions.domain.identifiers import LeafCode
from actions.domain.people import Role
from actions.domain.policy import Policy
from actions.domain.road import Road, road_of
from actions.domain.sealing import is_about_body
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import OPEN, TicketStatus, Verb
from actions.domain.timeline import TimelineEntry
from actions.domain.understood import Ranking

#: Not alarmed yet, in the hands of whoever rules on it, or nobody's to change any more.
_LEFT_ALONE: Final = frozenset(
    {
        TicketStatus.SUBMITTED, TicketStatus.RETURNED, TicketStatus.RESOLVED, TicketStatus.MERGED,
    }
)  # fmt: skip
#: Where an emergency may stand while its kind is put right by the system.
READ_AGAIN_AT: Final = OPEN - _LEFT_ALONE
#: What nobody hurries to is no kind of an alarm.
_ROADS: Final = frozenset({Road.REPAIR, Road.NEED})
_NO_KINDS: Final = frozenset({UNCLASSIFIED, BEYOND_REMIT})


def understood_otherwise(leaves: Ranking, filed_as: LeafCode, policy: Policy) -> LeafCode | None:
    """The other leaf that the words are surely of, if any."""
    if not leaves or leaves[0][1] < policy.rule_yields_from:
        return None
    leaf = LeafCode(leaves[0][0])
    fits = leaf not in _NO_KINDS and road_of(leaf) in _ROADS
    return leaf if fits and leaf != filed_as else None


def may_be_corrected(ticket: Ticket, timeline: Iterable[TimelineEntry]) -> bool:
    """What a person has said of its kind stands, and what is over is left as it is."""
    said = any(entry.verb is Verb.RECATEGORISE for entry in timeline)
    return ticket.status in READ_AGAIN_AT and not said


def would_be_about(leaf: LeafCode, ticket: Ticket) -> bool:
    """Whether whoever has the ticket would read a complaint about themselves."""
    held = ticket.assignee_role
    return held in Role.__members__ and is_about_body(leaf, Role[held])
