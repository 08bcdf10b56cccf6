"""The weights of likeness: fitted, bound to sense, and judged on pairs held out."""

import asyncio
import json

import numpy as np
import pytest

from nlu.evaluation import fit_pairs
from nlu.evaluation.evaluate import evaluate


def pairs(count=60):
    """Pairs in which a shared thing tells, and a wrong sign would fit by accident."""
    rng = np.random.default_rng(7)
    rows = []
    for index in range(count):
        gold = bool(index % 2)
        features = {
            "things_both": float(gold) * 0.8 + rng.random() * 0.2,
            "things_unknown": 0.0,
            "marks_differ": 0.0 if gold else float(rng.random() < 0.5),
            "meaning": 0.5 + 0.2 * gold + 0.3 * rng.random(),
            "place_same": float(not gold),  # against sense: it may not count against
        }
        rows.append({"a": f"a{index}", "b": f"b{index}", "gold": gold, "kind": "said",
                     "features": features})  # fmt: skip
    return rows


def test_no_weight_goes_against_sense():
    rows = pairs()
    names = fit_pairs.names_of(rows, vectors=True)
    fitted = fit_pairs.fit(fit_pairs.matrix(rows, names), fit_pairs.golds(rows), names)
    weights = dict(zip([*names, "bias"], fitted, strict=True))

    assert weights["place_same"] == pytest.approx(0.0)
    assert weights["marks_differ"] <= 0.0
    assert weights["things_both"] > 0.0
    assert weights["meaning"] > 0.0


def test_without_vectors_meaning_is_no_feature():
    assert "meaning" not in fit_pairs.names_of(pairs(), vectors=False)


def test_hidden_things_are_unknown_and_share_nothing():
    names = ["meaning", "things_both", "things_unknown"]

    hidden = fit_pairs.unnamed(np.array([[0.4, 0.9, 0.0]]), names)

    assert hidden.tolist() == [[0.4, 0.0, 1.0]]


def test_pairs_that_share_a_sentence_stand_together():
    rows = [{"a": "x", "b": "y"}, {"a": "y", "b": "z"}, {"a": "u", "b": "v"}]

    first, second, third = fit_pairs.groups(rows)

    assert first == second != third


def test_no_more_than_its_share_is_wrong_from_the_threshold_on():
    scores, gold = np.array([0.9, 0.8, 0.7, 0.2, 0.1]), np.array([True, False, True, False, False])

    at = fit_pairs.threshold(scores, gold, 0.05)

    assert 0.8 < at < 0.9


def test_what_is_written_is_a_module_with_both_sets_of_weights(tmp_path):
    source, target = tmp_path / "pairs.jsonl", tmp_path / "weights.py"
    source.write_text("".join(json.dumps(row) + "\n" for row in pairs()), encoding="utf-8")

    fit_pairs.main([str(source), "--write", str(target)])

    found = {}
    exec(target.read_text(encoding="utf-8"), found)
    assert {"bias", "meaning"} <= set(found["WITH_VECTORS"])
    assert "meaning" not in found["WITHOUT_VECTORS"]


class Echo:
    """Fits `Parser`: understands nothing but the words."""

    async def parse(self, text):
        return {"text": text}


def test_of_a_pair_both_sides_are_kept_for_the_live_code_to_compare():
    (row,) = asyncio.run(evaluate([{"a": "x", "b": "y", "id": 3}], Echo(), full=False))

    assert row == {
        "a": "x",
        "b": "y",
        "id": 3,
        "understood": {"a": {"text": "x"}, "b": {"text": "y"}},
    }
