"""Origin: how a matter came in, when not by a resident's own word about their own matter."""

from enum import StrEnum
from typing import Final

from actions.domain.people import Actor, Role


class Origin(StrEnum):
    """Kept on the ticket; empty is the common case."""

    RESIDENT = ""
    BEHALF = "behalf"  #: told by somebody for somebody else
    PATROL = "patrol"  #: found by somebody on a round
    VISIT = "visit"  #: heard at a door
    PAPER = "paper"  #: a letter, typed in
    ENTERPRISE = "enterprise"  #: a firm or a shop


#: Found or typed in by whoever works here, as a part of the work.
BY_WORKERS: Final = frozenset({Origin.PATROL, Origin.VISIT, Origin.PAPER})
#: The person it is about is somebody else than whoever files it, and perhaps not in the chat.
FOR_ANOTHER: Final = frozenset({Origin.BEHALF, Origin.PAPER})


class Agreed(StrEnum):
    """Whether the person concerned knows and agrees."""

    UNKNOWN = ""  #: not asked of the filer yet
    YES = "yes"
    UNASKED = "unasked"  #: the filer has not asked them
    CANNOT = "cannot"  #: it is not convenient to ask them


#: Who leads, and so may know how matters come in.
_LEADING: Final = frozenset({Role.GLD, Role.CMT, Role.DSP, Role.SUP, Role.ADM})


def areas_led(actor: Actor) -> list[str]:
    """Paths of the areas somebody leads or looks after as a whole."""
    return sorted({grant.area for grant in actor.grants if grant.role in _LEADING})
