"""The figures of the page: each is a share of what it says, and no frozen text gets there."""

import asyncio
import json

import pytest

from nlu.evaluation.lint.written import Written, read_examples
from nlu.evaluation.page import pictures, survey
from nlu.evaluation.page.cost import Timed
from nlu.evaluation.page.finding import (
    duplicates,
    entities,
    everyday_danger,
    false_tickets,
    not_filed,
    red_team,
    several,
)
from nlu.evaluation.page.learning_curve import SHARES, curve
from nlu.evaluation.page.material import held_out, material, of_intents, probe
from nlu.evaluation.page.scoring import (
    Judged,
    confusions,
    judged_leaves,
    reliability,
    score,
)

NOTHING = {"location": [], "time": [], "phone": []}


def a_pair(meant, said, *, sure=0.9, found=None, wanted=None, **more):
    expected = {
        "text": "三栋的扶手", "leaves": meant, "files_ticket": True, "language": "zh",
        "intent": "report", "emergency": False, "entities": {**NOTHING, **(wanted or {})}, **more,
    }  # fmt: skip
    answer = {
        "ranking": [[said[0], sure], ["X", 0.0], ["Y", 0.0]], "intent": "report", "leaves": said,
        "files_ticket": True, "emergency": False, "entities": {**NOTHING, **(found or {})},
    }  # fmt: skip
    return expected, answer


def test_precision_is_of_what_was_said_and_recall_of_what_was_meant():
    scores = score([Judged("A", "A", "zh"), Judged("A", "B", "yue"), Judged("B", "B", "zh")])

    assert scores["A"]["all"] == {"n": 2, "precision": 1.0, "recall": 0.5, "f1": 0.6667}
    assert scores["B"]["all"]["precision"] == 0.5
    assert scores["A"]["yue"] == {"n": 1, "precision": None, "recall": 0.0, "f1": 0.0}
    assert scores["B"]["yue"] == {"n": 0, "precision": 0.0, "recall": None, "f1": 0.0}


def test_an_alternative_counts_as_what_was_meant():
    judged = judged_leaves([a_pair(["A"], ["B"], alt=["B"]), a_pair(["A"], ["C"])], show=False)
    assert [(each.meant, each.said) for each in judged] == [("A", "A"), ("A", "C")]


def test_what_is_confused_most_comes_first_with_three_of_its_messages():
    judged = [Judged("A", "B", "zh", f"m{n}") for n in range(5)] + [Judged("B", "A", "zh", "x")]
    assert confusions(judged, 9) == [
        {"meant": "A", "said": "B", "times": 5, "texts": ["m0", "m1", "m2"]},
        {"meant": "B", "said": "A", "times": 1, "texts": ["x"]},
    ]
    assert len(confusions(judged, 1)) == 1


def test_reliability_sets_how_sure_beside_how_right():
    pairs = [a_pair(["A"], ["A"], sure=0.9), a_pair(["A"], ["B"], sure=0.96),
             a_pair(["A"], ["A"], sure=0.3)]  # fmt: skip
    assert reliability(pairs) == [
        {"n": 1, "sure": 0.3, "right": 1.0},
        {"n": 2, "sure": 0.93, "right": 0.5},
    ]


def test_a_place_too_many_costs_precision_and_one_too_few_recall():
    pairs = [
        a_pair(["A"], ["A"], wanted={"location": ["3栋"]}, found={"location": ["3栋", "扶手"]}),
        a_pair(["A"], ["A"], wanted={"location": ["5栋"]}, language="yue"),
    ]
    table = entities(pairs)
    assert table["location"]["all"] == {
        "wanted": 2, "found": 2, "recall": 0.5, "precision": 0.5
    }  # fmt: skip
    assert table["location"]["yue"]["precision"] is None
    assert "time" not in table


def test_several_matters_and_a_single_one_that_was_cut():
    pairs = [
        a_pair(["A", "B"], ["A", "B"]),
        a_pair(["A", "B"], ["A", "C"]),
        a_pair(["A"], ["A", "B"]),
        a_pair(["A"], ["B"]),
    ]
    assert several(pairs) == {
        "n": 2, "as_many_found": 1.0, "all_right": 0.5, "single": 2, "single_cut": 0.5
    }  # fmt: skip


def test_dangers_and_false_tickets_are_counted_by_kind():
    pairs = [
        ({"kind": "fire", "emergency": True}, {"emergency": True}),
        ({"kind": "fire", "emergency": True}, {"emergency": False}),
        ({"kind": "drill", "emergency": False}, {"emergency": True}),
    ]
    assert red_team(pairs) == {
        "emergencies": {"fire": {"n": 2, "raised": 1}},
        "traps": {"drill": {"n": 1, "raised": 1}},
    }
    talk = ({"intent": "thanks", "files_ticket": False}, {"files_ticket": True})
    everyday = [({"emergency": a}, {"emergency": b}) for a, b in ((1, 1), (1, 0), (0, 1), (0, 0))]
    assert everyday_danger([*pairs, *everyday]) == {
        "emergencies": 2, "caught": 1, "calm": 2, "raised": 1
    }  # fmt: skip
    assert false_tickets([talk]) == {"thanks": {"n": 1, "filed": 1}}


def test_a_matter_that_is_asked_about_first_is_not_filed_at_once():
    filed, (expected, asked) = a_pair(["A"], ["A"]), a_pair(["A"], ["A"])
    talk = ({"files_ticket": False}, {"files_ticket": False})
    assert not_filed([filed, (expected, {**asked, "files_ticket": False}), talk]) == 0.5
    assert not_filed([talk]) is None


def test_pairs_are_counted_by_what_they_are_and_by_kind():
    rows = [({"gold": True, "kind": "said"}, {"same": True}),
            ({"gold": True, "kind": "days"}, {"same": False}),
            ({"gold": False, "kind": "here"}, {"same": False})]  # fmt: skip
    table = duplicates(rows)
    assert table["one matter"] == {"n": 2, "same": 0.5}
    assert table["one matter: said"] == {"n": 1, "same": 1.0}
    assert table["two matters"] == table["two matters: here"] == {"n": 1, "same": 0.0}


def test_no_text_of_a_frozen_message_is_kept():
    pairs = [a_pair(["A"], ["B"])]
    shown = json.dumps(survey.of_messages(pairs, show=True), ensure_ascii=False)
    frozen = json.dumps(survey.of_messages(pairs, show=False), ensure_ascii=False)
    assert "三栋的扶手" in shown
    assert "三栋" not in frozen


def test_answers_to_other_messages_are_refused():
    with pytest.raises(SystemExit, match="not the messages"):
        survey.paired([{"text": "a"}], [{"text": "b"}])


def test_the_messages_measured_are_those_of_the_gate_first():
    frozen = survey.frozen_rows()
    assert survey.all_rows()[: len(frozen)] == frozen
    assert survey.all_rows()[len(frozen) :] == [*survey.open_rows(), *survey.pair_rows()]
    assert set().union(*map(survey.asked, survey.all_rows())) == {"text", "a", "b", "days"}


def test_a_message_costs_time_and_the_first_is_left_out():
    class Parser:
        async def parse(self, text):
            return {"text": text, "sum": sum(range(20_000))}

    timed = Timed(Parser())
    for text in ("a", "b", "c"):
        assert asyncio.run(timed.parse(text))["text"] == text
    cost = timed.cost()
    assert cost["n"] == 2
    assert 0 < cost["ms"]["p50"] <= cost["ms"]["p99"]
    assert cost["peak_mb"] > 10


def test_material_stands_once_and_keeps_the_text_it_came_from():
    read = material([("3号楼灯坏", "A"), ("5号楼灯坏", "A"), ("灯坏", "B")])
    assert len(read.words) == len(set(zip(read.words, read.labels, strict=True)))
    assert set(read.texts) <= {"3号楼灯坏", "5号楼灯坏", "灯坏"}
    assert of_intents([Written("你好", "greet", "a.yml:1")]).labels == ["greet"]


def test_the_curve_has_a_point_for_each_share_and_ends_with_everything():
    two = [(each.text, each.leaf) for each in read_examples() if each.leaf in {"PUB03", "SAN01"}]
    read = material(two)._replace(vectors=None)
    row = {"text": "路灯不亮了", "leaves": ["PUB03"], "files_ticket": True, "language": "zh"}
    *_, (last, fitted, chosen) = points = list(curve(read, {"dev": probe([row])}))

    assert [figures["share"] for figures, _, _ in points] == list(SHARES)
    assert last["examples"] == len(chosen.words) == len(read.words)
    assert last["dev"]["zh"]["top1"] == 1.0
    judged = held_out(chosen, fitted.classes, fitted.held_out)
    assert {each.text for each in judged} <= {text for text, _ in two}
    assert sum(each.meant == each.said for each in judged) > len(judged) / 2


def test_the_pictures_are_svg_and_the_same_figures_give_the_same_picture():
    bins = [{"n": 3, "sure": 0.4, "right": 0.5}, {"n": 9, "sure": 0.9, "right": 0.8}]
    drawn = pictures.reliability({"frozen": bins})
    assert drawn.startswith("<svg")
    assert ">frozen<" in drawn
    assert drawn == pictures.reliability({"frozen": bins})
    points = [{"examples": n, "dev": {"all": {"top1": n / 9}}} for n in (2, 5)]
    assert "all, dev" in pictures.learning_curve(points, ["dev"])
