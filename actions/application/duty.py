"""The duty desk: who answers when somebody of an area asks for a person."""

from collections.abc import Collection, Sequence
from typing import Final

from actions.application.colleagues import one_each
from actions.application.unit_of_work import UnitOfWork
from actions.domain.dispatch import Candidate
from actions.domain.identifiers import AreaCode, PersonId
from actions.domain.people import WORKING_ROLES, Actor, Role
from actions.domain.place import is_inside

#: Whom to ask, the likeliest first; the last rung is anybody who works here.
RUNGS: Final[tuple[tuple[Role, ...], ...]] = (
    (Role.GWF, Role.GWP), (Role.GLD,), (Role.CMT,), (Role.DSP,), tuple(sorted(WORKING_ROLES)),
)  # fmt: skip
#: When the first asked did not answer in time.
UPWARDS: Final = RUNGS[1:]
_TOLD: Final = 3


def desk_of(home: str, uow: UnitOfWork) -> str:
    """The path whose workers serve a home: its grid, or the community when it is unknown."""
    code = AreaCode(home)
    if code not in uow.community.areas:
        return uow.community.root
    grids = uow.community.grids_for(code)
    return grids[0].path if len(grids) == 1 else uow.community.path(code)


async def duty_workers(
    uow: UnitOfWork,
    area: str,
    rungs: Sequence[tuple[Role, ...]] = RUNGS,
    *,
    excluding: Collection[PersonId] = (),
) -> list[Candidate]:
    """The first rung with somebody on duty here; else with somebody not away; else anybody."""
    here = [
        c
        for c in await uow.people.candidates(uow.now)
        if _serves(c.areas, area, uow) and c.person_id not in excluding
    ]
    here.sort(key=lambda c: (c.away, not c.on_duty, c.load, c.person_id))
    for pool in (
        [c for c in here if c.on_duty and not c.away],
        [c for c in here if not c.away],
        here,
    ):
        for rung in rungs:
            found = one_each(c for c in pool if c.role in rung)
            if found:
                return found[:_TOLD]
    return []


def role_at(actor: Actor, area: str, uow: UnitOfWork) -> Role | None:
    """In which working role the person serves an area, if any."""
    roles = sorted(
        grant.role
        for grant in actor.grants
        if grant.role in WORKING_ROLES and _serves({grant.area}, area, uow)
    )
    return roles[0] if roles else None


def _serves(areas: set[str] | frozenset[str], area: str, uow: UnitOfWork) -> bool:
    """Whoever's home is unknown may be served by any grid of the community."""
    if any(is_inside(area, mine) for mine in areas):
        return True
    return area == uow.community.root and any(is_inside(mine, area) for mine in areas)
