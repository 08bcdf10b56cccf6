"""Places, times and telephone numbers, with offsets into what was typed."""

from datetime import datetime

import pytest

from nlu.components.entity_extractor import extract
from nlu.components.gazetteer import Gazetteer
from nlu.components.place_patterns import to_digits, without_addresses
from nlu.components.places import PlaceFinder
from nlu.components.text_normalizer import normalise

NOW = datetime.fromisoformat("2026-11-20T09:00")
COMMUNITY = {
    "estates": [
        {
            "name": "福安花园",
            "aliases": ["福安"],
            "buildings": [{"name": "3栋", "aliases": ["C座"]}, "4栋"],
        },
        {"name": "怡景苑", "buildings": [{"name": "3栋"}]},
    ],
    "landmarks": [{"name": "榕树头", "aliases": ["大榕树"]}],
}


def found(text, community=None):
    return extract(text, normalise(text), PlaceFinder(Gazetteer(community or {})), NOW)


def places(text, community=None):
    return [entity["value"] for entity in found(text, community) if entity["kind"] == "location"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("45栋楼梯扶手松了", {"building": "45"}),
        ("二十三栋楼道堆满杂物", {"building": "23"}),
        ("三单元四楼灯坏了", {"unit": "3", "floor": "4"}),
        ("3号楼2单元501漏水", {"building": "3", "unit": "2", "room": "501"}),
        ("5-2-301漏水", {"building": "5", "unit": "2", "room": "301"}),
        ("A座1502室漏水", {"building": "A", "room": "1502"}),
        ("Block 5 Unit 1203 no water", {"building": "5", "room": "1203"}),
        ("18/F, Tower 2 no water", {"floor": "18", "building": "2"}),
        ("5座樓下好嘈", {"building": "5"}),
    ],
)
def test_an_address_becomes_its_parts(text, value):
    assert places(text) == [value]


@pytest.mark.parametrize(
    "text", ["地铁1号线太挤", "8号晚上停水", "我们小区太吵", "楼上漏水", "你好"]
)
def test_what_is_no_address_gives_none(text):
    assert places(text) == []


def test_the_communitys_own_names_come_with_their_estate():
    assert places("福安C座电梯坏了", COMMUNITY) == [{"estate": "福安花园", "building": "3"}]
    assert places("大榕树旁边太黑", COMMUNITY) == [{"landmark": "榕树头"}]


def test_a_building_name_of_two_estates_does_not_choose_one():
    assert places("3栋停水", COMMUNITY) == [{"building": "3"}]
    assert places("怡景苑3栋停水", COMMUNITY) == [{"estate": "怡景苑", "building": "3"}]


def test_names_may_be_given_for_each_language():
    estate = {"code": "BL", "name": {"zh-CN": "白鹭新村", "en": "Egret Village"}}
    estate["buildings"] = [{"code": "BL-45", "name": {"zh-CN": "45栋", "en": "Block 45"}}]
    community = {"estates": [estate]}
    found = [{"building": "45", "estate": "白鹭新村", "code": "BL-45"}]
    assert places("45栋楼梯扶手松了", community) == found
    assert places("block 45 handrail loose", community) == found
    assert places("Egret Village has no water", community) == [{"estate": "白鹭新村"}]
    assert places("白鹭新村45栋漏水", community) == found


def test_offsets_belong_to_the_original():
    text = "尋晚十一點😡５座樓下好嘈，電話 9123 4567"
    kinds = {}
    for entity in found(text):
        assert text[entity["start"] : entity["end"]] == entity["text"]
        kinds[entity["kind"]] = entity
    assert kinds["time"]["value"] == {"from": "2026-11-19T23:00:00", "to": "2026-11-19T23:59:59"}
    assert kinds["location"]["value"] == {"building": "5"}
    assert kinds["phone"]["value"] == {"e164": "+85291234567"}


def test_english_times_have_ends_where_a_day_has():
    values = [entity["value"] for entity in found("no water since yesterday")]
    assert values == [{"from": "2026-11-19T00:00:00", "to": "2026-11-20T00:00:00"}]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("前几天楼道灯坏了", "前几天"),
        ("最近几天老停水", "最近几天"),
        ("每天半夜都有人唱歌", "每天半夜"),
        ("每天中午12点到2点装修", "每天中午12点到2点"),
        ("成日半夜唱K", "成日半夜"),
        ("呢幾日冇水", "呢幾日"),
        ("一到晚上就吵", "一到晚上"),
        ("no water for the past few days", "for the past few days"),
    ],
)
def test_vague_times_are_times_without_ends(text, time):
    times = [entity for entity in found(text) if entity["kind"] == "time"]
    assert [(entity["text"], entity["value"]) for entity in times] == [(time, {})]


def test_a_beginning_keeps_the_word_that_says_so():
    [time] = [entity for entity in found("上个礼拜开始漏水") if entity["kind"] == "time"]
    assert time["text"] == "上个礼拜开始"
    assert time["value"] == {"from": "2026-11-09T00:00:00", "to": "2026-11-15T23:59:59"}


@pytest.mark.parametrize(
    "text", ["最近的地铁站在哪", "离我最近的医院", "最近经常停电", "停水三天了"]
)
def test_near_lately_and_how_long_are_no_times(text):
    assert [entity for entity in found(text) if entity["kind"] == "time"] == []


def test_a_missing_or_broken_community_file_is_no_error(tmp_path):
    broken = tmp_path / "community.yml"
    broken.write_text("a: [", encoding="utf-8")
    for file in (tmp_path / "absent.yml", broken):
        assert Gazetteer.read(file).find("福安花园") == []


@pytest.mark.parametrize(
    ("number", "digits"),
    [("四十五", "45"), ("三〇二", "302"), ("十", "10"), ("一百零二", "102"), ("b2", "B2")],
)
def test_chinese_numbers(number, digits):
    assert to_digits(number) == digits


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("45栋楼梯扶手松了", "楼梯扶手松了"),
        ("Block 5 lift broken", "lift broken"),
        ("45栋", "45栋"),
        ("在3座12楼", "在3座12楼"),
        ("停水", "停水"),
    ],
)
def test_what_is_wrong_is_read_without_where(text, rest):
    assert without_addresses(text) == rest
