"""When one message holds several matters."""

import numpy as np
import pytest

from nlu.components.boundaries import boundaries, learned
from nlu.components.calibration import Mixing
from nlu.components.clause_evidence import NAMES, ClauseEvidence
from nlu.components.fusion import FusedClassifier
from nlu.components.linear import LinearModel
from nlu.components.ngrams import CharacterGrams
from nlu.components.splitter import (
    Reading,
    best_boundary,
    find_matters,
    first_look,
    look_features,
    part_features,
    worth_classifying,
)

WORDS = {"BLD01": ["扶手", "松了"], "SAN01": ["垃圾", "没人收"], "BLD03": ["lif", "ift"]}
WORDS |= {"BLD04": ["lig", "ght"], "NOI02": ["装修", "吵"], "GRN04": ["狗", "乱叫"]}
CODES = sorted(WORDS)
#: What many sentences begin and end with, and how rare each is.
EDGES = {" 楼": 4.2, "楼": 4.0, " 楼下": 5.0, "楼下": 4.9, "了 ": 4.2, "了": 4.0, "松了 ": 7.2}
EDGES |= {" 还": 5.2, "还": 5.0, " 还有": 6.0, "还有": 5.8}


def knowing(words):
    """A classifier that is sure of a few words; nothing is trained."""
    grams = sorted(gram for several in words.values() for gram in several)
    coefficients = np.full((len(grams), len(CODES)), -1.5, dtype=np.float32)
    for code, several in words.items():
        for gram in several:
            coefficients[grams.index(gram), CODES.index(code)] = 5.0
    grams += EDGES
    coefficients = np.vstack([coefficients, np.zeros((len(EDGES), len(CODES)), np.float32)])
    model = LinearModel(coefficients, np.full(len(CODES), -2.0, dtype=np.float32))
    rare = CharacterGrams(grams, np.array([EDGES.get(gram, 7.0) for gram in grams]))
    return FusedClassifier(CODES, rare, model, None, {"characters": Mixing()})


CLASSIFIER = knowing(WORDS)
EVIDENCE = ClauseEvidence(CLASSIFIER)


def classify(texts):
    return [Reading(ranking, 0.99) for ranking in CLASSIFIER.rankings(texts, None)]


def find(text, classifying):
    ranking = classify([text])[0].leaves
    return find_matters(text, ranking, first_look(text, EVIDENCE), classifying, EVIDENCE)


def matters(text):
    found = find(text, classify)
    return [(text[m.start : m.end], m.leaves[0][0]) for m in found]


def test_two_sure_parts_are_two_matters():
    assert matters("45栋扶手松了,还有楼下垃圾没人收") == [
        ("45栋扶手松了", "BLD01"),
        ("还有楼下垃圾没人收", "SAN01"),
    ]


def test_two_matters_are_found_without_any_punctuation():
    assert matters("我们楼的扶手松了楼下垃圾没人收") == [
        ("我们楼的扶手松了", "BLD01"),
        ("楼下垃圾没人收", "SAN01"),
    ]


def test_three_matters_are_found_one_after_another():
    found = matters("扶手松了,另外垃圾没人收,还有楼上装修吵")
    assert [code for _, code in found] == ["BLD01", "SAN01", "NOI02"]


def test_english_and_splits():
    assert matters("the lift is broken and the light is off") == [
        ("the lift is broken", "BLD03"),
        ("and the light is off", "BLD04"),
    ]


def test_the_same_leaf_twice_is_one_matter():
    assert len(matters("扶手松了,还有另一边扶手也松了")) == 1


@pytest.mark.parametrize("text", ["", "扶手", ",。", "扶手松了", "垃" * 601])
def test_what_cannot_be_cut_stays_whole(text):
    assert [part for part, _ in matters(text)] == [text]


def test_parts_are_classified_only_where_a_cut_is_conceivable():
    asked = []

    def count(texts):
        asked.extend(texts)
        return classify(texts)

    for text in ("楼下狗乱叫没人收", "扶手松了,还有垃圾没人收"):
        find(text, count)
    assert asked[:2] == ["扶手松了", "还有垃圾没人收"]


def features_when(first, second):
    text = "扶手松了楼下垃圾没人收"
    candidate = best_boundary(text, EVIDENCE, learned())
    left, right, whole = CLASSIFIER.rankings(["扶手松了", "楼下垃圾没人收", text], None)
    return part_features(text, candidate, Reading(left, first), Reading(right, second), whole)


def test_a_part_that_tells_nothing_speaks_against_a_second_matter():
    surely, hardly = features_when(0.9, 0.9), features_when(0.9, 0.1)
    assert hardly == features_when(0.1, 0.9)
    assert surely["told"] > hardly["told"]
    assert learned().parts["told"] > 0


def test_what_was_learned_weighs_everything_the_parts_say():
    assert list(learned().parts) == list(features_when(0.9, 0.9))


def test_a_look_at_the_characters_settles_what_tells_one_thing():
    def is_worth(text):
        return worth_classifying(text, best_boundary(text, EVIDENCE, learned()), learned())

    assert is_worth("扶手松了,还有楼下垃圾没人收")
    assert not is_worth("楼下的狗乱叫")


def test_what_was_learned_weighs_everything_a_look_shows():
    text = "扶手松了垃圾没人收"
    candidate = best_boundary(text, EVIDENCE, learned())
    assert list(learned().look) == list(look_features(text, candidate))


def test_a_part_keeps_its_words_whole():
    starts = [text for text, _ in matters("扶手松了还有垃圾没人收")]
    assert starts == ["扶手松了", "还有垃圾没人收"]


def test_a_boundary_stands_before_every_word_and_before_no_punctuation():
    text = "灯坏了,lift 12 栋"
    assert [(text[: b.end], text[b.start :]) for b in boundaries(text)] == [
        ("灯", "坏了,lift 12 栋"),
        ("灯坏", "了,lift 12 栋"),
        ("灯坏了", "lift 12 栋"),
        ("灯坏了,lift", "12 栋"),
        ("灯坏了,lift 12", "栋"),
    ]


def test_numbers_are_the_same_word_wherever_they_stand():
    one, other = (boundaries(f"灯坏了 {n}栋")[2].grams for n in (3, 45))
    assert one == other


def test_evidence_is_best_between_two_matters():
    text = "扶手松了垃圾没人收"
    rows = EVIDENCE.features(text, boundaries(text))
    gains = rows[:, NAMES.index("over_whole")]
    assert boundaries(text)[int(gains.argmax())].start == len("扶手松了")


def test_what_was_learned_has_a_weight_for_all_evidence():
    assert set(learned().evidence) == set(NAMES)
