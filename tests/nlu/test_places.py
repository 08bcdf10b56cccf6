"""A place is the longest phrase that says where."""

from __future__ import annotations

import pytest

from tests.nlu.extracting import found, said


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("3栋2单元门口那个花坛旁边全是烟头", "3栋2单元门口那个花坛旁边"),
        ("东门岗亭对面的路口积水了", "东门岗亭对面的路口"),
        ("7栋和8栋之间的空地堆满建筑垃圾", "7栋和8栋之间的空地"),
        ("解放路128号门口有人摆摊", "解放路128号门口"),
        ("我住春江花月,家里没水了", "春江花月"),
        ("康宁阁1204漏水", "康宁阁1204"),
        ("地库二层118号车位被人占了", "地库二层118号车位"),
        ("从12栋电梯厅一直到车库入口都是水", "12栋电梯厅一直到车库入口"),
        ("第三座後樓梯成地煙頭", "第三座後樓梯"),
        ("康樂街街市後巷好臭", "康樂街街市後巷"),
        ("巴士站隔籬塊空地俾人佔咗", "巴士站隔籬塊空地"),
        ("B座18樓F室漏水", "B座18樓F室"),
        ("smoke in the lift lobby on 12/F of Block 3", "the lift lobby on 12/F of Block 3"),
        ("a pothole outside No. 7 Camphor Lane", "outside No. 7 Camphor Lane"),
        ("rats behind the bin room next to Gate 2", "behind the bin room next to Gate 2"),
        ("no light between block 3 and block 4", "between block 3 and block 4"),
        ("地庫停車場 zone C 冇燈", "地庫停車場 zone C"),
    ],
)
def test_the_whole_phrase_is_the_place(text: str, place: str) -> None:
    assert said(text, "location") == [place]


@pytest.mark.parametrize(
    "text",
    [
        "楼上天天蹦迪",
        "隔壁装修太吵",
        "单号20261103007到底谁负责",
        "电梯又坏了",
        "机油漂了一层",
        "请问小区怎么办居住证",
        "I am on my way home",
        "please hurry, no one answers",
        "at the end of the day nothing changed",
    ],
)
def test_what_says_no_place_gives_none(text: str) -> None:
    assert said(text, "location") == []


def test_a_bare_kind_of_place_counts_only_where_nothing_more_is_said() -> None:
    assert said("走廊堆满纸箱", "location") == ["走廊"]
    assert said("走廊堆满纸箱,长虹苑3座6楼", "location") == ["长虹苑3座6楼"]
    assert said("the hallway is filthy", "location") == ["the hallway"]
    assert said("the hallway is filthy, Block 5 level 3", "location") == ["Block 5 level 3"]


def test_between_two_buildings_it_is_in_neither() -> None:
    [place] = found("7栋和8栋中间的消防通道堵死了")

    assert place["value"] == {"landmark": "7栋和8栋中间的消防通道"}


def test_a_phrase_keeps_the_code_of_the_building_in_it() -> None:
    building = {"code": "XT-7", "name": {"zh-CN": "7栋"}, "aliases": ["七栋"]}
    community = {"estates": [{"name": "新汀花园", "buildings": [building]}]}

    [place] = found("七栋三楼转角灯坏了", community)
    assert place["text"] == "七栋三楼转角"
    assert place["value"] == {
        "building": "7",
        "estate": "新汀花园",
        "code": "XT-7",
        "floor": "3",
    }
    assert "code" not in found("十七栋三楼转角灯坏了", community)[0]["value"]


def test_a_long_letter_is_read_to_a_bound() -> None:
    places = said("3栋漏水。" + "物业一直没有回音。" * 500 + "5栋也漏。", "location")

    assert places == ["3栋"]
