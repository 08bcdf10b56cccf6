"""Decisions from scores: when a category is sure enough to be put on the card."""

from typing import Final

from actions.domain.identifiers import LeafCode
from actions.domain.understood import Ranking, Understood

#: Calibrated share of the best leaf above which it goes on the card without asking.
CATEGORY_SURE: Final = 0.30
#: Below this the message is treated as talk whose matter is not yet clear.
MATTER_SURE: Final = 0.12
#: How many categories are offered when none is sure.
OFFERED: Final = 3

#: Leaves that are answered with the right door before anything is filed.
BEYOND_REMIT: Final = LeafCode("OTH04")
ABOUT_STAFF: Final = LeafCode("OTH03")
#: What fits no other: a person looks at it first.
UNCLASSIFIED: Final = LeafCode("OTH99")


def sure_leaf(leaves: Ranking) -> LeafCode | None:
    """The best leaf, if it is sure enough to need no question."""
    if leaves and leaves[0][1] >= CATEGORY_SURE:
        return LeafCode(leaves[0][0])
    return None


def offered_leaves(leaves: Ranking) -> tuple[LeafCode, ...]:
    """The leaves to choose from when none is sure."""
    return tuple(LeafCode(code) for code, _ in leaves[:OFFERED])


def tells_a_matter(understood: Understood) -> bool:
    """Whether there is enough in the message to begin a draft from it."""
    return bool(understood.leaves) and understood.leaves[0][1] >= MATTER_SURE
