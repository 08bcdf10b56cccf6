"""Who may read what somebody wrote to us, and who may read it with its numbers and names."""

from collections.abc import Iterable
from typing import Final

from actions.domain.people import Actor, Role
from actions.domain.permissions import handles, is_kept_away, roles_over
from actions.domain.sealing import hides_reporter
from actions.domain.ticket import Ticket

_READ: Final = frozenset({Role.GLD, Role.CMT, Role.DSP, Role.SUP, Role.RVW, Role.PRV, Role.ADM})
#: How somebody tells of a neighbour or of the staff says who they are; the estate does not read it.
_READ_HIDDEN: Final = frozenset({Role.DSP, Role.SUP, Role.RVW, Role.PRV})
_UNMASK: Final = frozenset({Role.CMT, Role.DSP, Role.SUP, Role.PRV})
_UNMASK_HIDDEN: Final = frozenset({Role.PRV})
_REDACT: Final = frozenset({Role.RVW, Role.PRV})
#: Whole conversations, beside any ticket.
BROWSE: Final = frozenset({Role.RVW, Role.PRV, Role.ADM})
#: Who may know who else has looked.
OVERSEE_LOOKS: Final = frozenset({Role.PRV, Role.ADM})


def may_read_talk(actor: Actor, ticket: Ticket) -> bool:
    """The conversation a ticket came from, masked."""
    return _holds(actor, ticket, _READ_HIDDEN if hides_reporter(ticket) else _READ)


def may_unmask_talk(actor: Actor, ticket: Ticket) -> bool:
    """As it was written, for a stated reason and a short while."""
    return _holds(actor, ticket, _UNMASK_HIDDEN if hides_reporter(ticket) else _UNMASK)


def may_redact_talk(actor: Actor, ticket: Ticket) -> bool:
    """Take words out for good."""
    return may_read_talk(actor, ticket) and _holds(actor, ticket, _REDACT)


def may_browse(actor: Actor, tickets: Iterable[Ticket]) -> bool:
    """Everything somebody wrote, given what they raised: nothing that is about the reader."""
    raised = list(tickets)
    if any(is_kept_away(actor.person_id, each) for each in raised):
        return False
    hidden = any(hides_reporter(each) for each in raised)
    return actor.has_role(*(BROWSE & _READ_HIDDEN if hidden else BROWSE))


def _holds(actor: Actor, ticket: Ticket, roles: frozenset[Role]) -> bool:
    return handles(actor, ticket) and not roles.isdisjoint(roles_over(actor, ticket))
