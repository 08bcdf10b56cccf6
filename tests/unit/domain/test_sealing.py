"""What those who settle a matter see of one that has another side."""

from datetime import datetime
from typing import Any

import pytest

from actions.domain.identifiers import LeafCode
from actions.domain.sealing import (
    detail_for_workers,
    has_other_side,
    hides_reporter,
    label_for_workers,
    part_of_day,
    words_for_workers,
)
from actions.domain.ticket import Ticket


def ticket(leaf: str = "NOI01", **more: Any) -> Ticket:
    return Ticket(category=LeafCode(leaf), **({"privacy": "sealed", "urgency": "N"} | more))


@pytest.mark.parametrize(
    ("words", "hour", "part"),
    [
        ("中午唱歌", 9, "midday"), ("半夜练鼓", 14, "night"), ("朝早裝修", 20, "morning"),
        ("sings every evening", 8, "evening"), ("现在太吵", 12, "midday"), ("又在唱", 23, "night"),
        ("仲唱緊", 3, "night"), ("正在装修", 8, "morning"), ("very loud now", 16, "afternoon"),
        ("太吵", 8, ""), ("楼上天天练琴", 23, ""), ("呢件事好緊要", 23, ""), ("整天装修", 8, ""),
        ("从早到晚都在敲", 8, ""), ("成日開大喇叭", 20, ""), ("loud all day and at night", 8, ""),
        ("现在说一声,半夜总在唱", 9, "night"),
    ],
)  # fmt: skip
def test_the_part_of_the_day_is_by_the_words_and_by_the_hour_only_of_what_is_now(
    words: str, hour: int, part: str
) -> None:
    assert part_of_day(words, datetime(2026, 3, 2, hour)) == part  # noqa: DTZ001 - local time


def test_a_public_matter_or_a_persons_own_need_has_no_other_side() -> None:
    assert has_other_side(ticket())
    assert not has_other_side(ticket(privacy="public"))
    assert not has_other_side(ticket("SVC03"))


def test_where_life_is_at_risk_the_place_is_told() -> None:
    crisis = ticket("SAF07", urgency="E", privacy="restricted")
    assert not hides_reporter(crisis)
    assert words_for_workers(crisis, "我住301，有人打人") == "我住301，有人打人"


def test_a_flat_is_shown_only_where_it_is_theirs() -> None:
    theirs = ticket(summary="楼上1004唱歌", location={"detail": "1004"})
    own = ticket(summary="楼上唱歌", location={"detail": "904"})
    spot = ticket(summary="楼上唱歌", location={"detail": "东门旁边"})
    handrail = ticket("BLD01", privacy="public", location={"detail": "3楼"})

    shown = [detail_for_workers(each) for each in (theirs, own, spot, handrail)]
    assert shown == ["1004", "", "东门旁边", "3楼"]


def test_a_place_in_words_names_no_flat_in_a_list() -> None:
    assert label_for_workers("NOI01", "凤凰苑12座304", "sealed") == "凤凰苑12座***"
    assert label_for_workers("BLD01", "凤凰苑12座304", "public") == "凤凰苑12座304"
