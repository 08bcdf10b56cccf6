"""The knowledge base is read strictly: every problem with its file and entry, all at once."""

from datetime import date
from pathlib import Path

import pytest

from actions.adapters.knowledge_folder import KnowledgeFolderError, read_knowledge
from tests.builders import ROOT, the_community

SOURCES = """
sources:
  handbook:
    name: {zh-CN: 手册, zh-HK: 手冊, en: handbook}
    where: {zh-CN: 一楼, zh-HK: 地下, en: ground floor}
"""
GOOD = """
  - id: {id}
    title: {{zh-CN: "{id}甲", zh-HK: "{id}乙", en: "{id} c"}}
    questions: {{zh-CN: ["{asked}"], zh-HK: ["{id}幾時"], en: ["when {id}"]}}
    answer: {{zh-CN: 八点, zh-HK: 八點, en: at eight}}
    source: handbook
    checked: 2026-11-02
"""


def entry(name: str, asked: str = "", more: str = "") -> str:
    return GOOD.format(id=name, asked=asked or f"{name}几点") + more


def problems_of(folder: Path, *entries: str) -> tuple[str, ...]:
    (folder / "sources.yml").write_text(SOURCES, encoding="utf-8")
    (folder / "theme.yml").write_text("entries:" + "".join(entries), encoding="utf-8")
    with pytest.raises(KnowledgeFolderError) as refused:
        read_knowledge(folder, the_community())
    return refused.value.problems


def test_the_demo_communitys_own_entries_are_in_order() -> None:
    knowledge = read_knowledge(ROOT / "config" / "knowledge", the_community())

    assert len(knowledge.entries) >= 45
    lift = knowledge.entries["old-building-lift"]
    assert lift.scope == ("BL",)
    assert lift.source.name["en"] == "Linjiang rules of deliberation"
    assert knowledge.entries["elder-canteen"].valid_until == date(2026, 12, 31)


def test_a_community_without_a_folder_has_nothing_written_down(tmp_path: Path) -> None:
    assert read_knowledge(tmp_path / "nowhere", the_community()).entries == {}


def test_a_missing_language_is_named_with_its_file_and_entry(tmp_path: Path) -> None:
    broken = entry("bins").replace(", en: at eight", "").replace(', en: ["when bins"]', "")

    assert problems_of(tmp_path, broken) == (
        "theme.yml: bins: answer: no text in en",
        "theme.yml: bins: questions: no question in en",
    )


def test_an_entry_is_not_written_twice(tmp_path: Path) -> None:
    twice = problems_of(tmp_path, entry("bins"), entry("bins", asked="垃圾何时收"))

    assert twice == ("theme.yml: bins: there is another entry of this id",)


def test_two_entries_for_the_same_people_are_not_asked_the_same(tmp_path: Path) -> None:
    asked = "几点收垃圾"

    assert problems_of(tmp_path, entry("bins", asked), entry("waste", f"{asked}？")) == (
        f"bins and waste: both are asked {asked!r}",
    )


def test_two_estates_may_answer_the_same_question_each_in_its_way(tmp_path: Path) -> None:
    (tmp_path / "sources.yml").write_text(SOURCES, encoding="utf-8")
    (tmp_path / "theme.yml").write_text(
        "entries:"
        + entry("bins", "几点收垃圾", "    scope: [RY]\n")
        + entry("waste", "几点收垃圾", "    scope: [BL]\n"),
        encoding="utf-8",
    )

    assert set(read_knowledge(tmp_path, the_community()).entries) == {"bins", "waste"}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("    scope: [MARS]\n", "theme.yml: bins: scope: no such area: MARS"),
        (
            "    valid_until: 2026-01-01\n",
            "theme.yml: bins: valid_until lies before the day it was checked",
        ),
        ("    anwser: x\n", "unknown key"),
    ],
)
def test_what_cannot_be_right_is_refused(tmp_path: Path, more: str, said: str) -> None:
    assert said in "\n".join(problems_of(tmp_path, entry("bins", more=more)))


def test_a_source_that_is_not_listed_is_refused(tmp_path: Path) -> None:
    hearsay = entry("bins").replace("source: handbook", "source: hearsay")

    assert problems_of(tmp_path, hearsay) == (
        "theme.yml: bins: source: 'hearsay' is not one of handbook",
    )
