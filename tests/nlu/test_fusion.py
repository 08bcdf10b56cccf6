"""The fused classifier on a toy problem."""

import numpy as np
import pytest

from nlu.components.calibration import Mixing, find_mixing, loss
from nlu.components.fusion import FusedClassifier, alike
from nlu.components.gate import TicketGate
from nlu.components.intent_and_leaf import choose_intent, emergency_score, rescale, told
from nlu.components.ngrams import CharacterGrams, without_numbers
from nlu.components.splitter import Matter

_LAMP = [
    "灯坏了",
    "路灯不亮",
    "灯泡坏了",
    "灯不亮了",
    "楼道灯坏",
    "灯一直闪",
    "换个灯泡",
    "灯光太暗",
    "没有灯",
    "灯灭了",
]
_WATER = [
    "停水了",
    "水管漏水",
    "没有水",
    "水压太低",
    "自来水黄",
    "水龙头漏",
    "水停了",
    "漏水了",
    "水表坏",
    "供水断了",
]
TEXTS = _LAMP + _WATER
LABELS = ["lamp"] * len(_LAMP) + ["water"] * len(_WATER)
VECTORS = np.random.default_rng(0).normal(size=(len(TEXTS), 8)).astype(np.float32)
VECTORS[:, 0] = [1 if label == "lamp" else -1 for label in LABELS]


@pytest.mark.parametrize("vectors", [VECTORS, None], ids=["both", "characters alone"])
def test_it_learns_saves_and_loads(vectors, tmp_path):
    fitted = FusedClassifier.fit(TEXTS, vectors, LABELS)
    fitted.save(tmp_path)
    loaded = FusedClassifier.load(tmp_path)
    row = None if vectors is None else vectors[:1]
    ranking = loaded.rankings(["走廊灯坏了"], row)[0]
    assert dict(ranking) == pytest.approx(dict(fitted.rankings(["走廊灯坏了"], row)[0]))
    assert ranking[0][0] == "lamp"
    assert sum(p for _, p in ranking) == pytest.approx(1)


def test_a_model_with_vectors_works_without_them():
    assert FusedClassifier.fit(TEXTS, VECTORS, LABELS).rankings(["停水"], None)[0][0][0] == "water"


def test_an_unknown_text_is_no_error():
    ranking = FusedClassifier.fit(TEXTS, None, LABELS).rankings(["", "xyz"], None)
    assert [len(row) for row in ranking] == [2, 2]


def test_mixing_trusts_the_better_model():
    labels = np.array([0, 1] * 50)
    right = np.where(labels[:, None] == np.arange(2), 2.0, -2.0)
    noise = np.random.default_rng(1).normal(size=(100, 2))
    mixing = find_mixing(noise, right, labels)
    assert mixing.weight < 0.3
    assert loss(mixing.probabilities(noise, right), labels) < 0.1


def test_temperature_softens():
    scores = np.array([[2.0, 0.0]])
    assert (
        Mixing(1.0, 4.0).probabilities(scores, None)[0, 0]
        < Mixing().probabilities(scores, None)[0, 0]
    )


def test_near_copies_share_a_group():
    texts = ["楼梯扶手松动了请处理", "楼梯扶手松动了请处理!", "停水三天"]
    first, second, third = alike(CharacterGrams.fit(texts, 1).transform(texts))
    assert first == second != third


def test_which_building_it_is_does_not_count():
    assert without_numbers("45栋3单元") == without_numbers("七栋12单元")


def test_kinds_of_ticket_stand_together_against_talk():
    ranking = [("report", 0.4), ("request", 0.35), ("smalltalk", 0.25)]
    name, confidence = choose_intent(ranking)
    assert name == "report"
    assert confidence == pytest.approx(0.75)
    assert choose_intent([("report", 0.35), ("request", 0.3), ("thanks", 0.35)])[0] == "thanks"
    assert choose_intent([("report", 0.45), ("greet", 0.4), ("bye", 0.15)])[0] == "greet"


def test_the_alarm_hears_urgent_leaves_and_danger():
    fire = [Matter(0, 1, [("SAF06", 0.9), ("NOI01", 0.1)])]
    noise = [Matter(0, 1, [("NOI01", 1.0)])]
    assert emergency_score([("report", 1.0)], fire, 0.0) == pytest.approx(0.9)
    assert emergency_score([("smalltalk", 1.0)], fire, 0.0) == 0
    assert emergency_score([("report", 1.0)], noise, 0.0) == 0
    assert emergency_score([("smalltalk", 1.0)], fire, 0.8) == pytest.approx(0.72)
    assert emergency_score([("smalltalk", 1.0)], noise, 0.8) == 0


def test_rescaling_keeps_the_order_on_both_sides():
    ranking = [("report", 0.2), ("request", 0.1), ("greet", 0.5), ("bye", 0.2)]
    scaled = rescale(ranking, 0.9)
    assert [name for name, _ in scaled] == ["report", "request", "greet", "bye"]
    assert told(scaled) == pytest.approx(0.9)
    assert sum(p for _, p in scaled) == pytest.approx(1)


def test_the_gate_believes_the_nearest_examples(tmp_path):
    is_ticket = np.array([label == "lamp" for label in LABELS])
    unit = VECTORS / np.linalg.norm(VECTORS, axis=1, keepdims=True)
    gate = TicketGate.fit(unit, is_ticket, np.full(len(unit), 0.5), np.arange(len(unit)))
    gate.save(tmp_path / "gate.npz")
    loaded = TicketGate.load(tmp_path / "gate.npz")
    assert loaded.probability(unit[0], 0.5) > 0.5 > loaded.probability(unit[-1], 0.5)
    assert TicketGate.load(tmp_path / "absent.npz") is None
