"""Which entries of the knowledge base a question is about: characters and sentence vectors."""

from __future__ import annotations

from typing import Dict, List, NamedTuple, Optional, Sequence, Tuple

import numpy as np
from scipy.sparse import csr_matrix

from nlu.components.ngrams import CharacterGrams

Hits = List[Tuple[str, float]]

SHOWN = 3
#: The nearest questions of an entry that speak for it together: one alone is often chance.
_NEAREST = 3
#: Share of the characters beside the vectors; anything from 0.2 to 0.4 measures alike.
_CHARACTERS = 0.4
_RIDGE = 0.1


class Calibration(NamedTuple):
    """Evidence → probability that the entry answers; `nlu.evaluation.knowledge` fits it."""

    slope: float
    offset: float

    def probability(self, evidence: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-(self.slope * evidence + self.offset)))


WITH_VECTORS = Calibration(slope=9.00, offset=-7.08)
CHARACTERS_ALONE = Calibration(slope=7.61, offset=-5.60)


class KnowledgeIndex:
    """Fitted in about a second from the questions of all entries; holds no answers."""

    def __init__(
        self, asked: Sequence[Tuple[str, str]], vectors: Optional[np.ndarray] = None
    ) -> None:
        """`asked` are (entry, question in the one spelling); `vectors` has a row for each."""
        self.entries = sorted({entry for entry, _ in asked})
        if not asked:
            return
        texts = [text for _, text in asked]
        self._grams = CharacterGrams.fit(texts, seen_at_least=1)
        features = self._grams.transform(texts)
        #: A row for each gram: a message touches a few dozen of thousands.
        self._asked_with: csr_matrix = features.T.tocsr()
        self._middle = np.zeros(0) if vectors is None else vectors.mean(axis=0)
        self._vectors = None if vectors is None else _unit(vectors - self._middle)
        self._calibration = CHARACTERS_ALONE if vectors is None else WITH_VECTORS
        column = {entry: number for number, entry in enumerate(self.entries)}
        of_entry = np.array([column[entry] for entry, _ in asked], dtype=int)
        self._rows = _rows_of(of_entry, len(self.entries))
        self._weights = self._regress(features, of_entry)

    def find(self, text: str, vector: Optional[Sequence[float]] = None) -> Hits:
        """The entries most likely to answer, best first; nothing for a text without words."""
        if not self.entries or not text.strip():
            return []
        if self._vectors is not None and not vector:
            return []
        chances = self._calibration.probability(self.evidence(text, vector))
        best = np.argsort(-chances, kind="stable")[:SHOWN]
        return [(self.entries[number], float(chances[number])) for number in best]

    def evidence(self, text: str, vector: Optional[Sequence[float]] = None) -> np.ndarray:
        """A figure for each entry: its nearest questions, and what a regression over all says."""
        near = self._nearness(self._grams.transform([text]), vector)
        padded = np.append(near, -1.0)[self._rows]
        nearest = -np.sort(-padded, axis=1)[:, :_NEAREST]
        known = nearest > -1.0
        together: np.ndarray = np.where(known, nearest, 0).sum(axis=1) / known.sum(axis=1)
        return together + near @ self._weights

    def _nearness(self, features: csr_matrix, vector: Optional[Sequence[float]]) -> np.ndarray:
        characters: np.ndarray = (features @ self._asked_with).toarray()[0]
        if self._vectors is None or vector is None:
            return characters
        meaning = _unit(np.asarray(vector, dtype=np.float32)[None, :] - self._middle)[0]
        return _CHARACTERS * characters + (1 - _CHARACTERS) * (self._vectors @ meaning)

    def _regress(self, features: csr_matrix, of_entry: np.ndarray) -> np.ndarray:
        """Kernel ridge regression: solved at once, no iterations."""
        kernel = (features @ self._asked_with).toarray()
        if self._vectors is not None:
            kernel = _CHARACTERS * kernel + (1 - _CHARACTERS) * (self._vectors @ self._vectors.T)
        wanted = np.eye(len(self.entries))[of_entry]
        solved: np.ndarray = np.linalg.solve(kernel + _RIDGE * np.eye(len(kernel)), wanted)
        return solved


def _unit(vectors: np.ndarray) -> np.ndarray:
    # The middle says "this is a question" and nothing more; without it, topics stand apart.
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: np.ndarray = vectors / np.maximum(lengths, 1e-9)
    return scaled


def _rows_of(of_entry: np.ndarray, entries: int) -> np.ndarray:
    """A row of question numbers for each entry, filled up with -1, which is the last place."""
    rows: Dict[int, List[int]] = {number: [] for number in range(entries)}
    for question, entry in enumerate(of_entry):
        rows[int(entry)].append(question)
    width = max((len(questions) for questions in rows.values()), default=0)
    table = np.full((entries, width), -1, dtype=int)
    for entry, questions in rows.items():
        table[entry, : len(questions)] = questions
    return table
