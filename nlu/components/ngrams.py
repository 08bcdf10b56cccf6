"""TF-IDF over character 1- to 3-grams, kept as plain arrays so that a model holds no pickle."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import Dict, Sequence

import numpy as np
from scipy.sparse import csr_matrix

_NUMBER = re.compile(r"\d+|[一二三四五六七八九十百]+(?=[号栋幢座楼层单室房])")
_GAP = re.compile(r"\s+")


def without_numbers(text: str) -> str:
    """Which building it is says nothing about what is wrong."""
    return _NUMBER.sub("0", text.lower())


@lru_cache(maxsize=256)  # intents, leaves and danger read the same message
def _grams(text: str) -> Counter[str]:
    padded = f" {_GAP.sub(' ', without_numbers(text)).strip()} "
    return Counter(padded[i : i + n] for n in (1, 2, 3) for i in range(len(padded) - n + 1))


class CharacterGrams:
    """Vocabulary and weights learnt once; unknown grams are ignored."""

    def __init__(self, vocabulary: Sequence[str], idf: np.ndarray) -> None:
        self.vocabulary = list(vocabulary)
        self.idf = idf
        self._column: Dict[str, int] = {gram: i for i, gram in enumerate(self.vocabulary)}

    @classmethod
    def fit(cls, texts: Sequence[str], seen_at_least: int = 2) -> "CharacterGrams":
        seen: Counter[str] = Counter()
        for text in texts:
            seen.update(_grams(text).keys())
        vocabulary = sorted(gram for gram, count in seen.items() if count >= seen_at_least)
        counts = np.array([seen[gram] for gram in vocabulary], dtype=np.float64)
        return cls(vocabulary, np.log((1 + len(texts)) / (1 + counts)) + 1)

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        values = [np.zeros(0)]
        columns: list[int] = []
        starts = [0]
        for text in texts:
            known = {self._column[g]: n for g, n in _grams(text).items() if g in self._column}
            columns.extend(known)
            weights = (1 + np.log(list(known.values()))) * self.idf[columns[starts[-1] :]]
            values.append(weights / (np.linalg.norm(weights) or 1.0))
            starts.append(len(columns))
        shape = (len(texts), len(self.vocabulary))
        return csr_matrix((np.concatenate(values), columns, starts), shape=shape, dtype=np.float64)
