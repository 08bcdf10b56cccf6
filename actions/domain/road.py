"""Roads: what kind of journey a matter is on, and so in which words it is settled."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from actions.domain.identifiers import LeafCode

PRAISE: Final = LeafCode("OTH02")
QUESTION: Final = LeafCode("OTH01")


class Road(StrEnum):
    """Each ends in its own honest way; only what was broken is ever said to be mended."""

    REPAIR = "repair"  #: something is wrong and is put right: all that has no road of its own
    NEED = "need"  #: somebody needs something and is put in touch
    PRAISE = "praise"  #: passed on to whom it is for, never rated
    SUGGESTION = "suggestion"  #: taken up, in part, or not for now, and why
    QUESTION = "question"  #: the answer is the end of it
    STAFF = "staff"  #: about somebody who works here; read above them
    LEGISLATIVE = "legislative"  #: an opinion on rules and laws, passed upwards by the deputies


_LEAVES: Final[Mapping[str, Road]] = {
    QUESTION: Road.QUESTION,
    PRAISE: Road.PRAISE,
    "OTH03": Road.STAFF,
    "DEL04": Road.SUGGESTION,
    "DEL05": Road.LEGISLATIVE,
}
_TOPS: Final[Mapping[str, Road]] = {"SVC": Road.NEED}
_TOP_LETTERS: Final = 3

#: No date is promised and nothing climbs: nobody is waiting for anything.
UNHURRIED: Final = frozenset({Road.PRAISE})
#: Their end is no verdict on the work, so no figure of satisfaction counts it.
UNRATED: Final = frozenset({Road.PRAISE})


def road_of(leaf: str) -> Road:
    """The road of a category by its leaf; what nobody named goes the road of repairs."""
    return _LEAVES.get(leaf) or _TOPS.get(leaf[:_TOP_LETTERS], Road.REPAIR)
