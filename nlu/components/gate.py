"""Whether anything was reported: the intents' opinion, checked against the nearest examples."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

import numpy as np
from sklearn.linear_model import LogisticRegression

_ROWS = 512
#: Directions of a vector that are looked at: with fewer the nearest example is often another, and
#: all 512 take three times as long and as much memory for nothing that could be measured.
_NARROW = 160
_NO_OPINION = 1e-4


def _likeness(
    vectors: np.ndarray, examples: np.ndarray, hidden: Optional[np.ndarray] = None
) -> np.ndarray:
    """The likeness of each vector to the example nearest to it, `hidden` ones left out.

    The nearest alone, so that one new example teaches what it says.
    """
    similar = vectors @ examples.T
    if hidden is not None:
        similar[hidden] = -1.0
    return similar.max(axis=1)


def _directions(vectors: np.ndarray) -> np.ndarray:
    """In which vectors differ most, one a column."""
    return np.asarray(np.linalg.eigh(vectors.T @ vectors)[1][:, -_NARROW:], dtype=np.float32)


def opinion(probability: np.ndarray) -> np.ndarray:
    """The logarithm of the odds, which add up where probabilities do not."""
    clipped = np.clip(probability, _NO_OPINION, 1 - _NO_OPINION)
    return np.log(clipped / (1 - clipped))


class TicketGate:
    """A logistic regression on three numbers; short and odd messages gain most."""

    def __init__(
        self,
        directions: np.ndarray,
        tickets: np.ndarray,
        talk: np.ndarray,
        coefficients: np.ndarray,
        intercept: float,
    ) -> None:
        """`tickets` and `talk`: how far each example goes along each of `directions`."""
        self._directions = directions
        self._tickets = tickets
        self._talk = talk
        self._coefficients = coefficients
        self._intercept = intercept

    @classmethod
    def fit(
        cls, vectors: np.ndarray, is_ticket: np.ndarray, told: np.ndarray, groups: np.ndarray
    ) -> "TicketGate":
        """`told` must come from models that did not see the example, nor one of its group."""
        directions = _directions(vectors)
        narrow = vectors @ directions
        near = np.zeros((len(vectors), 2))
        for start in range(0, len(vectors), _ROWS):
            rows = slice(start, start + _ROWS)
            for column, chosen in enumerate((is_ticket, ~is_ticket)):
                own = groups[rows, None] == groups[None, chosen]
                near[rows, column] = _likeness(narrow[rows], narrow[chosen], own)
        features = np.column_stack([opinion(told), near])
        fitted = LogisticRegression(C=100).fit(features, is_ticket)
        tickets, talk = narrow[is_ticket], narrow[~is_ticket]
        return cls(directions, tickets, talk, fitted.coef_[0], float(fitted.intercept_[0]))

    def probability(self, vector: np.ndarray, told: float) -> float:
        row = (vector @ self._directions)[None, :]
        features = [opinion(np.array([told]))[0]]
        features += [_likeness(row, examples)[0] for examples in (self._tickets, self._talk)]
        return float(1 / (1 + np.exp(-(self._coefficients @ features + self._intercept))))

    def save(self, file: Path) -> None:
        np.savez_compressed(
            file,
            directions=self._directions,
            tickets=self._tickets.astype(np.float16),
            talk=self._talk.astype(np.float16),
            coefficients=self._coefficients,
            intercept=np.array(self._intercept),
        )

    @classmethod
    def load(cls, file: Path) -> Optional["TicketGate"]:
        """Nothing when the model was trained without an encoder."""
        if not file.exists():
            return None
        with np.load(file, allow_pickle=False) as stored:
            names = ("directions", "tickets", "talk")
            arrays = [stored[name].astype(np.float32) for name in names]
            return cls(*arrays, stored["coefficients"], float(stored["intercept"]))
