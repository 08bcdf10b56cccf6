"""Places are found by any of their names, and the words for floor and room are kept."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.adapters.community_file import load_community
from actions.domain.building_words import building_number
from actions.domain.chinese_number import number_of
from actions.domain.community import Community
from actions.domain.places_named import find_places
from tests.growth import times_dearer

DEMO = Path(__file__).parents[3] / "config/community.yml"


@pytest.fixture(scope="module")
def community() -> Community:
    return load_community(DEMO)


@pytest.mark.parametrize(
    ("text", "places", "detail"),
    [
        ("45栋楼梯扶手松了,我妈早上差点摔下去", ["BL-45"], "楼梯"),
        ("搬了,现在是6栋904", ["RY-6"], "904"),
        ("lift 2座又壞咗", ["RY-2"], ""),
        ("二座嘅垃圾房好臭", ["RY-2"], "垃圾房"),
        ("第四十五棟 2单元1203室", ["BL-45"], "2单元1203室"),
        ("Block 45, Flat 12B", ["BL-45"], "Flat 12B"),
        ("blk.45 3/F", ["BL-45"], "3/F"),
        ("third floor of tower 7", ["XT-7"], "third floor"),
        ("Ｂｌｏｃｋ　４５", ["BL-45"], ""),
        ("４５栋", ["BL-45"], ""),
        ("四五栋", ["BL-45"], ""),
        ("45號樓", ["BL-45"], ""),
        ("45#楼", ["BL-45"], ""),
        ("50幢後樓梯 5樓", ["BL-50"], "後樓梯 5樓"),
        ("6-904", ["RY-6"], "904"),
        ("2-1-904", ["RY-2"], "904"),
        ("三楼转角,螺丝掉光了", [], "三楼转角"),
        ("白鹭新村", ["BL"], ""),
        ("白鷺新村45座", ["BL-45"], ""),
        ("白鹭新村6栋漏水", ["BL"], "白鹭新村6栋"),
        ("南門口有人擺檔", ["south-gate"], ""),
        ("街市門口", ["market"], "門口"),
        ("behind the basketball court", ["ball-court"], "behind"),
        ("3号网格", ["G3"], ""),
        ("临江社区", ["LJ"], ""),
        ("不是2栋,是6栋", ["RY-6"], ""),
        ("唔係2座,係6座", ["RY-6"], ""),
        ("45、46栋停水", ["BL"], "45、46栋"),
        ("45栋和46栋都停水", ["BL"], "45栋、46栋"),
        ("99栋没电", [], ""),
        ("这一栋楼没电", [], ""),
        ("有一座垃圾山", [], ""),
        ("一座桥", [], ""),
        ("two markets", [], ""),
        ("6-11-2026 开会", [], ""),
        ("补助5000-6000元", [], ""),
        ("", [], ""),
    ],
)
def test_the_place_meant_is_found(
    community: Community, text: str, places: list[str], detail: str
) -> None:
    named = find_places(text, community)
    assert (list(named.places), named.detail) == (places, detail)


def test_a_number_two_estates_share_is_ambiguous(community: Community) -> None:
    named = find_places("3栋没水", community)
    assert named.places == ("RY-3", "XT-3")
    assert named.matches[0].is_ambiguous


@pytest.mark.parametrize(
    "text", ["榕苑3栋", "榕苑的3栋", "榕苑小区 3座", "Banyan Court, Block 3", "榕苑这边,3栋没水"]
)
def test_the_estate_named_beside_it_settles_which(community: Community, text: str) -> None:
    assert find_places(text, community).places == ("RY-3",)


def test_buildings_of_two_estates_are_left_to_choose_from(community: Community) -> None:
    assert find_places("1座 and 2座 no water", community).places == ("XT-1", "RY-2")


def test_offsets_count_the_original_text(community: Community) -> None:
    text = "噢\u200b,係 新汀花園 ７座 嗰度"
    (match,) = find_places(text, community).matches
    assert text[match.start : match.end] == "新汀花園 ７座"


def test_every_name_and_alias_finds_its_own_place(community: Community) -> None:
    for spot in (*community.areas.values(), *community.landmarks.values()):
        for name in (*spot.name.values(), *spot.aliases):
            if spot.code != "RT":
                assert spot.code in find_places(name, community).places, name


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("四十五", 45),
        ("十五", 15),
        ("廿六", 26),
        ("一百二十三", 123),
        ("二〇三", 203),
        ("12", 12),
        ("两", 2),
        ("一百零五", 105),
        ("", None),
        ("甲", None),
    ],
)
def test_chinese_numbers_are_read(text: str, value: int | None) -> None:
    assert number_of(text) == value


@given(st.integers(0, 999))
def test_plain_digits_read_as_themselves(n: int) -> None:
    assert number_of(str(n)) == n


def test_lettered_blocks_have_their_letter_as_number() -> None:
    assert building_number("A座") == "A"
    assert building_number("南门") is None


@given(st.text(max_size=80))
def test_any_text_can_be_searched(community: Community, text: str) -> None:
    for match in find_places(text, community).matches:
        assert 0 <= match.start < match.end <= len(text)


@pytest.mark.parametrize(
    "unit", ["1", "一", "1、", "Block ", "6-", "T", "a", "3楼", " ", "45栋", "白鹭新村"]
)
def test_hostile_texts_take_linear_time(community: Community, unit: str) -> None:
    assert times_dearer(lambda text: find_places(text, community), unit) < 30
