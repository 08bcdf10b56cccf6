"""Cross-checks of a community: references, polygons, and that somebody owns every matter."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import combinations
from typing import Final

from shapely import Polygon

from actions.domain.category import IssueCategory, Urgency
from actions.domain.community import Community
from actions.domain.decision import ABOUT_STAFF, BEYOND_REMIT, UNCLASSIFIED
from actions.domain.emergency import KINDS
from actions.domain.place import Area, AreaKind, is_inside
from actions.domain.roster import RosterEntry

_CORNERS: Final = 3
_SLIVER: Final = 1e-11  #: square degrees, about a tenth of a square metre
#: Questions, praise, what has a door, emergencies: a community may drop any other category.
_FILED_UNDER: Final = frozenset(
    {"OTH01", "OTH02", ABOUT_STAFF, BEYOND_REMIT, UNCLASSIFIED, *(k.leaf for k in KINDS.values())}
)
_A_MONDAY: Final = datetime(2026, 3, 1, 16, tzinfo=UTC)


def check(community: Community) -> Iterator[str]:
    """What is wrong although every single value is well formed."""
    yield from _unknown_areas(community)
    yield from _unknown_codes(community)
    yield from _indispensable(community)
    yield from _polygons(community)
    yield from _names(community)
    if not [*_unknown_areas(community), *_unknown_codes(community)]:
        yield from _unowned(community)
        yield from _unwatched(community)


def _unknown_areas(community: Community) -> Iterator[str]:
    for building in community.of_kind(AreaKind.BUILDING):
        grid = community.areas.get(building.grid) if building.grid else None
        if grid is None or grid.kind is not AreaKind.GRID:
            yield f"building {building.code}: no such grid: {building.grid}"
    for landmark in community.landmarks.values():
        if landmark.area not in community.areas:
            yield f"landmark {landmark.code}: no such area: {landmark.area}"
        grid = community.areas.get(landmark.grid)
        if grid is None or grid.kind is not AreaKind.GRID:
            yield f"landmark {landmark.code}: no such grid: {landmark.grid}"
    for entry in community.roster.values():
        for area in entry.areas:
            if area not in community.areas:
                yield f"roster {entry.key}: no such area: {area}"


def _unknown_codes(community: Community) -> Iterator[str]:
    tops = {category.top for category in community.categories.values()}
    for entry in community.roster.values():
        for skill in sorted(entry.skills - tops - set(community.categories)):
            yield f"roster {entry.key}: no such skill: {skill}"
        if entry.shift not in community.shifts:
            yield f"roster {entry.key}: no such shift: {entry.shift}"
    on_call = {key for turn in community.duty for key in turn.people}
    for key in sorted(on_call - set(community.roster)):
        yield f"duty_roster: nobody is called {key}"
    yield from _unknown_leaves(community)
    for key in ("110", "119", "120"):
        if key not in community.emergency_numbers:
            yield f"emergency_numbers: {key} is missing"


def _unknown_leaves(community: Community) -> Iterator[str]:
    for door in community.doors:
        for leaf in sorted(set(door.leaves) - set(community.categories)):
            yield f"door {door.key}: no such category: {leaf}"


def _indispensable(community: Community) -> Iterator[str]:
    """Codes the product itself files under, and successors that have to exist."""
    for leaf in sorted(_FILED_UNDER - set(community.categories)):
        yield f"categories: {leaf} is missing; matters are filed under it by rule"
    for old, new in community.retired.items():
        if old in community.categories:
            yield f"retired: {old} is still among the categories"
        if new not in community.categories:
            yield f"retired: no such category to follow {old}: {new}"


def _polygons(community: Community) -> Iterator[str]:
    shapes: dict[str, Polygon] = {}
    for grid in community.of_kind(AreaKind.GRID):
        if len(grid.polygon) < _CORNERS:
            yield f"grid {grid.code}: a polygon needs three corners"
            continue
        shape = Polygon(grid.polygon)
        if not shape.is_valid or shape.area == 0:
            yield f"grid {grid.code}: the polygon crosses itself or is empty"
        else:
            shapes[grid.code] = shape
    for (one, a), (two, b) in combinations(shapes.items(), 2):
        if a.intersection(b).area > _SLIVER:
            yield f"grids {one} and {two} overlap"


def _names(community: Community) -> Iterator[str]:
    """Within an estate no two areas may share a name; landmarks may not share one anywhere."""
    for estate in community.of_kind(AreaKind.ESTATE):
        buildings = community.of_kind(AreaKind.BUILDING, inside=estate.code)
        for one, two in combinations(buildings, 2):
            for word in sorted(_words(one) & _words(two)):
                yield f"estate {estate.code}: {one.code} and {two.code} are both called {word}"
    for left, right in combinations(community.landmarks.values(), 2):
        shared = {*left.name.values(), *left.aliases} & {*right.name.values(), *right.aliases}
        for word in sorted(shared):
            yield f"landmarks {left.code} and {right.code} are both called {word}"


def _words(area: Area) -> set[str]:
    return {*area.name.values(), *area.aliases}


def _unowned(community: Community) -> Iterator[str]:
    """Every first owner must exist for every grid; the ladder is for bad days, not for gaps."""
    for category in community.categories.values():
        for grid in community.of_kind(AreaKind.GRID):
            if not any(
                _owns(entry, category, grid, community) for entry in community.roster.values()
            ):
                yield f"roster: nobody is {category.owner_role} for {category.code} in {grid.code}"


def _owns(entry: RosterEntry, category: IssueCategory, grid: Area, community: Community) -> bool:
    skilled = not entry.skills or bool(entry.skills & {category.code, category.top})
    return (
        skilled
        and category.owner_role in entry.roles
        and any(is_inside(grid.path, community.path(area)) for area in entry.areas)
    )


def _unwatched(community: Community) -> Iterator[str]:
    """Emergencies need their owner's role on duty at every hour of the week."""
    emergencies = [c for c in community.categories.values() if c.urgency is Urgency.E]
    for role in sorted({category.owner_role for category in emergencies}):
        for hour in range(7 * 24):
            at = _A_MONDAY + timedelta(hours=hour)
            present = community.on_duty(at)
            if not any(role in community.roster[key].roles for key in present):
                when = at.astimezone(community.hours.timezone)
                yield f"duty_roster: no {role} on duty on {when:%A} at {when:%H:%M}"
                break
