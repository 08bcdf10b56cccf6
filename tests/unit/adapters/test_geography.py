"""A pin finds its grid and the building it stands next to."""

from pathlib import Path

import pytest

from actions.adapters.community_file import load_community
from actions.adapters.geography import Geography
from actions.domain.community import Community
from actions.domain.place import AreaKind

DEMO = Path(__file__).parents[3] / "config/community.yml"


@pytest.fixture(scope="module")
def community() -> Community:
    return load_community(DEMO)


@pytest.fixture(scope="module")
def geography(community: Community) -> Geography:
    return Geography(community)


def test_every_building_and_landmark_lies_in_its_own_grid(
    community: Community, geography: Geography
) -> None:
    for spot in (*community.of_kind(AreaKind.BUILDING), *community.landmarks.values()):
        assert spot.lat is not None
        assert spot.lon is not None
        grid = geography.grid_at(spot.lat, spot.lon)
        assert grid is not None
        assert grid.code == spot.grid


def test_a_point_outside_has_no_grid(geography: Geography) -> None:
    assert geography.grid_at(22.6, 113.2) is None


def test_a_point_on_a_shared_border_belongs_to_the_first_grid(geography: Geography) -> None:
    grid = geography.grid_at(22.5926, 113.0921)
    assert grid is not None
    assert grid.code == "G1"


def test_the_nearest_spot_is_found_within_eighty_metres(geography: Geography) -> None:
    beside = geography.nearest(22.59112, 113.0931)
    assert beside is not None
    assert beside.code == "BL-45"
    assert geography.nearest(22.5988, 113.0930) is None
    far = geography.nearest(22.5988, 113.0930, within_m=1000)
    assert far is not None
    assert far.code == "north-gate"


def test_a_pin_becomes_a_location(geography: Geography) -> None:
    pin = geography.locate(22.59112, 113.0931, "楼下")
    assert (pin.area, pin.grid, pin.label, pin.lat) == ("BL-45", "G3", "楼下", 22.59112)
    gate = geography.locate(22.5901, 113.0910)
    assert (gate.area, gate.grid) == ("RY", "G1")
    outside = geography.locate(23.0, 114.0)
    assert (outside.area, outside.grid, outside.is_known) == (None, None, False)
