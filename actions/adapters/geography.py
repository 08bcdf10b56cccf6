"""Where a pin lies: the grid that holds it and the nearest building or landmark (WGS-84)."""

from collections.abc import Iterator
from math import asin, cos, radians, sin, sqrt
from typing import Final

from shapely import Point, Polygon, STRtree

from actions.domain.community import Community
from actions.domain.place import Area, AreaKind, Landmark, Location

_EARTH_RADIUS_M: Final = 6_371_008.8
_NEAR_M: Final = 80.0
_METRES_A_DEGREE: Final = 110_000.0  #: a little less than a degree of latitude, so none is missed


class Geography:
    """An index over one community's polygons and points; built once, read by anybody."""

    def __init__(self, community: Community) -> None:
        self._grids = community.of_kind(AreaKind.GRID)
        self._grid_tree = STRtree([Polygon(grid.polygon) for grid in self._grids])
        self._spots = tuple(_spots(community))
        self._spot_tree = STRtree([Point(lon, lat) for _, lat, lon in self._spots])

    def grid_at(self, lat: float, lon: float) -> Area | None:
        """The grid that holds a point; on a shared border the one listed first."""
        found = self._grid_tree.query(Point(lon, lat), predicate="intersects")
        return self._grids[min(found)] if len(found) else None

    def nearest(self, lat: float, lon: float, within_m: float = _NEAR_M) -> Area | Landmark | None:
        """The closest building or landmark, if one is within `within_m` metres."""
        reach = within_m / (_METRES_A_DEGREE * max(cos(radians(lat)), 0.01))
        around = self._spot_tree.query(Point(lon, lat).buffer(reach))
        measured = [
            (_metres(lat, lon, spot_lat, spot_lon), index)
            for index in around
            for _, spot_lat, spot_lon in [self._spots[index]]
        ]
        metres, index = min(measured, default=(within_m + 1, -1))
        return self._spots[index][0] if metres <= within_m else None

    def locate(self, lat: float, lon: float, label: str = "") -> Location:
        """A pin as a location: with area and grid where they are known."""
        near, grid = self.nearest(lat, lon), self.grid_at(lat, lon)
        area = near.area if isinstance(near, Landmark) else near.code if near else None
        holding = grid.code if grid else near.grid if near else None
        return Location(area=area, grid=holding, label=label, lat=lat, lon=lon)


def _spots(community: Community) -> Iterator[tuple[Area | Landmark, float, float]]:
    spots: list[Area | Landmark] = [*community.of_kind(AreaKind.BUILDING)]
    for spot in spots + list(community.landmarks.values()):
        if spot.lat is not None and spot.lon is not None:
            yield spot, spot.lat, spot.lon


def _metres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great-circle distance."""
    north, east = radians(other_lat - lat), radians(other_lon - lon)
    chord = sin(north / 2) ** 2 + cos(radians(lat)) * cos(radians(other_lat)) * sin(east / 2) ** 2
    return 2 * _EARTH_RADIUS_M * asin(sqrt(chord))
