"""Ways of reading a text as numbers, and of learning leaves from them."""

from __future__ import annotations

import re
import time
from typing import Any, Callable, Dict, List, NamedTuple, Sequence, Tuple

import numpy as np
from scipy.sparse import hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.svm import LinearSVC

from nlu.components import encoder
from nlu.components.linear import LinearModel
from nlu.components.ngrams import without_numbers
from nlu.components.segmenter import segment

_FOLDS = 3
#: The margin of a class no example of which was seen.
_NEVER = -30.0
_LATIN = re.compile(r"[A-Za-z' ]+")

#: What was taught and what is asked, each as a matrix.
Features = Tuple[Any, Any]
Read = Callable[[Sequence[str], Sequence[str]], Features]
Scores = Callable[[Any, np.ndarray, int, Any], np.ndarray]


class Reading(NamedTuple):
    read: Read
    learn: Scores


class Scored(NamedTuple):
    """Scores of the examples by models that had not seen them, and of the probe's messages."""

    held_out: np.ndarray
    asked: np.ndarray
    seconds: float


def _tfidf(**how: Any) -> Read:
    def read(taught: Sequence[str], asked: Sequence[str]) -> Features:
        weigher = TfidfVectorizer(sublinear_tf=True, min_df=2, **how)
        return weigher.fit_transform(taught), weigher.transform(asked)

    return read


def _characters(longest: int) -> Read:
    return _tfidf(analyzer="char", ngram_range=(1, longest), preprocessor=_padded)


def _padded(text: str) -> str:
    return f" {without_numbers(text)} "


def _latin_only(text: str) -> str:
    return " ".join(_LATIN.findall(text.lower()))


def _cut(text: str) -> List[str]:
    return [word for _, word, _ in segment(text)]


def _side_by_side(*reads: Read) -> Read:
    def read(taught: Sequence[str], asked: Sequence[str]) -> Features:
        parts = [read(taught, asked) for read in reads]
        return hstack([part[0] for part in parts]).tocsr(), hstack([p[1] for p in parts]).tocsr()

    return read


def _vectors(taught: Sequence[str], asked: Sequence[str]) -> Features:
    return encoder.encode(taught), encoder.encode(asked)


def _regression(features: Any, labels: np.ndarray, classes: int, asked: Any) -> np.ndarray:
    return LinearModel.fit(features, labels, classes).scores(asked)


def _margins(features: Any, labels: np.ndarray, classes: int, asked: Any) -> np.ndarray:
    fitted = LinearSVC(class_weight="balanced").fit(features, labels)
    scores = np.full((asked.shape[0], classes), _NEVER)
    scores[:, fitted.classes_] = fitted.decision_function(asked)
    return scores


def readings() -> Dict[str, Reading]:
    latin = _tfidf(analyzer="char_wb", ngram_range=(4, 5), preprocessor=_latin_only)
    return {
        "characters 1–3": Reading(_characters(3), _regression),
        "characters 1–4": Reading(_characters(4), _regression),
        "characters 1–3 and Latin 4–5": Reading(_side_by_side(_characters(3), latin), _regression),
        "characters 1–3, support vectors": Reading(_characters(3), _margins),
        "words by LAC": Reading(_tfidf(analyzer=_cut), _regression),
        "sentence vectors": Reading(_vectors, _regression),
    }


def scored(
    reading: Reading,
    taught: Sequence[str],
    asked: Sequence[str],
    labels: np.ndarray,
    groups: np.ndarray,
) -> Scored:
    """Near-copies, which share a group, are never on both sides."""
    features, of_asked = reading.read(taught, asked)
    classes = int(labels.max()) + 1
    held_out = np.zeros((len(taught), classes))
    folds = StratifiedGroupKFold(_FOLDS, shuffle=True, random_state=0)
    for train, rest in folds.split(features, labels, groups):
        held_out[rest] = reading.learn(features[train], labels[train], classes, features[rest])
    began = time.process_time()
    answers = reading.learn(features, labels, classes, of_asked)
    return Scored(held_out, answers, time.process_time() - began)


def numbered(labels: Sequence[str]) -> Tuple[List[str], np.ndarray]:
    classes = sorted(set(labels))
    place = {name: number for number, name in enumerate(classes)}
    return classes, np.array([place[label] for label in labels])
