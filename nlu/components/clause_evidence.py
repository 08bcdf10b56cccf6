"""What the characters before and after each boundary say about two different leaves.

The scores of a stretch are sums over its n-grams, so running sums judge every boundary of a
message at once.
"""

from __future__ import annotations

from typing import Dict, Sequence, Tuple

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
#: The column of grams that no example has.
_NOBODYS = -1


def _log_softmax(scores: np.ndarray) -> np.ndarray:
    scores = scores / _TEMPERATURE
    scores = scores - scores.max(axis=-1, keepdims=True)
    return np.asarray(scores - np.log(np.exp(scores).sum(axis=-1, keepdims=True)))


class ClauseEvidence:
    """Reads the character half of a fitted classifier of leaves."""

    def __init__(self, leaves: FusedClassifier) -> None:
        grams, characters = leaves.characters
        self._columns = grams.column
        # The last place is that of grams nobody wrote.
        self._idf = np.append(np.asarray(grams.idf, dtype=np.float32), 0)
        self._counts = np.append(np.exp(1 - self._idf[:-1].astype(float)) * _EXAMPLES, 0.0)
        self._coefficients, self._intercepts = characters.coefficients, characters.intercepts

    def features(self, text: str, places: Sequence[Boundary]) -> np.ndarray:
        """A row for each boundary, a column for each of `NAMES`."""
        low = text.lower() if len(text.lower()) == len(text) else text
        grams = {size: self._found(low, size) for size in _SIZES}
        ends = np.array([place.end for place in places])
        starts = np.array([place.start for place in places])
        return np.hstack(
            [self._edges(low, ends, starts, grams), self._gains(low, ends, starts, grams)]
        )

    def _found(self, text: str, size: int) -> np.ndarray:
        """The column of the gram that begins at each character, -1 for those nobody wrote."""
        stretches = (text[i : i + size] for i in range(len(text) - size + 1))
        return np.array([self._columns.get(gram, _NOBODYS) for gram in stretches], dtype=int)

    def _running(self, length: int, size: int, grams: np.ndarray) -> Tuple[np.ndarray, np.ndarray]:
        known = np.flatnonzero(grams != _NOBODYS)
        scores = np.zeros((length + 1, len(self._intercepts)), dtype=np.float32)
        squares = np.zeros(length + 1)
        columns = grams[known]
        idf = self._idf[columns]
        scores[known + size] = self._coefficients[columns] * idf[:, None]
        squares[known + size] = idf**2
        return scores.cumsum(axis=0), squares.cumsum()

    def _scores(self, total: np.ndarray, squares: np.ndarray) -> np.ndarray:
        lengths = np.sqrt(np.maximum(squares, 1.0))
        return _log_softmax(total / lengths[..., None] + self._intercepts)

    def _gains(
        self, text: str, ends: np.ndarray, starts: np.ndarray, grams: Dict[int, np.ndarray]
    ) -> np.ndarray:
        running = [self._running(len(text), size, grams[size]) for size in _SIZES]
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

    def _edges(
        self, text: str, ends: np.ndarray, starts: np.ndarray, grams: Dict[int, np.ndarray]
    ) -> np.ndarray:
        """How the characters on both sides begin and end messages, and how often they meet."""
        sides = [
            (text[max(end - 2, 0) : end], text[start : start + 2])
            for end, start in zip(ends, starts, strict=True)
        ]
        column = self._columns.get
        columns = [[column(gram, _NOBODYS) for gram in _at_edges(*side)] for side in sides]
        counts = self._counts[np.array(columns)]
        known = np.log((counts[:, ::2] + _UNSEEN) / (counts[:, 1::2] + _UNSEEN_PLAIN))
        is_chinese = np.array(["\u3400" <= after[0] <= "\u9fff" for _, after in sides])
        known = np.where(is_chinese[:, None], known, [*_UNKNOWN_EDGE, *_UNKNOWN_EDGE])
        last, first = self._counts[grams[1][ends - 1]], self._counts[grams[1][starts]]
        both = self._counts[np.append(grams[2], _NOBODYS)[ends - 1]] + _UNSEEN
        met = both * _EXAMPLES / ((last + _UNSEEN) * (first + _UNSEEN))
        # Where something stands between the two, they do not meet.
        together = np.where(ends == starts, np.log(met), 0.0)
        rest = len(text) - starts
        sizes = (np.minimum(ends, _LONG), np.minimum(rest, _LONG))
        share = np.minimum(ends, rest) / len(text) + 0.01
        length = np.full(len(ends), len(text))
        return np.column_stack([together, known, *np.log([*sizes, share, length])])


def _at_edges(before: str, after: str) -> Sequence[str]:
    """One or two characters at the edge of a message, each followed by the same anywhere."""
    first, last = after[0], before[-1]
    begins = (" " + first, first, " " + after, after)
    return (*begins, last + " ", last, before + " ", before)


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
