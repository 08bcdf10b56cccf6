"""A whole model, by the path a live message takes."""

import asyncio
import json

import pytest

pytestmark = pytest.mark.model

KEYS = {
    "text", "normalised", "language", "intent", "intent_ranking", "leaves", "matters", "entities",
    "told", "emergency", "vector", "knowledge", "model",
}  # fmt: skip


def understood(parser, text):
    return asyncio.run(parser.parse(text))


ODD = ["45栋楼梯扶手松了", "", "😀", "   ", "a" * 3000, "灯坏了," * 700, "\u0000", "?", "ﷺ㎡①"]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_every_message_keeps_the_contract(parser, text):
    result = understood(parser, text)
    assert result.keys() == KEYS
    assert json.loads(json.dumps(result)) == result
    text = text.strip()  # Rasa strips every message before we see it
    assert result["text"] == text
    assert len(result["leaves"]) >= 5
    assert len(result["vector"]) == 512
    assert 0 <= result["emergency"]["score"] <= 1
    for part in [*result["entities"], *result["matters"]]:
        assert text[part["start"] : part["end"]] == part["text"]


def test_a_ticket_has_a_matter_with_its_leaf(parser):
    result = understood(parser, "45栋楼梯扶手松了")
    assert result["intent"]["name"] == "report"
    assert [matter["leaves"][0][0] for matter in result["matters"]] == ["BLD01"]
    assert result["entities"][0]["value"]["building"] == "45"


def test_two_matters_are_two(parser):
    result = understood(parser, "45棟樓梯扶手鬆咗，另外樓下垃圾冇人執")
    assert [matter["leaves"][0][0] for matter in result["matters"]] == ["BLD01", "SAN01"]


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("投诉", "report"),
        ("complaint", "report"),
        ("垃圾", "report"),
        ("噪音", "report"),
        ("帮我叫个真人", "human"),
        ("搵個真人", "human"),
        ("已联系师傅", "supplement"),
        ("which language can I use here", "help"),
        ("how do I apply for a residence permit", "faq"),
        ("我要办居住证", "request"),
        ("講真今晚食咩好,雪櫃得返兩隻蛋同半碗飯", "smalltalk"),
        ("講真我哋座樓啲垃圾三日都冇人執,臭到開唔到窗", "report"),
    ],
)
def test_what_few_words_and_long_talk_are_taken_for(parser, text, intent):
    assert understood(parser, text)["intent"]["name"] == intent


@pytest.mark.parametrize("text", ["/report", "/withdraw", '/rate{"score":5}', "/restart"])
def test_a_slash_is_no_intent(parser, text):
    assert understood(parser, text)["intent"]["confidence"] < 1.0


@pytest.mark.parametrize(
    "text", ["电梯里有人被困住了,快来人", "Gas is leaking in the kitchen, strong smell"]
)
def test_danger_raises_the_score(parser, text):
    assert understood(parser, text)["emergency"]["score"] > 0.5


def test_calm_matters_do_not(parser):
    assert understood(parser, "希望多办一些亲子活动")["emergency"]["score"] < 0.1
