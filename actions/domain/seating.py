"""Seating: who may give a role, confirm it and take it back, and where. Pure policy, one table."""

from collections.abc import Iterable, Mapping
from typing import Final

from actions.domain.identifiers import PersonId
from actions.domain.people import WORKING_ROLES, Actor, Role, RoleGrant
from actions.domain.place import is_inside

#: Those who work in one grid: whoever leads it knows them.
_OF_A_GRID: Final = frozenset({Role.GWF, Role.GWP, Role.CAP, Role.VOL})
#: Those a community works with.
_OF_A_COMMUNITY: Final = _OF_A_GRID | {
    Role.GLD, Role.PRM, Role.OWC, Role.REP, Role.PBR, Role.CHR, Role.DEP, Role.ADV, Role.POL,
    Role.DPT,
}  # fmt: skip
#: Roles that see across everybody: good for the whole community or street, never for less.
WIDE: Final = frozenset({Role.ADM, Role.PRV, Role.RVW, Role.SUP, Role.DSP})
#: Everybody is a resident, and a sealed reporter is nobody's to appoint.
GIVEN: Final = frozenset(Role) - {Role.RES, Role.ANO}

#: Who gives which roles, the nearest level first.
GIVES: Final[Mapping[Role, frozenset[Role]]] = {
    Role.GLD: _OF_A_GRID,
    Role.CMT: _OF_A_COMMUNITY,
    Role.ADM: GIVEN,
}


def deciders(role: Role) -> tuple[Role, ...]:
    """Who may give, confirm and take back a role, the nearest level first."""
    return tuple(decider for decider, given in GIVES.items() if role in given)


def may_decide(actor: Actor, seat: RoleGrant, about: PersonId) -> bool:
    """Whether the actor decides on somebody's seat; nobody decides on their own."""
    return actor.person_id != about and any(
        seat.role in GIVES.get(held.role, ()) and is_inside(seat.area, held.area)
        for held in actor.grants
    )


def may_give(actor: Actor) -> tuple[Role, ...]:
    """The roles the actor may invite others to, in the order of the field's list."""
    given = set().union(*(GIVES.get(held.role, ()) for held in actor.grants))
    return tuple(role for role in Role if role in given)


def giving_areas(actor: Actor, role: Role) -> tuple[str, ...]:
    """Paths within which the actor may give a role, the widest first."""
    held = {grant.area for grant in actor.grants if role in GIVES.get(grant.role, ())}
    widest = {area for area in held if not any(is_inside(area, o) for o in held - {area})}
    return tuple(sorted(widest))


def may_send_off(actor: Actor, about: PersonId, grants: Iterable[RoleGrant]) -> bool:
    """Whether the actor may say that somebody is away: whoever leads them in one working role."""
    return any(
        grant.role in WORKING_ROLES and may_decide(actor, grant, about) for grant in grants
    )
