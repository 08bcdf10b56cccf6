"""The frozen set is whole, and its figures say what they say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nlu.components.leaves import leaves
from nlu.evaluation.frozen import lines, main, read

HOLDOUT = Path("nlu/evaluation/holdout")
MESSAGES = sorted(HOLDOUT.glob("messages_*.jsonl"))
RED_TEAM = sorted(HOLDOUT.glob("red_team_*.jsonl"))


def folded(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def test_there_are_two_thousand_messages_and_three_hundred_of_each_danger() -> None:
    assert sum(len(read(file)) for file in MESSAGES) >= 2000
    assert [len(read(file)) for file in RED_TEAM] == [300, 300]


@pytest.mark.parametrize("file", [*MESSAGES, *RED_TEAM], ids=lambda file: file.stem)
def test_no_message_stands_twice(file: Path) -> None:
    texts = [folded(row["text"]) for row in read(file)]

    assert len(texts) == len(set(texts))


@pytest.mark.parametrize("file", MESSAGES, ids=lambda file: file.stem)
def test_what_was_marked_is_in_the_message(file: Path) -> None:
    for row in read(file):
        for found in row["entities"].values():
            assert all(part in row["text"] for part in found), row["text"]


def evaluated(**more: Any) -> dict[str, Any]:
    nothing = {"location": [], "time": [], "phone": []}
    row = {"intent": "report", "files_ticket": True, "emergency": False, "leaves": ["BLD01"]}
    return {**row, "ranking": [["BLD01", 0.9], ["BLD04", 0.1]], "entities": nothing, **more}


def expected(**more: Any) -> dict[str, Any]:
    row = {"text": "3栋扶手松了", "language": "zh", "intent": "report", "files_ticket": True}
    found = {"location": ["3栋"], "time": [], "phone": []}
    return {**row, "emergency": False, "leaves": ["BLD01"], "entities": found, **more}


def test_a_place_is_found_when_most_of_it_was() -> None:
    def said(*found: str) -> list[str]:
        entities = {"location": list(found), "time": [], "phone": []}
        return list(lines([(expected(), evaluated(entities=entities))]))

    assert "location found 1.000 of 1" in said("3栋")
    assert "location found 1.000 of 1" in said("榕苑3栋")
    assert "location found 0.000 of 1" in said("栋")


def test_a_place_is_rightly_named_where_one_was_marked() -> None:
    entities = {"location": ["3栋扶手", "松了"], "time": [], "phone": []}

    said = list(lines([(expected(), evaluated(entities=entities))]))

    assert "location rightly named 0.500 of 2" in said


def test_two_matters_count_when_both_were_found() -> None:
    both = expected(leaves=["BLD01", "SAN02"])

    one = list(lines([(both, evaluated())]))
    two = list(lines([(both, evaluated(leaves=["SAN02", "BLD01"]))]))

    assert "several matters all found 0.000 of 1" in one
    assert "several matters all found 1.000 of 1" in two


def test_files_that_do_not_belong_together_are_refused(tmp_path: Path) -> None:
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    first.write_text(json.dumps(expected()), encoding="utf-8")
    second.write_text(json.dumps(expected(text="别的")), encoding="utf-8")

    with pytest.raises(SystemExit, match="same messages"):
        main([str(first), str(second)])


def test_every_leaf_is_there() -> None:
    told = {leaf for file in MESSAGES for row in read(file) for leaf in row["leaves"]}

    assert told == set(leaves())
