"""The linter of the training data sees each fault, and takes nothing harmless for one."""

import json
import re

import pytest

from nlu.evaluation.lint import written
from nlu.evaluation.lint.findings import copies, leaks, read_limits, thin
from nlu.evaluation.lint.nearness import grams, nearest, pairs
from nlu.evaluation.lint.variety import classes, table
from nlu.evaluation.lint.written import (
    Written,
    read_examples,
    read_measured,
    read_several,
    size,
    writing,
)

LIMITS = read_limits()
BROKEN = "三号楼下面那个健身器材的踏板断了一截"


def said(*rows):
    return [Written(text, label, f"a.yml:{n}") for n, (text, label) in enumerate(rows, 1)]


def kinds(found):
    return [each.kind for each in found]


def test_an_example_is_known_by_file_and_line(tmp_path):
    (tmp_path / "a.yml").write_text(
        'version: "3.1"\nnlu:\n- intent: report/BLD01\n  metadata: {danger: now}\n'
        "  examples: |\n    - 扶手松了\n\n    - 护栏断了\n",
        encoding="utf-8",
    )
    assert read_examples(tmp_path) == [
        ("扶手松了", "report/BLD01", "a.yml:6", "now"),
        ("护栏断了", "report/BLD01", "a.yml:8", "now"),
    ]


def test_the_line_named_holds_the_example():
    for example in read_examples()[::997]:
        file, line = example.place.split(":")
        text = (written.EXAMPLES / file).read_text(encoding="utf-8").splitlines()[int(line) - 1]
        assert text.strip() == f"- {example.text}"


def test_a_measured_pair_is_two_messages(tmp_path, monkeypatch):
    monkeypatch.setattr(written, "EVALUATION", tmp_path)
    (tmp_path / "dev").mkdir()
    rows = [{"text": "灯坏了"}, {"a": "灯不亮", "b": "没灯"}]
    (tmp_path / "dev" / "b.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert [(each.text, each.place) for each in read_measured("dev")] == [
        ("灯坏了", "b.jsonl:1"), ("灯不亮", "b.jsonl:2"), ("没灯", "b.jsonl:2")
    ]  # fmt: skip


def test_case_and_punctuation_make_no_new_example():
    rows = said(("漏水!", "report/BLD05"), ("漏水", "report/BLD05"))
    assert kinds(copies(rows, LIMITS)) == ["copy"]


def test_the_same_in_traditional_script_or_in_cantonese_is_a_new_example():
    rows = said(("楼下停电", "report/UTL02"), ("樓下停電", "report/UTL02"),
                ("樓下冇電", "report/UTL02"))  # fmt: skip
    assert list(copies(rows, LIMITS)) == []


def test_another_house_number_makes_no_new_example():
    other = BROKEN.replace("三号", "十五号")
    rows = said((BROKEN, "report/PUB01"), (other, "report/PUB01"))
    assert kinds(copies(rows, LIMITS)) == ["copy"]


def test_one_sentence_under_two_labels_is_a_contradiction_in_either_script():
    rows = said(("路灯坏了", "report/PUB03"), ("路燈壞了", "report/BLD04"))
    assert kinds(copies(rows, LIMITS)) == ["contradiction"]
    nearly = said((BROKEN, "report/PUB01"), (BROKEN + "啊", "report/PUB05"))
    assert kinds(copies(nearly, LIMITS)) == ["contradiction"]


def test_one_sentence_as_danger_and_as_none_is_a_contradiction():
    rows = [Written("楼下着火", "report/SAF06", "a.yml:1", "now"),
            Written("樓下着火", "report/SAF06", "a.yml:2", "none")]  # fmt: skip
    assert kinds(copies(rows, LIMITS)) == ["contradiction"]
    assert list(copies([rows[0], rows[1]._replace(danger="")], LIMITS)) == []


def test_a_negation_is_no_contradiction():
    rows = said(("是我本人", "affirm"), ("不是我本人", "deny"), ("absolutely", "affirm"),
                ("absolutely not", "deny"))  # fmt: skip
    assert list(copies(rows, LIMITS)) == []


def test_a_leak_is_told_by_places_without_any_text():
    measured = [Written(BROKEN + "呢", "holdout", "m.jsonl:7")]
    found = list(leaks(said((BROKEN, "report/PUB01")), measured, LIMITS))
    assert kinds(found) == ["leak"]
    assert found[0].what.startswith("a.yml:1 is like holdout/m.jsonl:7 (0.")
    assert not re.search(r"[\u3400-\u9fff]", found[0].what)


def test_messages_that_teach_where_to_cut_are_read_without_their_bars(tmp_path):
    rows = "# leaves <TAB> message\nBLD04,SAN01\t灯坏了|垃圾没人收\n"
    (tmp_path / "zh.tsv").write_text(rows, encoding="utf-8")
    assert read_several(tmp_path) == [("灯坏了垃圾没人收", "BLD04,SAN01", "zh.tsv:2", "")]


def test_what_everybody_says_leaks_nothing():
    short = [Written("谢谢你们", "holdout", "m.jsonl:1")]
    assert list(leaks(said(("谢谢你们", "thanks")), short, LIMITS)) == []
    assert size("thank you all so much") < 8 < size("楼下的垃圾桶又满了")


def test_a_class_is_thin_by_number_by_way_of_writing_and_by_sameness():
    limits = {"leaf": {"examples": 2, "english": 1}, "intent": {"examples": 2}, "nearest": 0.5}
    rows = said((BROKEN, "report/PUB01"), (BROKEN + "呢", "report/PUB01"))
    assert [each.what.split(",")[0] for each in thin(classes(rows), limits)] == [
        "report: 0.15",
        "PUB01: 0 english",
        "PUB01: 0.15",
    ]


def test_ways_of_writing():
    ways = [writing(text) for text in ("灯坏了", "燈壞了", "盞燈壞咗", "light is out")]
    assert ways == ["mandarin", "cantonese", "cantonese", "english"]


def test_likeness_is_one_for_the_same_and_nothing_for_strangers():
    features = grams(["电梯坏了", "电梯坏了", "路灯不亮"])
    assert [(pair.first, pair.second) for pair in pairs(features, 0.9)] == [(0, 1)]
    assert nearest(features) == pytest.approx([1, 1, 0])


def test_the_table_has_a_line_for_every_class():
    lines = list(table(classes(said(("灯坏了", "report/PUB03"), ("你好", "greet")))))
    assert [line.split()[0] for line in lines] == ["class", "greet", "report", "PUB03"]
