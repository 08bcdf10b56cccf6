"""A model is judged by figures: below the bar, or worse than before, it is not taken."""

from __future__ import annotations

import json
import tarfile
from io import BytesIO
from pathlib import Path

import pytest

from nlu.evaluation import gate
from nlu.evaluation.figures import figures
from nlu.model_notes import add_notes, notes_file, read_notes, versions_of
from nlu.train import model_file

BAR = {
    "figures": {
        "leaf_top1": {"at_least": 0.8, "may_lose": 0.05},
        "false_tickets": {"at_most": 0.1, "may_lose": 0.0},
    }
}


def a_model(folder: Path, name: str = "linli-one") -> Path:
    """An archive that says which version it is, as Rasa packs it."""
    model = folder / f"{name}.tar.gz"
    said = json.dumps({"version": "c0de", "data": "da7a"}).encode()
    inside = tarfile.TarInfo(
        "components/train_nlu.components.x.IntentAndLeafClassifier3/model.json"
    )
    inside.size = len(said)
    with tarfile.open(model, "w:gz") as archive:
        archive.addfile(inside, BytesIO(said))
    return model


def a_pair(leaf: str, said: str, language: str = "zh", **more):
    expected = {
        "leaves": [leaf], "files_ticket": True, "language": language, "intent": "report",
        "entities": {"location": ["3栋"]}, **more,
    }  # fmt: skip
    found = {
        "ranking": [[said, 0.9], ["X", 0.05], ["Y", 0.05]], "intent": "report", "leaves": [said],
        "files_ticket": True, "emergency": False, "entities": {"location": [], "time": []},
    }  # fmt: skip
    return expected, found


def test_each_figure_is_a_share_of_its_own_rows():
    talk = ({"files_ticket": False, "intent": "greet", "language": "zh"},
            {"files_ticket": True, "intent": "report", "emergency": False})  # fmt: skip
    danger = ({"kind": "fire", "emergency": True}, {"emergency": True})
    trap = ({"kind": "drill", "emergency": False}, {"emergency": True})
    rows = [a_pair("A01", "A01"), a_pair("A01", "B01", "yue"), talk, danger, trap]

    found = figures(rows)

    assert (found["leaf_top1"], found["cantonese_behind"]) == (0.5, 1.0)
    assert found["intent"] == pytest.approx(2 / 3, abs=1e-3)
    assert (found["false_tickets"], found["location"]) == (1.0, 0.0)
    assert (found["emergencies_caught"], found["traps_raised"]) == (1.0, 1.0)
    assert "time" not in found


def test_a_figure_at_the_bar_is_enough_and_below_it_is_not():
    assert list(gate.misses({"leaf_top1": 0.8, "false_tickets": 0.1}, BAR)) == []
    missed = list(gate.misses({"leaf_top1": 0.79, "false_tickets": 0.2}, BAR))
    assert [line.split()[0] for line in missed] == ["leaf_top1", "false_tickets"]


def test_what_was_not_measured_does_not_pass():
    assert list(gate.misses({"leaf_top1": 0.9}, BAR)) == ["false_tickets was not measured"]


def test_it_may_lose_what_chance_makes_and_no_more():
    before = {"leaf_top1": 0.9, "false_tickets": 0.05}
    assert list(gate.losses({"leaf_top1": 0.85, "false_tickets": 0.05}, before, BAR)) == []
    lost = list(gate.losses({"leaf_top1": 0.84, "false_tickets": 0.06}, before, BAR))
    assert [line.split()[0] for line in lost] == ["leaf_top1", "false_tickets"]
    assert list(gate.losses({"leaf_top1": 0.99, "false_tickets": 0.0}, before, BAR)) == []


def test_the_verdict_stands_beside_the_model(tmp_path):
    model, before = a_model(tmp_path), a_model(tmp_path, "linli-before")
    add_notes(before, figures={"leaf_top1": 0.95, "false_tickets": 0.0})
    add_notes(model, base="b", figures={"leaf_top1": 0.85, "false_tickets": 0.0})

    verdict = gate.judge(model, before, BAR)

    assert (verdict["clears"], verdict["loses"]) == (True, True)
    notes = json.loads((tmp_path / "linli-one.json").read_text(encoding="utf-8"))
    assert (notes["verdict"], notes["base"]) == (verdict, "b")


def test_the_first_model_is_compared_with_nothing(tmp_path):
    model = a_model(tmp_path)
    add_notes(model, figures={"leaf_top1": 0.85, "false_tickets": 0.0})
    assert gate.judge(model, None, BAR)["loses"] is False


def test_figures_are_kept_with_the_versions_that_turns_will_name(tmp_path):
    model, rows = a_model(tmp_path), tmp_path / "rows.jsonl"
    expected, found = a_pair("A01", "A01")
    rows.write_text(json.dumps({"text": "扶手松了", **expected}) + "\n", encoding="utf-8")
    bar = {**BAR, "messages": [str(rows)]}

    gate.note(model, [{"text": "扶手松了", **found}], bar)

    notes = read_notes(model)
    assert (notes["version"], notes["data"], notes["messages"]) == ("c0de", "da7a", 1)
    assert notes["figures"]["leaf_top1"] == 1.0
    assert gate.is_measured(model, bar)
    rows.write_text(json.dumps({"text": "灯不亮", **expected}) + "\n", encoding="utf-8")
    assert not gate.is_measured(model, bar)


def test_other_messages_than_those_of_the_gate_are_refused(tmp_path):
    rows = tmp_path / "rows.jsonl"
    rows.write_text(json.dumps({"text": "扶手松了"}) + "\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="not the messages"):
        gate.note(a_model(tmp_path), [{"text": "别的"}], {**BAR, "messages": [str(rows)]})


def test_the_bar_names_messages_that_are_there_and_figures_that_are_taken():
    bar = gate.bars()
    assert all((gate.ROOT / name).is_file() for name in bar["messages"])
    known = {
        "leaf_top1", "leaf_top3", "class_macro_f1", "calibration_error", "cantonese_behind",
        "intent", "false_tickets", "location", "time", "phone", "several_matters",
        "emergencies_caught", "traps_raised",
    }  # fmt: skip
    assert set(bar["figures"]) == known
    for wanted in bar["figures"].values():
        assert len({"at_least", "at_most"} & set(wanted)) == 1
        assert wanted["may_lose"] >= 0


def test_a_model_without_notes_has_none_and_one_without_versions_is_named(tmp_path):
    assert read_notes(tmp_path / "linli-x.tar.gz") == {}
    assert notes_file(tmp_path / "linli-x.tar.gz").name == "linli-x.json"
    assert versions_of(a_model(tmp_path)) == {"version": "c0de", "data": "da7a"}
    with tarfile.open(tmp_path / "empty.tar.gz", "w:gz"):
        pass
    with pytest.raises(SystemExit, match="which version"):
        versions_of(tmp_path / "empty.tar.gz")


def test_reviewed_examples_make_another_model(tmp_path):
    corrections = tmp_path / "corrections"
    corrections.mkdir()
    without = model_file(tmp_path)
    assert model_file(tmp_path, corrections) == without
    (corrections / "corrections.yml").write_text("nlu: []\n", encoding="utf-8")
    first = model_file(tmp_path, corrections)
    (corrections / "corrections.yml").write_text("nlu: [ ]\n", encoding="utf-8")

    assert len({without, first, model_file(tmp_path, corrections)}) == 3
