"""Read the places of a community: street, community, estates, grids, buildings, landmarks."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from actions.adapters.yaml_node import Node
from actions.domain.identifiers import AreaCode
from actions.domain.place import Area, AreaKind, Landmark

_PAIR: Final = 2
_CHINA_IS_EAST_OF: Final = 70  #: a pair whose first number exceeds this is longitude first


def read_areas(root: Node, locales: tuple[str, ...]) -> Mapping[AreaCode, Area]:
    """Every area by its code, outer ones first."""
    reader = _AreaReader(locales)
    street = reader.read(root.child("street"), AreaKind.STREET, None)
    community = reader.read(root.child("community"), AreaKind.COMMUNITY, street)
    for node in root.child("estates").each():
        estate = reader.read(node, AreaKind.ESTATE, community)
        for grid in node.child("grids").each():
            reader.read(grid, AreaKind.GRID, estate)
        for building in node.child("buildings").each():
            reader.read(building, AreaKind.BUILDING, estate)
    return MappingProxyType(reader.areas)


def read_landmarks(node: Node, locales: tuple[str, ...]) -> Mapping[str, Landmark]:
    """Every landmark by its code."""
    found: dict[str, Landmark] = {}
    for entry in node.each():
        entry.only("code", "area", "grid", "at", "name", "aliases")
        lat, lon = _at(entry)
        code = entry.child("code").text()
        if code in found:
            entry.report(f"{code} is used twice")
        found[code] = Landmark(
            code=code,
            name=entry.names("name", locales),
            aliases=entry.texts("aliases"),
            area=AreaCode(entry.child("area").text()),
            grid=AreaCode(entry.child("grid").text()),
            lat=lat,
            lon=lon,
        )
    return MappingProxyType(found)


class _AreaReader:
    def __init__(self, locales: tuple[str, ...]) -> None:
        self.areas: dict[AreaCode, Area] = {}
        self._locales = locales

    def read(self, node: Node, kind: AreaKind, outer: Area | None) -> Area:
        node.only("code", "name", "aliases", "grids", "buildings", "grid", "at", "polygon")
        code = AreaCode(node.child("code").text())
        if code in self.areas:
            node.report(f"{code} is used twice")
        if "/" in code:
            node.report("a code may not hold a slash")
        grid = node.child("grid").text() if kind is AreaKind.BUILDING else ""
        lat, lon = _at(node)
        area = Area(
            code=code,
            kind=kind,
            name=node.names("name", self._locales),
            path=f"{outer.path}/{code}" if outer else code,
            aliases=node.texts("aliases"),
            polygon=_polygon(node) if kind is AreaKind.GRID else (),
            grid=AreaCode(grid) if grid else None,
            lat=lat,
            lon=lon,
        )
        self.areas[code] = area
        return area


def _at(node: Node) -> tuple[float | None, float | None]:
    at = node.maybe("at")
    if at is None:
        return None, None
    pair = _pair(at, "latitude first, then longitude")
    if pair is None:
        return None, None
    lat, lon = pair
    if lat > _CHINA_IS_EAST_OF:
        at.report("latitude comes first here")
    return lat, lon


def _polygon(node: Node) -> tuple[tuple[float, float], ...]:
    child = node.child("polygon")
    corners = [_pair(corner, "longitude first, then latitude") for corner in child.each()]
    found = tuple(corner for corner in corners if corner)
    if any(lon < _CHINA_IS_EAST_OF for lon, _ in found):
        child.report("longitude comes first here")
    return found


def _pair(node: Node, words: str) -> tuple[float, float] | None:
    numbers = [entry.number() for entry in node.each()]
    if len(numbers) != _PAIR:
        node.report(f"expected two numbers, {words}")
        return None
    return numbers[0], numbers[1]
