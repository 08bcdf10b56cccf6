"""Placing: from what was said or picked to a `Location` a ticket can be dispatched by."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from actions.domain.community import Community
from actions.domain.identifiers import AreaCode
from actions.domain.place import Area, Landmark, Location

#: The language place labels are kept in; readers see the name in their own where it is known.
LABEL_LOCALE = "zh-CN"


def at_place(
    place: Area | Landmark, community: Community, *, detail: str = "", locale: str = LABEL_LOCALE
) -> Location:
    """The location of an area or landmark we know, with the rest of the words as detail."""
    if isinstance(place, Landmark):
        return Location(
            area=place.area,
            grid=place.grid,
            place=place.code,
            label=place.name[locale],
            detail=detail,
            lat=place.lat,
            lon=place.lon,
        )
    grids = community.grids_for(place.code)
    return Location(
        area=place.code,
        grid=grids[0].code if len(grids) == 1 else None,
        place=place.code,
        label=community.label(place.code, locale),
        detail=detail,
        lat=place.lat,
        lon=place.lon,
    )


def place_called(code: str, community: Community) -> Area | Landmark | None:
    """The area or landmark with this code."""
    return community.landmarks.get(code) or community.areas.get(AreaCode(code))


def paths_of(location: Location, community: Community) -> tuple[str, str]:
    """(area path, grid path) of a location; empty where nothing is known."""
    area = community.path(location.area) if location.area else ""
    grid = community.path(location.grid) if location.grid else ""
    return area, grid


def code_of(location: Mapping[str, Any]) -> str:
    """The code of the place as anybody may hear it; empty when it is known by words only."""
    return str(location.get("place") or location.get("area") or location.get("grid") or "")


def as_json(location: Location) -> dict[str, object]:
    """A location as a ticket's entries keep it."""
    return {field.name: getattr(location, field.name) for field in fields(location)}
