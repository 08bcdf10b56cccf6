"""TF-IDF over character 1- to 3-grams, kept as plain arrays so that a model holds no pickle."""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Dict, NamedTuple, Sequence

import numpy as np
from scipy.sparse import csr_matrix

_NUMBER = re.compile(r"\d+|[一二三四五六七八九十百]+(?=[号栋幢座楼层单室房])")
_GAP = re.compile(r"\s+")


def without_numbers(text: str) -> str:
    """Which building it is says nothing about what is wrong."""
    return _NUMBER.sub("0", text.lower())


def _grams(text: str) -> Counter[str]:
    padded = f" {_GAP.sub(' ', without_numbers(text)).strip()} "
    return Counter(padded[i : i + n] for n in (1, 2, 3) for i in range(len(padded) - n + 1))


class Weighed(NamedTuple):
    """The known grams of one text and what each weighs; all weights together have length one."""

    columns: np.ndarray
    weights: np.ndarray


class CharacterGrams:
    """Vocabulary and weights learnt once; unknown grams are ignored."""

    def __init__(self, vocabulary: Sequence[str], idf: np.ndarray) -> None:
        self.vocabulary = list(vocabulary)
        self.idf = idf
        self.column: Dict[str, int] = {gram: i for i, gram in enumerate(self.vocabulary)}
        #: Intents, leaves and danger ask for the same message.
        self.weigh = lru_cache(maxsize=64)(self._weigh)

    @classmethod
    def fit(cls, texts: Sequence[str], seen_at_least: int = 2) -> "CharacterGrams":
        seen: Counter[str] = Counter()
        for text in texts:
            seen.update(_grams(text).keys())
        vocabulary = sorted(gram for gram, count in seen.items() if count >= seen_at_least)
        counts = np.array([seen[gram] for gram in vocabulary], dtype=np.float64)
        return cls(vocabulary, np.log((1 + len(texts)) / (1 + counts)) + 1)

    def transform(self, texts: Sequence[str]) -> csr_matrix:
        rows = [self._weigh(text) for text in texts]
        starts = np.cumsum([0, *(len(row.columns) for row in rows)])
        columns = np.concatenate([row.columns for row in rows] or [np.zeros(0, dtype=int)])
        weights = np.concatenate([row.weights for row in rows] or [np.zeros(0)])
        shape = (len(texts), len(self.vocabulary))
        return csr_matrix((weights, columns, starts), shape=shape, dtype=np.float64)

    def _weigh(self, text: str) -> Weighed:
        column = self.column
        found = [(at, n) for g, n in _grams(text).items() if (at := column.get(g)) is not None]
        columns = np.array([at for at, _ in found], dtype=int)
        weights = (1 + np.log([n for _, n in found])) * self.idf[columns]
        return Weighed(columns, weights / (np.linalg.norm(weights) or 1.0))

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(self.vocabulary, ensure_ascii=False)
        (folder / "vocabulary.json").write_text(text, encoding="utf-8")
        np.save(folder / "idf.npy", self.idf.astype(np.float32), allow_pickle=False)

    @classmethod
    def load(cls, folder: Path) -> "CharacterGrams":
        vocabulary = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
        return cls(vocabulary, np.load(folder / "idf.npy", allow_pickle=False))
