"""The reporter's own flat and name are starred out; what the visit needs is left."""

import pytest

from actions.domain.own_place import is_theirs, tells_a_flat, without_own_place

OWN = [
    ("我住6栋904，楼上天天唱歌", "我住6栋***，楼上天天唱歌"),
    ("我家904，楼上1004中午唱歌", "我家***，楼上1004中午唱歌"),
    ("904楼上太吵", "***楼上太吵"),
    ("我家楼上太吵，6栋904", "我家楼上太吵，6栋***"),
    ("我係45座9樓，樓上練鼓", "我係45座**，樓上練鼓"),
    ("本人住三单元502室，隔壁打麻将", "本人住*******，隔壁打麻将"),
    ("I live in flat 9B, upstairs sings at noon", "I live in flat **, upstairs sings at noon"),
    ("我叫何小兰，楼下唱歌", "我叫***，楼下唱歌"),
    ("我是何姨，对面养狗", "我是**，对面养狗"),
]
THEIRS = [
    "45栋楼上半夜唱歌",
    "楼上1004一直在练鼓",
    "8栋1201天台搭建",
    "晚上11点还在唱，打110也没用",
    "2小时没停，都2026年了",
    "1004那家中午唱歌，影响我家午休",
    "我家在45栋，楼上太吵",
    "文化广场晚上跳舞，中午12:30还放音响",
]


@pytest.mark.parametrize(("said", "shown"), OWN)
def test_ones_own_flat_and_name_are_starred(said: str, shown: str) -> None:
    assert without_own_place(said) == shown


@pytest.mark.parametrize("said", THEIRS)
def test_what_is_not_the_reporters_stays(said: str) -> None:
    assert without_own_place(said) == said


def test_a_flat_is_theirs_only_where_the_words_say_so() -> None:
    assert is_theirs("1004", "我家904，楼上1004中午唱歌")
    assert not is_theirs("904", "我家904，楼上1004中午唱歌")
    assert not is_theirs("904", "又是那家在练架子鼓")


def test_a_spot_is_no_flat() -> None:
    assert tells_a_flat("9楼")
    assert tells_a_flat("904")
    assert not tells_a_flat("东门旁边")
