"""What changed between two versions is a line each, named by its place in the file."""

from typing import Any

import pytest

from actions.domain.settings_diff import differences

ROSTER = [{"key": "gwf-1", "areas": ["G1"]}, {"key": "gwf-3", "areas": ["G3"]}]


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"policy": {"photos": 6}}, {"policy": {"photos": 3}}, ["~ policy.photos: 6 → 3"]),
        ({"a": True}, {"a": False}, ["~ a: true → false"]),
        ({}, {"a": {"b": "x"}}, ["+ a.b: x"]),
        ({"a": {"b": "x"}}, {"a": {}}, ["- a.b: x"]),
        ({"days": [1, 2]}, {"days": [1, 3]}, ["~ days: [1, 2] → [1, 3]"]),
        ({"texts": {"en": {"k": ""}}}, {"texts": {"en": {"k": "Hi"}}}, ["~ texts.en.k:  → Hi"]),
    ],
)
def test_each_difference_has_a_line(
    one: dict[str, Any], other: dict[str, Any], said: list[str]
) -> None:
    assert list(differences(one, other)) == said


def test_an_entry_is_known_by_its_key_wherever_it_stands() -> None:
    moved = [{"key": "gwf-2", "areas": ["G2"]}, ROSTER[1], ROSTER[0] | {"areas": ["G1", "G2"]}]

    assert list(differences({"roster": ROSTER}, {"roster": moved})) == [
        "~ roster[gwf-1].areas: [G1] → [G1, G2]",
        "+ roster[gwf-2].key: gwf-2",
        "+ roster[gwf-2].areas: [G2]",
    ]


def test_holidays_of_one_name_are_told_apart_by_their_first_day() -> None:
    one = {"holidays": [{"name": "元旦", "from": "2026-01-01", "to": "2026-01-03"}]}
    other = {
        "holidays": [*one["holidays"], {"name": "元旦", "from": "2027-01-01", "to": "2027-01-01"}]
    }

    lines = list(differences(one, other))
    assert {line.partition(":")[0] for line in lines} == {
        "+ holidays[元旦 2027-01-01].name",
        "+ holidays[元旦 2027-01-01].from",
        "+ holidays[元旦 2027-01-01].to",
    }
