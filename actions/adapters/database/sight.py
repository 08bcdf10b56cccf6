"""What somebody sees as staff, as a condition: `permissions.handles` for many tickets at once."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_

from actions.adapters.database.schema.matters import tickets
from actions.adapters.database.summaries import inside
from actions.adapters.database.unindexed import Unindexed
from actions.domain.category import FOR_FEW
from actions.domain.community import Community
from actions.domain.decision import ABOUT_STAFF
from actions.domain.people import Actor, Role, RoleGrant
from actions.domain.permissions import opened_by
from actions.domain.place import is_inside


def narrowing(name: str) -> ColumnElement[Any]:
    return Unindexed(tickets.c[name])


def in_sight(actor: Actor) -> ColumnElement[bool]:
    """Tickets the person handles, but for those that are about them: see `is_about`."""
    return or_(false(), _held(actor), *map(_overseen, sorted(actor.grants, key=str)))


def is_about(actor: Actor, recused: Sequence[int]) -> bool:
    return actor.person_id in recused


def _held(actor: Actor) -> ColumnElement[bool]:
    roles = sorted({grant.role.value for grant in actor.grants})
    if not actor.is_worker:
        return false()
    return and_(
        narrowing("assignee_id") == actor.person_id, narrowing("assignee_role").in_(["", *roles])
    )


def _overseen(grant: RoleGrant) -> ColumnElement[bool]:
    if grant.role in (Role.RES, Role.ANO):
        return false()
    opened: ColumnElement[bool] = narrowing("privacy").in_(sorted(opened_by(grant.role)))
    if grant.role is Role.GLD:
        opened = and_(opened, narrowing("category") != ABOUT_STAFF)
    if grant.role is Role.CHR:  # what was put before the committee by hand
        put = and_(narrowing("proposal") != "", narrowing("privacy").not_in(sorted(FOR_FEW)))
        opened = or_(opened, put)
    return and_(lies_in(grant.area), opened)


def lies_in(area: str) -> ColumnElement[bool]:
    """The ticket's own area or its grid is there."""
    return or_(inside(narrowing("area"), area), inside(narrowing("grid"), area))


def known_in(areas: Iterable[str], community: Community) -> ColumnElement[bool]:
    """As `lies_in`, by the names of all the places there, which an index can look up."""
    outer = list(areas)
    every = [*community.areas.values(), *community.former.areas.values()]
    paths = sorted({each.path for each in every if any(is_inside(each.path, o) for o in outer)})
    return or_(tickets.c.area.in_(paths), tickets.c.grid.in_(paths))
