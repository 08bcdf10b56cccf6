"""Seating: who may give a role, confirm it and take it back, and where. Pure policy, one table."""

from collections.abc import Iterable, Mapping
from typing import Final

from actions.domain.community import Community
from actions.domain.identifiers import AreaCode, PersonId
from actions.domain.people import WORKING_ROLES, Actor, Role, RoleGrant
from actions.domain.place import AreaKind, is_inside

#: Those who work in one grid: whoever leads it knows them.
_OF_A_GRID: Final = frozenset({Role.GWF, Role.GWP, Role.CAP, Role.VOL})
#: Those a community works with.
_OF_A_COMMUNITY: Final = _OF_A_GRID | {
    Role.GLD, Role.PRM, Role.OWC, Role.REP, Role.PBR, Role.CHR, Role.DEP, Role.ADV, Role.POL,
    Role.DPT,
}  # fmt: skip
#: Roles that see across everybody: good for the whole community or street, never for less.
WIDE: Final = frozenset({Role.ADM, Role.PRV, Role.RVW, Role.SUP, Role.DSP})
#: Of the wide ones, those who sit at the street.
_AT_THE_STREET: Final = frozenset({Role.PRV, Role.SUP, Role.DSP})
#: A sealed reporter is nobody's to appoint; everybody is a resident without a seat.
GIVEN: Final = frozenset(Role) - {Role.ANO}
SEATS: Final = GIVEN - {Role.RES}

#: Who gives which roles, the nearest level first.
GIVES: Final[Mapping[Role, frozenset[Role]]] = {
    Role.GLD: _OF_A_GRID,
    Role.CMT: _OF_A_COMMUNITY,
    Role.ADM: GIVEN,
}

#: What kind of area a role is usually given for; the others are for the whole community.
KIND_OF: Final[Mapping[Role, AreaKind]] = {
    Role.GWF: AreaKind.GRID,
    Role.GWP: AreaKind.GRID,
    Role.GLD: AreaKind.GRID,
    Role.CAP: AreaKind.BUILDING,
    Role.PRM: AreaKind.ESTATE,
    Role.OWC: AreaKind.ESTATE,
    Role.REP: AreaKind.ESTATE,
}


def deciders(role: Role) -> tuple[Role, ...]:
    """Who may give, confirm and take back a role, the nearest level first."""
    return tuple(decider for decider, given in GIVES.items() if role in given)


def may_decide(actor: Actor, seat: RoleGrant, about: PersonId, community: Community) -> bool:
    """Whether the actor decides on somebody's seat; nobody decides on their own."""
    around = surroundings(seat.area, community)
    return actor.person_id != about and any(
        seat.role in GIVES.get(held.role, ()) and any(is_inside(each, held.area) for each in around)
        for held in actor.grants
    )


def may_give(actor: Actor) -> tuple[Role, ...]:
    """The roles the actor may invite others to, in the order of the field's list."""
    given = {role for held in actor.grants for role in GIVES.get(held.role, ())}
    return tuple(role for role in Role if role in given & SEATS)


def giving_areas(actor: Actor, role: Role) -> tuple[str, ...]:
    """Paths within which the actor may give a role, none inside another."""
    held = {grant.area for grant in actor.grants if role in GIVES.get(grant.role, ())}
    widest = {area for area in held if not any(is_inside(area, o) for o in held - {area})}
    return tuple(sorted(widest))


def may_send_off(
    actor: Actor, about: PersonId, grants: Iterable[RoleGrant], community: Community
) -> bool:
    """Whether the actor may say that somebody is away: whoever leads them in one working role."""
    return any(
        grant.role in WORKING_ROLES and may_decide(actor, grant, about, community)
        for grant in grants
    )


def surroundings(path: str, community: Community) -> tuple[str, ...]:
    """The area itself and the grid that serves it: whoever leads a grid leads its buildings.

    Of the street, as far as this house goes, there is only the community.
    """
    if is_inside(community.root, path):
        return (path, community.root)
    area = community.areas.get(AreaCode(path.rpartition("/")[2]))
    if area is None or not area.grid:
        return (path,)
    return (path, community.path(area.grid))


def reach(path: str, community: Community) -> tuple[str, ...]:
    """The area, and the buildings of a grid, which lie beside it and not inside."""
    code = path.rpartition("/")[2]
    return (path, *(area.path for area in community.areas.values() if area.grid == code))


def usual_area(role: Role, community: Community) -> str:
    """The area a role is given for when none is named."""
    street = community.root.rpartition("/")[0] or community.root
    return street if role in _AT_THE_STREET else community.root


def is_wide_enough(role: Role, path: str, community: Community) -> bool:
    """Whether a role may be given for an area: those who see across everybody see everybody."""
    return role not in WIDE or is_inside(community.root, path)


def areas_to_give(actor: Actor, role: Role, community: Community) -> tuple[str, ...]:
    """Areas to choose from for a new seat, the widest first."""
    found: dict[str, None] = {}
    for held in giving_areas(actor, role):
        kind = KIND_OF.get(role)
        if role is not Role.CAP and is_wide_enough(role, held, community):
            found[held] = None
        for area in community.areas.values():
            near = surroundings(area.path, community)
            if area.kind is kind and any(is_inside(each, held) for each in near):
                found[area.path] = None
    return tuple(found)
