"""`Telling`: what of a matter is compared with another, none of it in anybody's words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from actions.domain.community import Community
from actions.domain.going_on import speaks_of_what_goes_on
from actions.domain.marks import marks_in
from actions.domain.money_words import speaks_of_money
from actions.domain.place import Area, AreaKind, Landmark, Location
from actions.domain.places_named import find_places
from actions.domain.spot import Spot
from actions.domain.things import things_in
from actions.domain.understood import Ranking

#: Leaves kept of a ranking; what comes after them weighs nothing.
_LEAVES_KEPT: Final = 6
#: Characters looked through; who goes on longer has said what it is.
_WORDS_READ: Final = 2000
_HAN: Final = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, kw_only=True)
class Telling:
    """`things` and `marks` are names out of our own lists; `vector` may be empty."""

    at: datetime
    leaves: Ranking = ()
    things: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    spot: Spot = field(default_factory=Spot)
    is_english: bool = False
    is_about_money: bool = False
    goes_on: bool = False  #: it speaks of something that was there before
    vector: tuple[float, ...] = ()


def gist_of(words: str, leaves: Ranking, category: str, community: Community) -> dict[str, Any]:
    """What is kept of a matter to know it again: names out of our own lists, no words."""
    words = words[:_WORDS_READ]
    return {
        "leaves": [list(pair) for pair in settled(leaves, category)],
        "things": list(things_in(without_places(words, community))),
        "marks": sorted(marks_in(words)),
        "english": not _HAN.search(words),
        "money": speaks_of_money(words),
        "goes_on": speaks_of_what_goes_on(words),
    }


def settled(leaves: Ranking, category: str) -> Ranking:
    """The ranking, unless somebody has said it is another kind."""
    if not leaves or leaves[0][0] != category:
        return ((category, 1.0),)
    return leaves[:_LEAVES_KEPT]


def telling_of(
    gist: Mapping[str, Any],
    category: str,
    spot: Spot,
    at: datetime,
    vector: Iterable[float] = (),
) -> Telling:
    """Out of what was kept; what was corrected since counts."""
    ranked = tuple((str(code), float(share)) for code, share in gist.get("leaves", ()))
    return Telling(
        at=at,
        leaves=settled(ranked, category),
        things=frozenset(gist.get("things", ())),
        marks=frozenset(gist.get("marks", ())),
        spot=spot,
        is_english=bool(gist.get("english", False)),
        is_about_money=bool(gist.get("money", False)),
        goes_on=bool(gist.get("goes_on", False)),
        vector=tuple(vector),
    )


def without_places(words: str, community: Community) -> str:
    """The lamp at the bin room is no rubbish: names of places are no things."""
    left = list(words)
    for match in find_places(words, community).matches:
        left[match.start : match.end] = " " * (match.end - match.start)
    return "".join(left)


def spot_of(location: Location, community: Community) -> Spot:
    code = location.place or location.area or ""
    landmark = community.landmark(location.place) if location.place else None
    area = community.areas.get(location.area) if location.area else None
    lies_in_building = area is not None and area.kind is AreaKind.BUILDING
    return Spot(
        code=str(code),
        path=area.path if area else "",
        is_wide=code not in community.landmarks and not lies_in_building,
        label=" ".join(_names_of(landmark or area)) or location.label,
        lat=location.lat,
        lon=location.lon,
    )


def _names_of(place: Area | Landmark | None) -> tuple[str, ...]:
    return (*place.name.values(), *place.aliases) if place else ()
