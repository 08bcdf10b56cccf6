"""A whole model, by the path a live message takes."""

import asyncio
import json

import pytest

pytestmark = pytest.mark.model

KEYS = {
    "text", "normalised", "language", "intent", "intent_ranking", "leaves", "matters", "entities",
    "emergency", "vector", "knowledge", "model",
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
