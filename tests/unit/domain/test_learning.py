"""What may be learned from, and what of a message is kept for it."""

from datetime import UTC, datetime

import pytest

from actions.domain.correction import Side, kept_words, side_of, told_first
from actions.domain.draft import Draft
from actions.domain.identifiers import ConversationId, PersonId
from actions.domain.learning import Known, folded, objection, sift, suggested

MEASURED = "这是专门留着量准不准的一句话谁也不许学"
KNOWN = Known(
    labels={
        folded("楼梯扶手松了"): "report/BLD01",
        folded("今天天气真好"): "smalltalk",
        folded("想要多几张长椅"): "suggest/PUB07",
        folded("电梯坏了"): "report/BLD03",
    },
    measured=frozenset({folded(MEASURED), folded("电梯停了")}),
)


@pytest.mark.parametrize(
    ("words", "label", "why"),
    [
        ("45栋扶手又松了", "report/BLD01", ""),
        ("楼梯扶手松了。", "report/BLD01", "it is there already"),
        ("樓梯扶手鬆了", "report/BLD01", "it is there already"),
        ("楼梯扶手松了", "report/PUB04", "it contradicts report/BLD01"),
        ("今天天气真好", "report/OTH99", "it contradicts smalltalk"),
        ("想要多几张长椅", "request/PUB07", ""),
        ("今天天气真好", "other", "it contradicts smalltalk"),
        ("电话13812345678的扶手松了", "report/BLD01", "there is a private number in it"),
        (MEASURED, "report/BLD01", "it stands among the messages kept for measuring"),
        ("电梯停了", "report/BLD03", ""),
        ("[扶手](place)松了", "report/BLD01", "it holds markup"),
        ("/greet", "greet", "it holds markup"),
        ("。。。", "report/BLD01", "it has no words"),
        ("扶手松了" * 100, "report/BLD01", "it is longer than 300 characters"),
    ],
)
def test_an_example_is_taken_or_it_is_said_why_not(words: str, label: str, why: str) -> None:
    assert objection(words, label, KNOWN) == why


def test_examples_are_held_against_each_other_too() -> None:
    told = ((1, "灯不亮", "report/PUB03"), (2, "灯不亮!", "report/PUB03"), (3, "燈不亮", "greet"))
    assert [why for *_, why in sift(told, KNOWN)] == [
        "", "it is there already", "it contradicts report/PUB03",
    ]  # fmt: skip


def test_the_label_of_the_model_is_suggested_where_it_exists_and_else_the_usual_one() -> None:
    assert suggested("BLD01", "report", (), KNOWN) == "report/BLD01"
    assert suggested("PUB07", "report", (), KNOWN) == "suggest/PUB07"
    assert suggested("NOI01", "greet", (), KNOWN) == "report/NOI01"
    assert suggested("", "report", ("report", "thanks"), KNOWN) == "thanks"
    assert suggested("", "report", (), KNOWN) == "other"


def test_kept_words_are_one_line_without_numbers_flats_and_own_name() -> None:
    words = kept_words("我叫何小兰,我家904\n楼上1203室天天吵,打我13812345678")
    assert "何小兰" not in words
    assert "904" not in words
    assert "13812345678" not in words
    assert "1203" not in words
    assert "**" not in words
    assert kept_words(words) == words
    assert "\n" not in words
    assert len(kept_words("扶手松了" * 200)) == 300


@pytest.mark.parametrize(
    ("text", "message", "told"),
    [
        ("扶手松了\n三楼", "扶手松了", "扶手松了"),
        ("扶手松了\n在三楼\n晚上在家", "扶手松了\n在三楼", "扶手松了\n在三楼"),
        ("灯不亮\n补充", "扶手松了,还有灯不亮", "灯不亮"),
        ("扶手松了\n补充", "", "扶手松了"),
    ],
)
def test_what_was_classified_is_kept_and_not_what_came_later(
    text: str, message: str, told: str
) -> None:
    now = datetime.now(UTC)
    draft = Draft(
        conversation_id=ConversationId(1), person_id=PersonId(1), text=text, batch="",
        begun_at=now, updated_at=now,
    )  # fmt: skip
    assert told_first(draft, message) == told


def test_those_who_look_after_the_house_are_told_apart_from_those_who_work_on_tickets() -> None:
    assert (side_of("ADM"), side_of("GLD"), side_of("DSP")) == (
        Side.ADMIN, Side.WORKER, Side.WORKER,
    )  # fmt: skip
