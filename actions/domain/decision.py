"""Decisions from scores: file with a card, ask one thing, offer kinds, or leave it to a person.

The limits are settings of the community (`Policy`); where they come from is measured, see
docs/understanding.md.
"""

from typing import Final

from actions.domain.identifiers import LeafCode
from actions.domain.policy import Policy
from actions.domain.understood import Ranking, Understood

#: Words at least this long tell something, even what fits no kind of matter.
_SAYS_SOMETHING: Final = 12
#: How many kinds are offered when none is sure, and when two have most of it between them.
OFFERED: Final = 3
EITHER: Final = 2

#: Leaves that are answered with the right door before anything is filed.
BEYOND_REMIT: Final = LeafCode("OTH04")
ABOUT_STAFF: Final = LeafCode("OTH03")
#: Leaves where danger to somebody is asked about first, once (conversation.md).
ASK_DANGER: Final = frozenset({LeafCode("BLD03")})
#: What fits no other: a person looks at it first.
UNCLASSIFIED: Final = LeafCode("OTH99")


def sure_leaf(leaves: Ranking, policy: Policy) -> LeafCode | None:
    """The best leaf, if it is sure enough to need no question."""
    if leaves and leaves[0][1] >= policy.category_from:
        return LeafCode(leaves[0][0])
    return None


def offered_leaves(leaves: Ranking, policy: Policy) -> tuple[LeafCode, ...]:
    """The leaves to choose from when none is sure."""
    between = sum(share for _, share in leaves[:EITHER])
    shown = EITHER if between >= policy.either_from else OFFERED
    return tuple(LeafCode(code) for code, _ in leaves[:shown])


def is_for_a_person(leaves: Ranking, policy: Policy) -> bool:
    """Whether the right one is hardly among the kinds that would be offered."""
    return sum(share for _, share in leaves[:OFFERED]) < policy.guess_from


def category_for(leaves: Ranking, policy: Policy) -> LeafCode | None:
    """The leaf that needs no question; what is not even guessed goes to a person as it is."""
    if leaves and is_for_a_person(leaves, policy):
        return UNCLASSIFIED
    return sure_leaf(leaves, policy)


def says_too_little(understood: Understood, policy: Policy) -> bool:
    """Whether nothing can be begun from a message: short, and no kind of matter in sight."""
    is_vague = not understood.leaves or is_for_a_person(understood.leaves, policy)
    return is_vague and len(understood.text) < _SAYS_SOMETHING


def may_be_talk(understood: Understood, policy: Policy) -> bool:
    """Whether it is asked first if anything is to be filed at all."""
    return understood.told < policy.matter_from


def may_be_danger(understood: Understood, policy: Policy) -> bool:
    """Whether it is asked first if somebody is in danger, where no rule said so."""
    return understood.emergency >= policy.alarm_from
