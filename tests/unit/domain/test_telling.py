"""What is read out of words to know a matter again: things, marks, places."""

from pathlib import Path

import pytest

from actions.adapters.community_file import load_community
from actions.domain.community import Community
from actions.domain.going_on import speaks_of_what_goes_on
from actions.domain.identifiers import AreaCode
from actions.domain.marks import compare_marks, marks_in
from actions.domain.place import Location
from actions.domain.placing import at_place
from actions.domain.spot import Nearness, Spot, nearness
from actions.domain.telling import gist_of, spot_of, without_places
from actions.domain.things import things_in


@pytest.fixture(scope="module")
def community() -> Community:
    return load_community(Path("config/community.yml"))


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("2栋电梯坏了", "lift"),
        ("2座部𨋢壞咗", "lift"),
        ("the elevator is stuck", "lift"),
        ("楼梯扶手松了", "handrail"),
        ("樓梯扶手鬆咗", "handrail"),
        ("走廊railing松了", "handrail"),
        ("路灯不亮", "light"),
        ("盞燈唔着", "light"),
        ("Dogs barking all night", "barking"),
        ("消防车道停满车", "fire lane"),
    ],
)
def test_a_thing_is_known_by_its_names_in_every_language(text: str, thing: str) -> None:
    assert thing in things_in(text)


def test_the_rarer_thing_is_meant_where_words_overlap() -> None:
    assert things_in("一辆僵尸车") == ("wreck",)
    assert things_in("想加装电梯") == ("new lift",)


@pytest.mark.parametrize("text", ["", "你好", "OK", "((((", "a" * 5000])
def test_words_that_name_nothing_name_nothing(text: str) -> None:
    assert things_in(text) == ()


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("45栋三楼灯不亮", {"floor:3"}),
        ("46座3/F燈膽燒咗", {"floor:3"}),
        ("light out on the third floor", {"floor:3"}),
        ("Light out on the 7th floor", {"floor:7"}),
        ("6栋904弹琴", {"room:904", "floor:9"}),
        ("Flat 1201 is leaking", {"room:1201", "floor:12"}),
        ("二单元电梯坏了", {"unit:2"}),
        ("2号电梯坏了", {"one:2"}),
        ("靠东那部电梯", {"side:east"}),
        ("the lift on the left", {"hand:left"}),
        ("天台漏水", {"floor:roof"}),
        ("厕所漏水", {"room kind:bath"}),
        ("幸福路口的井盖没了", {"road:幸福"}),
        ("马路上走路的人摔了", set()),
        ("收了200元,楼上吵", set()),
    ],
)
def test_marks_say_which_of_several_it_is(text: str, marks: set[str]) -> None:
    assert marks_in(text) == marks


def test_marks_are_compared_kind_by_kind() -> None:
    assert compare_marks({"floor:3", "unit:2"}, {"floor:3", "unit:1"}) == (1, 1)
    assert compare_marks({"floor:3"}, {"side:east"}) == (0, 0)


def at(code: str, community: Community) -> Spot:
    place = community.landmarks.get(code) or community.areas[AreaCode(code)]
    return spot_of(at_place(place, community), community)


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("BL-45", "BL-45", Nearness.SAME),
        ("south-gate", "south-gate", Nearness.SAME),
        ("BL-44", "BL-50", Nearness.OTHER),
        ("south-gate", "north-gate", Nearness.OTHER),
        ("BL", "BL", Nearness.WIDE),
        ("BL", "BL-45", Nearness.WIDE),
        ("RY", "south-gate", Nearness.WIDE),
        ("BL", "RY-2", Nearness.OTHER),
    ],
)
def test_places_of_the_lists(community: Community, one: str, other: str, how: Nearness) -> None:
    assert nearness(at(one, community), at(other, community)) is how
    assert nearness(at(other, community), at(one, community)) is how


@pytest.mark.parametrize(
    ("one", "other", "how"),
    [
        ("建设路45号", "建设路45号门口", Nearness.SAME),
        ("建设路45号", "建设路8号", Nearness.OTHER),
        ("建设路", "幸福路口", Nearness.OTHER),
        ("12栋", "Block 12", Nearness.SAME),
        ("12栋", "15座", Nearness.OTHER),
        ("滨河路8号", "8 Station Road", Nearness.UNKNOWN),
        ("大门口", "小区门口", Nearness.UNKNOWN),
        ("", "12栋", Nearness.UNKNOWN),
    ],
)
def test_places_no_list_knows(one: str, other: str, how: Nearness) -> None:
    assert nearness(Spot(label=one), Spot(label=other)) is how


def test_pins_are_compared_by_metres() -> None:
    here, there = Spot(lat=22.5911, lon=113.0930), Spot(lat=22.5912, lon=113.0931)

    assert nearness(here, there) is Nearness.SAME
    assert nearness(here, Spot(lat=22.5917, lon=113.0930)) is Nearness.NEAR
    assert nearness(here, Spot(lat=22.5990, lon=113.0930)) is Nearness.OTHER


def test_a_place_of_the_lists_and_one_of_none(community: Community) -> None:
    shed = at("bike-shed", community)

    assert nearness(shed, Spot(label="车库")) is Nearness.OTHER
    assert nearness(shed, Spot(label="车棚那头")) is Nearness.UNKNOWN
    assert nearness(shed, Spot(label="小区门口")) is Nearness.UNKNOWN
    assert nearness(at("BL-45", community), Spot(label="12栋")) is Nearness.OTHER


def test_the_name_of_a_place_is_no_thing(community: Community) -> None:
    assert "垃圾房" not in without_places("垃圾房门口路灯不亮", community)
    assert gist_of("垃圾房门口路灯不亮", (), "PUB03", community)["things"] == ["light"]


def test_a_place_that_is_not_known_is_kept_by_its_words(community: Community) -> None:
    spot = spot_of(Location(label="建设路45号"), community)

    assert (spot.code, spot.label) == ("", "建设路45号")


@pytest.mark.parametrize(
    "words",
    ["还没修好", "仲係冇水", "it is still leaking", "昨天说的那个", "又響咗成晚,越嚟越嘈,再次投诉"],
)
def test_words_tell_that_it_goes_on(words: str) -> None:
    assert speaks_of_what_goes_on(words)


@pytest.mark.parametrize("words", ["45栋电梯坏了", "冇水", "the lift is stuck"])
def test_what_is_new_does_not_go_on(words: str) -> None:
    assert not speaks_of_what_goes_on(words)
