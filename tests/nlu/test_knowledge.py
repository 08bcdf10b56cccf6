"""Questions find their entry, by the folder as it is when the model loads."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message

from nlu.components import encoder
from nlu.components.intent_and_leaf import EMERGENCY, LEAVES, MATTERS, TOLD, VECTOR
from nlu.components.knowledge import (
    KNOWLEDGE,
    KnowledgeRetriever,
    build_index,
    knowledge_folder,
    read_questions,
    said_plainly,
)
from nlu.components.knowledge_index import SHOWN, KnowledgeIndex
from nlu.components.text_normalizer import NORMALISED, normalise
from nlu.components.understanding import describe
from nlu.evaluation.knowledge import QUESTIONS, ask, read_rows, report, thresholds

REAL = Path("config/knowledge")
PARKING = """
entries:
  - id: parking
    title: {zh-CN: 申请车位, en: Parking space}
    questions: {zh-CN: [怎么租车位], en: [How do I get a parking space]}
  - id: canteen
    title: {zh-CN: 饭堂时间, en: Canteen hours}
    questions: {zh-CN: [饭堂几点开饭], en: [When is lunch served]}
"""


def folder_with(path: Path, text: str) -> Path:
    path.mkdir(exist_ok=True)
    (path / "entries.yml").write_text(text, encoding="utf-8")
    return path


def heard(text: str) -> Message:
    """A message as the classifier leaves it."""
    aligned = normalise(text)
    vectors = encoder.encode([said_plainly(text)])
    message = Message({"text": text})
    message.set(NORMALISED, aligned)
    message.set(VECTOR, [] if vectors is None else [float(x) for x in vectors[0]])
    return message


@pytest.fixture(scope="module")
def index() -> KnowledgeIndex:
    return build_index(REAL)


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("小区月保车位怎么申请", "parking-space"),
        ("45栋的,垃圾几点可以倒", "waste-sorting"),
        ("長者飯堂幾點有飯食", "elder-canteen"),
        ("How do I book the activity room?", "activity-room"),
    ],
)
def test_a_question_finds_its_entry_in_every_language(
    index: KnowledgeIndex, text: str, entry: str
) -> None:
    message = heard(text)
    hits = index.find(said_plainly(text), message.get(VECTOR))

    assert hits[0][0] == entry
    assert len(hits) == SHOWN
    assert [score for _, score in hits] == sorted((score for _, score in hits), reverse=True)


@pytest.mark.parametrize(
    "text", ["邊度可以換港幣", "公积金能提出来还贷吗", "how do I get to the airport"]
)
def test_what_nobody_wrote_down_is_unlikely(index: KnowledgeIndex, text: str) -> None:
    assert index.find(text, heard(text).get(VECTOR))[0][1] < thresholds()["suggest_answers_from"]


def test_without_a_sentence_encoder_the_characters_go_on_alone() -> None:
    index = KnowledgeIndex([(entry, text) for entry, text in read_questions(REAL)])

    assert index.find("怎样申请车位")[0][0] == "parking-space"


def test_a_message_without_words_finds_nothing(index: KnowledgeIndex) -> None:
    assert index.find(" ", [0.0] * encoder.DIMENSIONS) == []


def test_an_index_with_vectors_finds_nothing_for_a_message_without_one() -> None:
    index = KnowledgeIndex([("a", "车位"), ("b", "饭堂")], np.eye(2, dtype=np.float32))

    assert index.find("车位", []) == []


def test_a_community_without_a_folder_knows_nothing(tmp_path: Path) -> None:
    index = build_index(tmp_path / "nowhere")

    assert index.find("怎么租车位", [0.1] * encoder.DIMENSIONS) == []


def test_a_file_that_cannot_be_read_costs_its_own_entries_only(tmp_path: Path) -> None:
    folder = folder_with(tmp_path / "knowledge", PARKING)
    (folder / "broken.yml").write_text("entries: [", encoding="utf-8")

    assert {entry for entry, _ in read_questions(folder)} == {"parking", "canteen"}


def test_the_folder_stands_beside_the_communitys_file_unless_it_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("LINLI_KNOWLEDGE", raising=False)
    monkeypatch.setenv("LINLI_COMMUNITY", str(tmp_path / "town.yml"))
    assert knowledge_folder() == tmp_path / "knowledge"

    monkeypatch.setenv("LINLI_KNOWLEDGE", str(tmp_path / "other"))
    assert knowledge_folder() == tmp_path / "other"


def test_a_changed_entry_is_found_once_the_model_is_loaded_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = folder_with(tmp_path / "knowledge", PARKING)
    monkeypatch.setenv("LINLI_KNOWLEDGE", str(folder))
    first = KnowledgeRetriever.create({}, None, None, None)  # type: ignore[arg-type]
    message = heard("羽毛球场怎么订")
    first.process([message])
    assert "courts" not in [hit["id"] for hit in message.get(KNOWLEDGE)]

    more = "  - {id: courts, title: {zh-CN: 预订球场}, questions: {zh-CN: [羽毛球场怎么预订]}}\n"
    folder_with(folder, PARKING + more)
    KnowledgeRetriever.create({}, None, None, None).process([message])  # type: ignore[arg-type]

    assert message.get(KNOWLEDGE)[0]["id"] == "courts"
    assert set(message.get(KNOWLEDGE)[0]) == {"id", "score"}


@pytest.mark.parametrize("hits", [[{"id": "courts", "score": 0.9}], None])
def test_what_was_found_is_in_the_parse(hits: list[dict[str, object]] | None) -> None:
    message = heard("球场怎么订")
    message.set(INTENT, {"name": "faq", "confidence": 0.9})
    message.set(INTENT_RANKING_KEY, [{"name": "faq", "confidence": 0.9}])
    for certainly_not in (EMERGENCY, TOLD):
        message.set(certainly_not, 0.0)
    for empty in (LEAVES, MATTERS):
        message.set(empty, [])
    message.set(KNOWLEDGE, hits)

    assert describe(message)["knowledge"] == (hits or [])


def test_the_questions_of_the_development_set_are_answered_or_honestly_not() -> None:
    questions = read_rows(QUESTIONS)
    known = {entry for entry, _ in read_questions(REAL)}
    asked = Counter(each.entry for each in questions)
    assert set(asked) - {None} == known
    assert asked[None] >= 50
    assert not {each.words for each in questions} & {text for _, text in read_questions(REAL)}

    found = ask(build_index(REAL), questions)
    answerable = [each for each in found if each.question.entry is not None]
    certain = [each for each in found if each.chance >= thresholds()["answer_from"]]
    wrong = [each for each in certain if not each.is_first]

    assert sum(each.is_first for each in answerable) >= 0.85 * len(answerable)
    assert sum(each.is_among for each in answerable) >= 0.95 * len(answerable)
    assert len(certain) >= 90
    assert len(wrong) <= 0.02 * len(certain)
    assert report(found, **thresholds())[-2].startswith("told that nothing fits")
