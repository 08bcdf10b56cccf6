"""Permissions: the one place that answers "may this person do this to this ticket?"."""

from collections.abc import Iterable

from actions.domain.people import SYSTEM, Actor, Role
from actions.domain.place import is_inside
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import IN_PLACE, TicketStatus, Verb, transitions

#: Who may use the verbs that move nothing.
_IN_PLACE_WHO: dict[Verb, frozenset[str]] = {
    Verb.NOTE: frozenset({"assignee", "GLD", "CMT"}),
    Verb.PHOTO: frozenset({"assignee", "RES", "follower", "GLD"}),
    Verb.CONTACT: frozenset({"assignee", "GLD", "CMT", "system"}),
    Verb.SAY: frozenset({"assignee", "RES", "ANO"}),
    Verb.URGE: frozenset({"RES", "ANO", "follower"}),
    Verb.JOIN: frozenset({"anyone"}),
    Verb.LEAVE: frozenset({"follower", "RES", "ANO"}),
    Verb.ADD: frozenset({"RES", "ANO", "follower"}),
    Verb.RECATEGORISE: frozenset({"assignee", "GLD", "DSP", "RVW", "ADM"}),
    Verb.RELOCATE: frozenset({"assignee", "GLD", "DSP", "RES", "ANO"}),
}


def capacity(actor: Actor, verb: Verb, ticket: Ticket, followers: Iterable[int] = ()) -> str | None:
    """The capacity in which the actor may use the verb now, or None.

    Returns one of 'system', 'assignee', 'RES', 'ANO', 'follower' or a role code: what the
    timeline records as the role that acted.
    """
    allowed = _who(verb, ticket.status)
    for held in _capacities(actor, ticket, frozenset(followers)):
        if held in allowed or "anyone" in allowed:
            return held
    return None


def _who(verb: Verb, status: TicketStatus | None) -> frozenset[str]:
    if verb in IN_PLACE:
        return _IN_PLACE_WHO[verb]
    rows = transitions(status, verb)
    return rows[0].who if rows else frozenset()


def _capacities(actor: Actor, ticket: Ticket, followers: frozenset[int]) -> list[str]:
    """Every capacity the actor has towards the ticket, the closest first."""
    if actor == SYSTEM:
        return ["system"]
    held = []
    if ticket.assignee == actor.person_id:
        held.append("assignee")
    if ticket.reporter == actor.person_id:
        held.append("ANO" if ticket.anonymous else "RES")
    if actor.person_id in followers:
        held.append("follower")
    held += [role.value for role in roles_over(actor, ticket)]
    if not held:
        held.append("anyone")
    return held


def roles_over(actor: Actor, ticket: Ticket) -> list[Role]:
    """The actor's roles that reach the ticket's estate, building or grid, in a stable order."""
    areas = [area for area in (ticket.area, ticket.grid) if area]
    return sorted(
        {grant.role for grant in actor.grants if any(is_inside(area, grant.area) for area in areas)}
    )


def may_see(actor: Actor, ticket: Ticket, followers: Iterable[int] = ()) -> bool:
    """Whether the ticket exists at all for this person."""
    if actor.person_id in (ticket.reporter, ticket.assignee) or actor == SYSTEM:
        return True
    return actor.person_id in set(followers) or bool(roles_over(actor, ticket))
