"""Whether two places told of are the same one."""

import re
from dataclasses import dataclass
from enum import StrEnum
from math import cos, hypot, radians
from typing import Final

from actions.domain.building_words import building_words
from actions.domain.folding import fold
from actions.domain.place import is_inside
from actions.domain.script import SIMPLIFIED

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
    UNLISTED = "unlisted"  #: one stands in the community's lists, the other is words
    UNKNOWN = "unknown"  #: of one at least nothing is known


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A place as far as it is known: its code, its path in the tree of areas, words, a pin."""

    code: str = ""  #: of the building, landmark or area
    path: str = ""
    is_wide: bool = False  #: an estate or more: many things of a kind stand in it
    label: str = ""  #: the words for a place no list knows
    lat: float | None = None
    lon: float | None = None


def nearness(one: Spot, other: Spot) -> Nearness:
    if one.code and other.code:
        return _of_known(one, other)
    metres = _metres(one, other)
    if metres is not None:
        return _by_distance(metres)
    if not one.label or not other.label:
        return Nearness.UNKNOWN
    found = _of_words(one.label, other.label)
    is_listed = bool(one.code or other.code)
    return Nearness.UNLISTED if found is Nearness.UNKNOWN and is_listed else found


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


def _of_words(one: str, other: str) -> Nearness:
    """Places of which at least one stands in no list: by their numbers, then by proper names."""
    first, second = fold(one, SIMPLIFIED).text, fold(other, SIMPLIFIED).text
    numbers = _numbers(first), _numbers(second)
    names = _names(first), _names(second)
    if all(numbers) and not numbers[0] & numbers[1]:
        return Nearness.OTHER
    if all(names) and not _share(*names):
        return Nearness.OTHER
    if all(names):
        return Nearness.SAME
    # A number alone says as much only where nothing else is named: 12栋, Block 12.
    bare = not any(names) and _is_latin(first) == _is_latin(second)
    return Nearness.SAME if all(numbers) and bare else Nearness.UNKNOWN


def _numbers(plain: str) -> set[str]:
    return {each.number for each in building_words(plain)} | set(re.findall(r"\d+", plain))


#: What makes a name a name: 幸福 of 幸福路, 翠湖 of 翠湖苑; never the bare kind of place.
_NAME: Final = re.compile(
    r"([\u3400-\u9fff]{2,4}?)(?:路口|路|街|大道|道口|巷|里弄|苑|园|村|公寓|大厦|广场|市场|学校|小学|中学|医院)"
)
_NOT_A_NAME: Final = frozenset("这那本我你一十字的门旁边前后小大公停车路人行")


def _names(plain: str) -> set[str]:
    found = (match[1] for match in _NAME.finditer(plain))
    return {name for name in found if not _NOT_A_NAME & set(name)}


def _is_latin(plain: str) -> bool:
    return plain.isascii() and not re.match(r"(?:BLOCK|BLK|TOWER|BUILDING|T) ?\d", plain)


def _share(first: set[str], second: set[str]) -> bool:
    return any(one in other or other in one for one in first for other in second)
