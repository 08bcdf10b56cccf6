"""What the characters before and after each boundary say about two different leaves.

The scores of a stretch are sums over its n-grams, so running sums judge every boundary of a
message at once.
"""

from __future__ import annotations

from typing import Dict, List, Sequence, Tuple

import numpy as np

from nlu.components.boundaries import Boundary
from nlu.components.fusion import FusedClassifier

NAMES = (
    "together", "begins", "begins_word", "ends", "ends_word", "before", "after", "shorter",
    "length", "gain", "over_whole", "left", "right", "weaker", "same", "whole", "left_as_whole",
    "right_as_whole", "whole_as_left", "whole_as_right", "gain_below_best", "over_below_best",
)  # fmt: skip
_SIZES = (1, 2, 3)
_TEMPERATURE = 0.55
#: Turns the share of examples that have a gram into a count; a guess for those that none has.
_EXAMPLES, _UNSEEN, _UNSEEN_PLAIN = 20_000, 0.5, 5.0
#: Only Chinese examples say which characters begin and end a message.
_UNKNOWN_EDGE = (-2.0, -2.5)
_LONG = 12


def _log_softmax(scores: np.ndarray) -> np.ndarray:
    scores = scores / _TEMPERATURE
    scores = scores - scores.max(axis=-1, keepdims=True)
    return np.asarray(scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True)))


class ClauseEvidence:
    """Reads the character half of a fitted classifier of leaves."""

    def __init__(self, leaves: FusedClassifier) -> None:
        grams, characters = leaves.characters
        self._columns: Dict[str, int] = {gram: i for i, gram in enumerate(grams.vocabulary)}
        self._idf = np.asarray(grams.idf, dtype=np.float32)
        self._coefficients, self._intercepts = characters.coefficients, characters.intercepts

    def features(self, text: str, places: Sequence[Boundary]) -> np.ndarray:
        """A row for each boundary, a column for each of `NAMES`."""
        low = text.lower() if len(text.lower()) == len(text) else text
        return np.hstack([self._edges(low, places), self._gains(low, places)])

    def _running(self, text: str, size: int) -> Tuple[np.ndarray, np.ndarray]:
        ends = range(size, len(text) + 1)
        known = [(e, c) for e in ends if (c := self._columns.get(text[e - size : e])) is not None]
        scores = np.zeros((len(text) + 1, len(self._intercepts)), dtype=np.float32)
        squares = np.zeros(len(text) + 1)
        if known:
            at, columns = (list(side) for side in zip(*known, strict=True))
            idf = self._idf[columns]
            scores[at], squares[at] = self._coefficients[columns] * idf[:, None], idf**2
        return scores.cumsum(axis=0), squares.cumsum()

    def _scores(self, total: np.ndarray, squares: np.ndarray) -> np.ndarray:
        lengths = np.sqrt(np.maximum(squares, 1.0))
        return _log_softmax(total / lengths[..., None] + self._intercepts)

    def _gains(self, text: str, places: Sequence[Boundary]) -> np.ndarray:
        running = [self._running(text, size) for size in _SIZES]
        ends = np.array([place.end for place in places])
        starts = np.array([place.start for place in places])
        # a gram that ends soon after the boundary began before it
        offsets = [np.minimum(starts + size - 1, len(text)) for size in _SIZES]
        left = self._scores(sum(r[ends] for r, _ in running), sum(q[ends] for _, q in running))
        right = self._scores(
            sum(r[-1] - r[at] for (r, _), at in zip(running, offsets, strict=True)),
            sum(q[-1] - q[at] for (_, q), at in zip(running, offsets, strict=True)),
        )
        whole = self._scores(
            np.asarray(sum(r[-1] for r, _ in running)), np.asarray(sum(q[-1] for _, q in running))
        )
        return _compare(left, right, whole)

    def _count(self, gram: str, unseen: float = _UNSEEN) -> float:
        column = self._columns.get(gram)
        share = 0.0 if column is None else float(np.exp(1 - self._idf[column]))
        return share * _EXAMPLES + unseen

    def _rate(self, edge: str, plain: str) -> float:
        return float(np.log(self._count(edge) / self._count(plain, _UNSEEN_PLAIN)))

    def _edges(self, text: str, places: Sequence[Boundary]) -> np.ndarray:
        rows: List[List[float]] = []
        for place in places:
            end, start = place.end, place.start
            one, two = text[start], text[start : start + 2]
            last, pair = text[end - 1], text[max(end - 2, 0) : end]
            together = 0.0
            if end == start:
                apart = self._count(last) * self._count(one)
                together = float(np.log(self._count(last + one) * _EXAMPLES / apart))
            edges = [*_UNKNOWN_EDGE, *_UNKNOWN_EDGE]
            if "\u3400" <= one <= "\u9fff":
                edges = [self._rate(" " + one, one), self._rate(" " + two, two)]
                edges += [self._rate(last + " ", last), self._rate(pair + " ", pair)]
            rest = len(text) - start
            sizes = (min(end, _LONG), min(rest, _LONG), min(end, rest) / len(text) + 0.01)
            rows.append([together, *edges, *np.log([*sizes, len(text)])])
        return np.array(rows)


def _compare(left: np.ndarray, right: np.ndarray, whole: np.ndarray) -> np.ndarray:
    rows = np.arange(len(left))
    a, b = left.argmax(axis=1), right.argmax(axis=1)
    other_left, other_right = left.copy(), right.copy()
    other_left[rows, b] = other_right[rows, a] = -np.inf
    different = np.maximum(
        other_left.max(axis=1) + right[rows, b], left[rows, a] + other_right.max(axis=1)
    )
    gain = different - (left + right).max(axis=1)
    over = different - whole.max()
    best_left, best_right, top = left.max(axis=1), right.max(axis=1), int(whole.argmax())
    columns = (
        gain, over, best_left, best_right, np.minimum(best_left, best_right), a == b,
        np.full(len(left), whole.max()), left[:, top], right[:, top], whole[a], whole[b],
        gain - gain.max(), over - over.max(),
    )  # fmt: skip
    return np.column_stack(columns)
