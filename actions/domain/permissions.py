"""Permissions: the one place that answers "may this person do this to this ticket?"."""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from actions.domain.category import FOR_FEW, Privacy
from actions.domain.decision import ABOUT_STAFF
from actions.domain.identifiers import PersonId
from actions.domain.parts import is_part
from actions.domain.people import SYSTEM, Actor, Role
from actions.domain.place import is_inside
from actions.domain.ticket import Ticket
from actions.domain.ticket_status import IN_PLACE, TicketStatus, Verb, transitions

#: Whoever works here and sees a matter as staff may say that it concerns them.
STEPS_ASIDE: Final = frozenset(
    {"assignee", "GWF", "GWP", "GLD", "CMT", "PRM", "POL", "DPT", "CHR", "DSP", "SUP"}
)

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
    Verb.RECATEGORISE: frozenset({"assignee", "GLD", "DSP", "RVW", "ADM", "system"}),
    Verb.RELOCATE: frozenset({"assignee", "GLD", "DSP", "RES", "ANO"}),
    Verb.CLIMB: frozenset({"system"}),
    Verb.PROPOSE: frozenset({"assignee"}),
    Verb.REFUSE: frozenset({"GLD", "CMT", "DSP"}),
    Verb.EXTEND: frozenset({"GLD", "CMT", "DSP"}),
    Verb.PROMISE: frozenset({"assignee", "GLD", "CMT"}),
    Verb.RECHECK: frozenset({"system", "RES", "ANO", "follower"}),
    Verb.VERIFY: frozenset({"CAP", "SUP", "assignee"}),
    Verb.TEMPORARY: frozenset({"assignee"}),
    Verb.SPLIT: frozenset({"assignee", "GLD", "CMT", "DSP"}),
    Verb.PART: frozenset({"system"}),
    Verb.RECUSE: frozenset({"system", "RES", "ANO"}) | STEPS_ASIDE,
    Verb.TAKE_OVER: frozenset({"system", "GLD", "CMT", "DSP"}),
    Verb.CHANGED: frozenset({"system", "assignee", "GLD", "CMT", "CHR", "DEP"}),
}


#: Nobody judges their own work, whoever reported it.
_VERDICTS = frozenset({Verb.SATISFIED, Verb.PARTLY, Verb.DISSATISFIED})

#: Verbs on what is not filed yet: there is no reporter to compare with.
_BEFORE_FILING = frozenset({None, TicketStatus.DRAFT})


def capacity(actor: Actor, verb: Verb, ticket: Ticket, followers: Iterable[int] = ()) -> str | None:
    """The capacity in which the actor may use the verb now, or None.

    Returns one of 'system', 'assignee', 'RES', 'ANO', 'follower' or a role code: what the
    timeline records as the role that acted.
    """
    if verb in _VERDICTS and ticket.assignee == actor.person_id:
        return None
    allowed = who_may(verb, ticket.status)
    for held in _capacities(actor, ticket, frozenset(followers)):
        if held in allowed or "anyone" in allowed:
            return held
    return None


def who_may(verb: Verb, status: TicketStatus | None) -> frozenset[str]:
    """The capacities that may use the verb there."""
    if verb in IN_PLACE:
        return _IN_PLACE_WHO[verb]
    rows = transitions(status, verb)
    return rows[0].who if rows else frozenset()


def _capacities(actor: Actor, ticket: Ticket, followers: frozenset[int]) -> list[str]:
    """Every capacity the actor has towards the ticket, the closest first."""
    if actor == SYSTEM:
        return ["system"]
    if is_kept_away(actor.person_id, ticket):
        return []
    raised = _raised(ticket)
    if ticket.status in _BEFORE_FILING:
        return [*sorted(grant.role.value for grant in actor.grants), raised]
    held = []
    if _is_assignee(actor, ticket):
        held.append("assignee")
    if _raised_it(actor, ticket, followers):
        held.append(raised)
    if _waits(actor, ticket, followers):
        held.append("follower")
    held += [role.value for role in roles_over(actor, ticket)]
    return held or ["anyone"]


def capacity_among_raisers(
    actor: Actor, verb: Verb, ticket: Ticket, followers: Iterable[int]
) -> str | None:
    """As `capacity`; where the reporter has left, a follower may do what the reporter could."""
    known = frozenset(followers)
    held = capacity(actor, verb, ticket, known)
    if held is not None or not _waits(actor, ticket, known) or ticket.reporter in known:
        return held
    if is_kept_away(actor.person_id, ticket):
        return None
    if verb in _VERDICTS and ticket.assignee == actor.person_id:
        return None
    raised = _raised(ticket)
    return raised if raised in who_may(verb, ticket.status) else None


def is_kept_away(person: int | None, ticket: Ticket) -> bool:
    """Whether the ticket is about this person: it does not exist for them, whatever their role."""
    return person in ticket.recused and (person != ticket.reporter or is_part(ticket))


def _raised_it(actor: Actor, ticket: Ticket, followers: Collection[int]) -> bool:
    """Whoever raised a part did it for the whole: who leads that no more has no say in it."""
    if ticket.reporter != actor.person_id:
        return False
    return not is_part(ticket) or _waits(actor, ticket, followers)


def _waits(actor: Actor, ticket: Ticket, followers: Collection[int]) -> bool:
    """Whether it is told to them; only those who work here wait for a part."""
    return actor.person_id in followers and (actor.is_worker or not is_part(ticket))


def _raised(ticket: Ticket) -> str:
    return "ANO" if ticket.anonymous else "RES"


def spokesperson(ticket: Ticket, followers: Sequence[PersonId]) -> PersonId | None:
    """Who speaks for those who raised it: the reporter, or once they left, who has waited longest.

    `followers` come the longest-standing first. Nobody, when all have left.
    """
    if ticket.reporter in followers:
        return ticket.reporter
    return followers[0] if followers else None


def roles_over(actor: Actor, ticket: Ticket) -> list[Role]:
    """The actor's roles that reach the ticket's estate, building or grid, in a stable order.

    To be a resident is no role over other people's tickets, and none is over what is about
    oneself.
    """
    if actor.person_id in ticket.recused:
        return []
    areas = [area for area in (ticket.area, ticket.grid) if area]
    over = {
        grant.role for grant in actor.grants if any(is_inside(area, grant.area) for area in areas)
    }
    return sorted(over - {Role.RES, Role.ANO})


#: Roles that see the tickets of their area; being a resident, captain or deputy shows none.
_READERS = frozenset(
    {
        Role.GWF, Role.GWP, Role.GLD, Role.CMT, Role.PRM, Role.POL, Role.DPT, Role.DSP, Role.SUP,
        Role.RVW, Role.PRV, Role.ADM, Role.CHR,
    }
)  # fmt: skip
#: The few who see what is restricted or private.
_FEW_READERS = frozenset({Role.GLD, Role.CMT, Role.DSP, Role.SUP, Role.PRV})
#: Bodies that may themselves be the other party; what is sealed reaches them by hand only.
_BODIES = frozenset({Role.PRM, Role.POL, Role.DPT, Role.CHR, Role.ADM})
_READERS_OF = {
    Privacy.SEALED.value: _READERS - _BODIES,
    Privacy.RESTRICTED.value: _FEW_READERS,
    Privacy.PRIVATE.value: _FEW_READERS,
}


def opened_by(role: Role) -> frozenset[str]:
    """Kinds of privacy whose tickets the role opens where it is over them."""
    return frozenset(
        each.value for each in Privacy if role in _READERS_OF.get(each.value, _READERS)
    )


def oversees(actor: Actor, ticket: Ticket) -> bool:
    """Whether a role of the actor opens the ticket, without being part of the matter.

    What is about the staff of a grid goes round whoever leads it.
    """
    readers = _READERS_OF.get(ticket.privacy, _READERS)
    if ticket.category == ABOUT_STAFF:
        readers -= {Role.GLD}
    if ticket.proposal and ticket.privacy not in FOR_FEW:
        readers |= {Role.CHR}  # it was put before them by hand
    return not readers.isdisjoint(roles_over(actor, ticket))


def handles(actor: Actor, ticket: Ticket) -> bool:
    """Whether somebody sees the ticket as those who settle it do, without the reporter."""
    return _is_assignee(actor, ticket) or oversees(actor, ticket)


def may_see(actor: Actor, ticket: Ticket, followers: Iterable[int] = ()) -> bool:
    """Whether the ticket exists at all for this person."""
    known = frozenset(followers)
    if actor == SYSTEM or (actor.person_id == ticket.reporter and not is_part(ticket)):
        return True
    if is_kept_away(actor.person_id, ticket):
        return False
    return _waits(actor, ticket, known) or handles(actor, ticket)


def _is_assignee(actor: Actor, ticket: Ticket) -> bool:
    """Who has lost the role in which they hold a ticket has lost the ticket with it."""
    if ticket.assignee != actor.person_id or actor.person_id in ticket.recused:
        return False
    held = {grant.role.value for grant in actor.grants}
    return actor.is_worker and (not ticket.assignee_role or ticket.assignee_role in held)
