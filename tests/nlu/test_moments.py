"""A time is a point, a habit or a beginning."""

from __future__ import annotations

import pytest

from tests.nlu.extracting import found, said


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("每晚十一点以后有人唱歌", "每晚十一点以后"),
        ("上个礼拜三起没热水", "上个礼拜三起"),
        ("由上個月尾開始漏水", "由上個月尾開始"),
        ("楼上半夜两三点拖椅子", "半夜两三点"),
        ("周一至周五早上七点半堵车", "周一至周五早上七点半"),
        ("11月5号晚上停电", "11月5号晚上"),
        ("十月下旬以来一直有臭味", "十月下旬以来"),
        ("晚上十点到凌晨两点打桩", "晚上十点到凌晨两点"),
        ("逢星期三夜晚有人打波", "逢星期三夜晚"),
        ("放工之後部𨋢壞咗", "放工之後"),
        ("今晨三時許有人叫喊", "今晨三時許"),
        ("部𨋢壞咗三日", "三日"),
        ("no water since last Tues", "since last Tues"),
        ("it broke around half six this morning", "around half six this morning"),
        ("drilling every night after 11 and nobody cares", "every night after 11"),
        ("loudspeakers, 7 to 9.30 each evening, far too loud", "7 to 9.30 each evening"),
        ("壞咗 since 上個月", "since 上個月"),
    ],
)
def test_the_whole_time_is_found(text: str, time: str) -> None:
    assert said(text, "time") == [time]


@pytest.mark.parametrize(
    "text",
    [
        "现在停水",
        "停水三天了",
        "晚上好",
        "有一点脏",
        "我有两点建议",
        "五一路路灯坏了",
        "地铁1号线太挤",
        "文明里9号漏水",
        "18楼漏水",
        "what can you do for me now",
        "may I ask a question",
    ],
)
def test_what_names_no_time_gives_none(text: str) -> None:
    assert said(text, "time") == []


def test_a_point_has_ends_and_a_rhythm_has_none() -> None:
    [point] = found("昨晚十一点有人吵闹")
    [rhythm] = found("每晚十一点有人吵闹")

    assert point["value"] == {"from": "2026-11-19T23:00:00", "to": "2026-11-19T23:59:59"}
    assert rhythm["value"] == {}
