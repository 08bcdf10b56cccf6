"""Evaluated pairs are compared by the live code."""

import json
from pathlib import Path
from typing import Any

import pytest

from scripts.apply_likeness import main


def understood(text: str, *leaves: tuple[str, float], vector: tuple[float, ...] = ()) -> Any:
    return {
        "text": text,
        "intent": {"name": "report", "confidence": 0.9},
        "leaves": [list(pair) for pair in leaves],
        "entities": [],
        "vector": list(vector),
    }


def pair(a: Any, b: Any, **more: Any) -> dict[str, Any]:
    return {"a": a["text"], "b": b["text"], "understood": {"a": a, "b": b}, **more}


def judged(path: Path, *rows: dict[str, Any], features: bool = False) -> list[dict[str, Any]]:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    main([str(path), *(["--features"] if features else [])])
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


LOOSE = understood("45栋楼梯扶手松了", ("BLD01", 0.95), vector=(1.0, 0.0))
WOBBLY = understood("四十五座上樓條扶手郁嚟郁去", ("BLD01", 0.9), vector=(0.9, 0.436))
NEXT_DOOR = understood("46栋楼梯扶手松了", ("BLD01", 0.95), vector=(1.0, 0.0))
DRAIN = understood("45栋下水道堵了", ("BLD05", 0.95), vector=(0.3, 0.954))


def test_a_pair_gets_same_and_score_and_keeps_its_other_keys(tmp_path: Path) -> None:
    (row,) = judged(tmp_path / "out.jsonl", pair(LOOSE, WOBBLY, id=7))

    assert set(row) == {"a", "b", "id", "same", "score"}
    assert (row["same"], row["id"]) == (True, 7)
    assert 0 < row["score"] <= 1


@pytest.mark.parametrize("other", [NEXT_DOOR, DRAIN])
def test_another_building_or_another_thing_is_another_matter(tmp_path: Path, other: Any) -> None:
    (row,) = judged(tmp_path / "out.jsonl", pair(LOOSE, other))

    assert row["same"] is False


def test_without_vectors_the_same_is_still_known(tmp_path: Path) -> None:
    bare = [each | {"vector": []} for each in (LOOSE, WOBBLY, NEXT_DOOR)]
    same, other = judged(tmp_path / "out.jsonl", pair(bare[0], bare[1]), pair(bare[0], bare[2]))

    assert (same["same"], other["same"]) == (True, False)


def test_the_same_words_are_the_same_even_where_the_model_takes_them_for_another_kind(
    tmp_path: Path,
) -> None:
    strange = understood("45栋楼梯扶手松了", ("BLD04", 0.5), ("BLD01", 0.3), vector=(1.0, 0.0))
    (row,) = judged(tmp_path / "out.jsonl", pair(LOOSE, strange))

    assert row["same"] is True


def test_a_message_by_itself_stays_as_it_is(tmp_path: Path) -> None:
    row = {"text": "45栋楼梯扶手松了", "leaves": ["BLD01"], "understood": LOOSE}

    assert judged(tmp_path / "out.jsonl", row) == [row]


def test_features_are_shown_when_asked_for(tmp_path: Path) -> None:
    (row,) = judged(tmp_path / "out.jsonl", pair(LOOSE, NEXT_DOOR, days=3), features=True)

    assert row["features"]["place_near"] == 1.0
    assert row["features"]["days"] > 1
