"""Whether somebody may be in danger now: learned from cries for help and their like.

It stands behind the rules of `actions/domain/emergency.py`: it may raise an alarm and lowers none.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Optional, Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

from nlu.components.examples import Example
from nlu.components.fusion import FusedClassifier, Ranking
from nlu.components.gate import opinion
from nlu.components.leaves import leaves
from nlu.components.ngrams import CharacterGrams

_ALARM, _CALM = "alarm", "calm"


def urgent_share(ranking: Ranking) -> float:
    """How much of a ranking are leaves with urgency E."""
    return sum(p for code, p in ranking if leaves()[code].is_emergency)


class Alarm:
    """A classifier that listens for danger alone, weighed with what the message is about.

    The three numbers that meet: danger by the words, urgent leaves, anything reported at all.
    """

    def __init__(
        self, words: FusedClassifier, coefficients: Sequence[float], intercept: float
    ) -> None:
        self._words = words
        self._coefficients = np.asarray(coefficients)
        self._intercept = intercept

    @classmethod
    def fit(
        cls,
        examples: Sequence[Example],
        vectors: Optional[np.ndarray],
        urgent: Sequence[float],
        told: Sequence[float],
        grams: Optional[CharacterGrams] = None,
    ) -> "Alarm":
        """`urgent` and `told` come from models that had not seen the example."""
        chosen = [i for i, example in enumerate(examples) if example.is_danger is not None]
        is_danger = np.array([bool(examples[i].is_danger) for i in chosen])
        texts = [examples[i].text for i in chosen]
        words = FusedClassifier.fit(
            texts,
            None if vectors is None else vectors[chosen],
            [_ALARM if danger else _CALM for danger in is_danger],
            grams=grams,
        )
        by_words = words.held_out[:, words.classes.index(_ALARM)]
        rows = [by_words, np.asarray(urgent)[chosen], np.asarray(told)[chosen]]
        fitted = LogisticRegression().fit(
            np.column_stack([opinion(row) for row in rows]), is_danger
        )
        return cls(words, fitted.coef_[0], float(fitted.intercept_[0]))

    def probability(
        self, text: str, vectors: Optional[np.ndarray], urgent: float, told: float
    ) -> float:
        by_words = dict(self._words.rankings([text], vectors)[0])[_ALARM]
        features = opinion(np.array([by_words, urgent, told]))
        return float(1 / (1 + np.exp(-(self._coefficients @ features + self._intercept))))

    def save(self, folder: Path) -> None:
        self._words.save(folder)
        weights = {"coefficients": list(self._coefficients), "intercept": self._intercept}
        (folder / "weights.json").write_text(json.dumps(weights), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, grams: CharacterGrams) -> "Alarm":
        weights = json.loads((folder / "weights.json").read_text(encoding="utf-8"))
        words = FusedClassifier.load(folder, grams)
        return cls(words, weights["coefficients"], weights["intercept"])
