"""Evaluated rows meet the rules and the decisions, as live messages do."""

import json
from pathlib import Path

import pytest

from scripts.apply_rules import main

COMMUNITY = Path("config/community.yml")
CALM = {
    "text": "45栋楼梯扶手松了",
    "language": "zh",
    "intent": "report",
    "files_ticket": True,
    "told": 0.97,
    "danger": 0.01,
    "emergency": False,
    "leaves": ["BLD01"],
    "ranking": [["BLD01", 0.9], ["PUB01", 0.05], ["BLD04", 0.01]],
}


def ruled(tmp_path: Path, row: dict[str, object]) -> dict[str, object]:
    path = tmp_path / "out.jsonl"
    path.write_text(json.dumps(row) + "\n", "utf-8")
    main(path, COMMUNITY)
    found: dict[str, object] = json.loads(path.read_text("utf-8"))
    return found


def test_what_is_told_plainly_stays_as_it_was(tmp_path: Path) -> None:
    assert ruled(tmp_path, CALM) == CALM


@pytest.mark.parametrize("change", [{"told": 0.5}, {"leaves": ["OTH04"]}])
def test_what_is_asked_about_or_shown_the_right_door_files_nothing_yet(
    tmp_path: Path, change: dict[str, object]
) -> None:
    assert ruled(tmp_path, CALM | change)["files_ticket"] is False


def test_danger_that_only_the_model_heard_is_raised(tmp_path: Path) -> None:
    assert ruled(tmp_path, CALM | {"danger": 0.9})["emergency"] is True


def test_a_danger_the_model_took_for_talk_is_an_emergency(tmp_path: Path) -> None:
    talk = CALM | {
        "text": "厨房着火了",
        "intent": "smalltalk",
        "files_ticket": False,
        "emergency": False,
        "leaves": [],
        "ranking": [["SAF06", 0.4], ["UTL03", 0.2], ["SAF02", 0.1]],
        "id": 7,
    }
    calm = CALM | {"id": 8}
    pair = {"a": "x", "b": "y", "same": True, "score": 0.9}
    path = tmp_path / "out.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in (talk, calm, pair)), "utf-8")

    main(path, COMMUNITY)

    found = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert (found[0]["emergency"], found[0]["files_ticket"], found[0]["id"]) == (True, True, 7)
    assert found[0]["leaves"] == ["SAF06"]
    assert [code for code, _ in found[0]["ranking"]] == ["SAF06", "UTL03", "SAF02"]
    assert found[1:] == [calm, pair]


FIRE = CALM | {"text": "厨房着火了"}
RULE = "SAF06"


@pytest.mark.parametrize(
    ("ranking", "leaf"),
    [
        ([["SAF06", 0.6], ["UTL03", 0.3]], RULE),
        ([["UTL04", 0.69], ["SAF06", 0.2]], RULE),
        ([["UTL04", 0.7], ["SAF06", 0.2]], "UTL04"),
        ([["OTH02", 0.99], ["SAF06", 0.01]], RULE),
        ([], RULE),
    ],
    ids=["agrees", "unsure", "sure", "no kind of an alarm", "nothing"],
)
def test_an_alarm_has_the_leaf_it_would_have_in_the_end(
    tmp_path: Path, ranking: list[list[object]], leaf: str
) -> None:
    found = ruled(tmp_path, FIRE | {"ranking": ranking})

    assert found["emergency"] is True
    assert found["leaves"] == [leaf]
    (first, share), *rest = found["ranking"]  # type: ignore[misc]
    assert first == leaf
    assert share > sum(p for _, p in rest)


def test_rule_and_model_together_are_surer_than_either_alone(tmp_path: Path) -> None:
    agreed = [["SAF06", 0.6], ["UTL03", 0.4]]
    torn = [["UTL03", 0.6], ["SAF06", 0.4]]
    first, second = (ruled(tmp_path, FIRE | {"ranking": each}) for each in (agreed, torn))

    assert first["ranking"][0][1] > second["ranking"][0][1]  # type: ignore[index]
