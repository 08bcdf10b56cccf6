"""Figures over evaluated rows, and the row itself."""

import pytest

from nlu.evaluation.evaluate import answer
from nlu.evaluation.metrics import accepted, calibration_error, hits, macro_f1, ticket_rates
from nlu.evaluation.report import lines


def a_row(leaf, said, **more):
    ranking = [[code, 0.5] for code in said]
    return {"leaf": leaf, "ranking": ranking, "files_ticket": True, "language": "zh", **more}


def test_alternatives_count_and_beyond_takes_any_of_three():
    assert accepted(a_row("NOI01", [], alt=["PMC04"])) == {"NOI01", "PMC04"}
    assert "OTH04" in accepted(a_row("OTH99", [], scope="beyond"))


def test_hits_at_a_depth():
    rows = [a_row("A", ["A", "B"]), a_row("A", ["B", "A"])]
    assert (hits(rows, 1), hits(rows, 2), hits([], 1)) == (0.5, 1.0, 0.0)


def test_macro_f1_over_top_classes():
    assert macro_f1([a_row("NOI01", ["NOI02"]), a_row("BLD01", ["BLD01"])]) == 1.0
    assert macro_f1([a_row("NOI01", ["BLD01"])]) == 0.0


def test_ticket_rates_by_language():
    rows = [{"lang": "en", "files_ticket": True}, {"lang": "en", "files_ticket": False}]
    assert ticket_rates(rows) == {"en": 0.5}


def test_calibration_error_is_the_distance_between_sure_and_right():
    rows = [a_row("A", ["A"]), a_row("A", ["B"])]
    assert calibration_error(rows) == pytest.approx(0.0)
    assert calibration_error(rows[:1]) == pytest.approx(0.5)


def test_the_report_names_scopes_and_confusions():
    text = "\n".join(
        lines([a_row("NOI01", ["BLD01"], scope="community"), a_row("X", [], scope="unclear")])
    )
    assert "community: 1 rows, top-1 0.000" in text
    assert "NOI01 taken for BLD01" in text


def test_talk_has_no_leaves():
    understood = {
        "intent": {"name": "greet"}, "language": "zh", "emergency": {"score": 0.0}, "told": 0.1,
        "matters": [{"leaves": [["NOI01", 0.2]]}], "leaves": [["NOI01", 0.2]],
        "entities": [{"kind": "time", "text": "今天"}],
    }  # fmt: skip
    row = answer(understood)
    assert (row["files_ticket"], row["leaves"], row["entities"]["time"]) == (False, [], ["今天"])
