"""Whether two places told of are the same one."""

from dataclasses import dataclass
from enum import StrEnum
from math import cos, hypot, radians
from typing import Final

from actions.domain.place import is_inside
from actions.domain.place_names import names_alike

_METRES_A_DEGREE: Final = 111_195.0
#: A pin is set by thumb and by a phone's guess: this far apart it may be the same thing.
_ONE_SPOT_M: Final = 40.0
_NEAR_M: Final = 90.0


class Nearness(StrEnum):
    """How two places stand to each other."""

    SAME = "same"
    WIDE = "wide"  #: one holds the other, or both are as wide as an estate
    NEAR = "near"  #: not the same, but within sight
    OTHER = "other"
    UNKNOWN = "unknown"  #: of one at least too little is known


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A place as far as it is known: its code, its path in the tree of areas, words, a pin."""

    code: str = ""  #: of the building, landmark or area
    path: str = ""
    is_wide: bool = False  #: an estate or more: many things of a kind stand in it
    label: str = ""  #: all its names; the words said where no list knows it
    lat: float | None = None
    lon: float | None = None


def nearness(one: Spot, other: Spot) -> Nearness:
    if one.code and other.code:
        return _of_known(one, other)
    metres = _metres(one, other)
    if metres is not None:
        return _by_distance(metres)
    alike = names_alike(one.label, other.label, listed=bool(one.code or other.code))
    if alike is None:
        return Nearness.UNKNOWN
    return Nearness.SAME if alike else Nearness.OTHER


def _of_known(one: Spot, other: Spot) -> Nearness:
    if one.code == other.code:
        return Nearness.WIDE if one.is_wide else Nearness.SAME
    for inner, outer in ((one, other), (other, one)):
        if outer.is_wide and inner.path and is_inside(inner.path, outer.path):
            return Nearness.WIDE
    metres = _metres(one, other)
    # Two buildings are two places however close they stand.
    is_near = metres is not None and metres <= _NEAR_M
    return Nearness.NEAR if is_near else Nearness.OTHER


def _metres(one: Spot, other: Spot) -> float | None:
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    shrink = cos(radians((one.lat + other.lat) / 2))
    return _METRES_A_DEGREE * hypot(one.lat - other.lat, (one.lon - other.lon) * shrink)


def _by_distance(metres: float) -> Nearness:
    if metres <= _ONE_SPOT_M:
        return Nearness.SAME
    return Nearness.NEAR if metres <= _NEAR_M else Nearness.OTHER
