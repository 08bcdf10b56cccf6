"""The fused classifier on a toy problem."""

import numpy as np
import pytest

from nlu.components.alarm import Alarm, urgent_share
from nlu.components.calibration import Mixing, find_mixing, loss
from nlu.components.examples import Example
from nlu.components.fusion import FusedClassifier, alike
from nlu.components.gate import TicketGate
from nlu.components.intent_and_leaf import choose_intent, rescale, told
from nlu.components.ngrams import CharacterGrams, without_numbers

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
    grams = CharacterGrams.fit(TEXTS)
    fitted = FusedClassifier.fit(TEXTS, vectors, LABELS, grams=grams)
    for part in (grams, fitted):
        part.save(tmp_path)
    loaded = FusedClassifier.load(tmp_path, CharacterGrams.load(tmp_path))
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
    assert choose_intent([("report", 0.25), ("request", 0.2), ("thanks", 0.55)])[0] == "report"
    assert choose_intent([("report", 0.35), ("greet", 0.34), ("bye", 0.31)])[0] == "greet"


def test_the_alarm_learns_from_what_is_marked_and_weighs_the_leaf(tmp_path):
    known = [Example(text, "report", "SAF06", "now") for text in _LAMP]
    known += [Example(text, "report", "PUB03", "none") for text in _WATER]
    urgent = [0.8] * len(_LAMP) + [0.1] * len(_WATER)
    grams = CharacterGrams.fit([example.text for example in known])
    Alarm.fit(known, VECTORS, urgent, [0.9] * len(known), grams).save(tmp_path)
    alarm = Alarm.load(tmp_path, grams)
    heard = alarm.probability("灯坏了", VECTORS[:1], urgent=0.8, told=0.9)
    assert heard > 0.5 > alarm.probability("停水了", VECTORS[10:11], urgent=0.1, told=0.9)
    assert heard > alarm.probability("灯坏了", VECTORS[:1], urgent=0.1, told=0.9)


def test_only_leaves_that_hold_nothing_but_dangers_speak_for_their_examples():
    assert Example("着火了", "report", "SAF06", "").is_danger is True
    assert Example("上个月着过火", "report", "SAF06", "none").is_danger is False
    assert Example("有人打架", "report", "SAF05", "").is_danger is None
    assert Example("你好", "greet", "", "").is_danger is False
    assert urgent_share([("SAF06", 0.7), ("BLD01", 0.2), ("BLD02", 0.1)]) == pytest.approx(0.8)


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
