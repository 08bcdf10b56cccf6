"""Places: the tree of areas, buildings and landmarks, and where a matter is."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from actions.domain.identifiers import AreaCode


class AreaKind(StrEnum):
    """Levels of the area tree, widest first."""

    STREET = "street"
    COMMUNITY = "community"
    ESTATE = "estate"
    BUILDING = "building"
    GRID = "grid"


@dataclass(frozen=True, kw_only=True)
class Area:
    """A node of the area tree. `path` is the codes from the street down, '/'-joined."""

    code: AreaCode
    kind: AreaKind
    name: dict[str, str]
    path: str
    aliases: tuple[str, ...] = ()
    polygon: tuple[tuple[float, float], ...] = ()  #: (lon, lat) corners, WGS-84; grids only
    grid: AreaCode | None = None  #: the grid that serves an estate or building
    lat: float | None = None  #: where it stands, WGS-84; buildings only
    lon: float | None = None


@dataclass(frozen=True, kw_only=True)
class Landmark:
    """A named spot that is not a building: a gate, a bin room, a market."""

    code: str
    name: dict[str, str]
    aliases: tuple[str, ...]
    area: AreaCode
    grid: AreaCode
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, kw_only=True)
class Location:
    """Where a matter is: an area we know, words for the rest, maybe a pin."""

    area: AreaCode | None = None
    grid: AreaCode | None = None
    place: str = ""  #: code of the area or landmark that was meant, to name it in any language
    label: str = ""
    detail: str = ""
    lat: float | None = None
    lon: float | None = None

    @property
    def is_known(self) -> bool:
        """Precise enough to dispatch by: a known area or a pin inside a grid."""
        return self.grid is not None or self.area is not None

    @property
    def is_said(self) -> bool:
        """Something was said about it, even if no list knows the place."""
        return self.is_known or bool(self.label) or self.lat is not None


def is_inside(path: str, outer: str) -> bool:
    """Whether the area at `path` is `outer` or lies within it."""
    return path == outer or path.startswith(outer + "/")


def shared_path(paths: Sequence[str]) -> str:
    """The smallest area that holds them all."""
    steps = zip(*(path.split("/") for path in paths), strict=False)
    return "/".join(each[0] for each in takewhile(lambda each: len(set(each)) == 1, steps))
