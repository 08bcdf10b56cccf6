"""How like each other texts are by their character 3-grams, without comparing all with all."""

from __future__ import annotations

from typing import Iterator, List, NamedTuple, Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

#: Grams that at most so many texts have: a pair worth comparing shares some.
_RARE = 100
#: By how much the rare grams alone may fall short of the whole likeness.
_SHORT_OF = 0.6
_ROWS = 1000


class Alike(NamedTuple):
    """Two rows, the first before the second, and their likeness."""

    first: int
    second: int
    likeness: float


def grams(texts: Sequence[str]) -> csr_matrix:
    """Rows of length one; a text shorter than a gram has one with the edges around it."""
    if not texts:
        return csr_matrix((0, 0))
    weigher = TfidfVectorizer(analyzer="char", ngram_range=(3, 3), lowercase=False)
    return weigher.fit_transform([f" {text} " for text in texts])


def pairs(features: csr_matrix, least: float) -> Iterator[Alike]:
    """Every two rows at least so alike.

    Candidates are found by rare grams, which is a hundredth of the work; two texts made of nothing
    but frequent grams are passed over.
    """
    rare = features[:, np.diff(features.tocsc().indptr) <= _RARE].tocsr()
    close = (rare @ rare.T).tocoo()
    worth = (close.row < close.col) & (close.data > max(least - _SHORT_OF, 0.0))
    rows, columns = close.row[worth], close.col[worth]
    likeness = np.asarray(features[rows].multiply(features[columns]).sum(axis=1)).ravel()
    for i in np.flatnonzero(likeness >= least):
        yield Alike(int(rows[i]), int(columns[i]), float(likeness[i]))


def nearest(features: csr_matrix) -> np.ndarray:
    """For each row the likeness to the row most like it."""
    found: List[np.ndarray] = []
    for start in range(0, features.shape[0], _ROWS):
        block = (features[start : start + _ROWS] @ features.T).tolil()
        block[np.arange(block.shape[0]), np.arange(start, start + block.shape[0])] = 0.0
        found.append(block.tocsr().max(axis=1).toarray().ravel())
    return np.concatenate(found) if found else np.zeros(0)
