"""A classifier that reads characters and sentence vectors and knows how sure it may be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Dict, List, Optional, Sequence, Tuple

import numpy as np
from scipy.sparse import csr_matrix, diags
from scipy.sparse.csgraph import connected_components
from sklearn.model_selection import StratifiedGroupKFold

from nlu.components.calibration import Mixing, find_mixing
from nlu.components.linear import LinearModel
from nlu.components.ngrams import CharacterGrams

Ranking = List[Tuple[str, float]]
_FOLDS = 3
#: Fewer examples than this say nothing reliable about a mixing.
_ENOUGH_TO_MIX = 60
_TOO_ALIKE = 0.6
#: Grams that at most so many texts have.
_RARE = 100


def script_of(text: str) -> str:
    """Characters tell much in Chinese and little in English, so each has its own mixing."""
    return "han" if any("\u3400" <= character <= "\u9fff" for character in text) else "latin"


def alike(grams: csr_matrix) -> np.ndarray:
    """A group number for each text; near-copies share one, so that no fold parts them.

    Judged by the rarer grams: those that many texts have tell no copy, and comparing everything
    with everything by them takes most of a training.
    """
    rare = grams[:, np.diff(grams.tocsc().indptr) <= _RARE].tocsr()
    lengths = np.sqrt(np.asarray(rare.multiply(rare).sum(axis=1)).ravel())
    rare = diags(1 / np.where(lengths > 0, lengths, 1)) @ rare
    close = (rare @ rare.T).tocoo()
    alike_enough = close.data > _TOO_ALIKE
    pairs = (close.data[alike_enough], (close.row[alike_enough], close.col[alike_enough]))
    return connected_components(csr_matrix(pairs, shape=close.shape), directed=False)[1]


class FusedClassifier:
    """Late fusion of two logistic regressions; runs on characters alone if it must."""

    def __init__(
        self,
        classes: Sequence[str],
        grams: CharacterGrams,
        characters: LinearModel,
        vectors: Optional[LinearModel],
        mixings: Dict[str, Mixing],
    ) -> None:
        self.classes = list(classes)
        self._grams = grams
        self._characters = characters
        self._vectors = vectors
        self._mixings = mixings
        #: Only after `fit`: what models that had not seen an example say of it, and its group.
        self.held_out = np.zeros((0, len(self.classes)))
        self.groups = np.zeros(0, dtype=int)

    @classmethod
    def fit(
        cls,
        texts: Sequence[str],
        vectors: Optional[np.ndarray],
        labels: Sequence[str],
        *,
        grams: Optional[CharacterGrams] = None,
        sharpness: float = 1.0,
    ) -> "FusedClassifier":
        """`grams` may be shared with others, so that a message is counted once for all of them.

        `sharpness`: how much surer the whole may be than the thirds that were held out.
        """
        classes = sorted(set(labels))
        numbers = np.array([classes.index(label) for label in labels])
        grams = grams or CharacterGrams.fit(texts)
        features = grams.transform(texts)
        groups = alike(features)
        characters, meanings = _held_out_scores(features, vectors, numbers, len(classes), groups)
        fitted = cls(
            classes,
            grams,
            LinearModel.fit(features, numbers, len(classes)),
            None if vectors is None else LinearModel.fit(vectors, numbers, len(classes)),
            {
                name: Mixing(mixing.weight, mixing.temperature / sharpness)
                for name, mixing in _mixings(texts, characters, meanings, numbers).items()
            },
        )
        fitted.held_out = fitted._mix(texts, characters, meanings)
        fitted.groups = groups
        return fitted

    @property
    def characters(self) -> Tuple[CharacterGrams, LinearModel]:
        """The half that reads characters, for whoever weighs stretches of a text."""
        return self._grams, self._characters

    def probabilities(self, texts: Sequence[str], vectors: Optional[np.ndarray]) -> np.ndarray:
        weigh, score = self._grams.weigh, self._characters.of_few
        characters = np.vstack([score(*weigh(text)) for text in texts])
        meanings = None
        if self._vectors is not None and vectors is not None:
            meanings = self._vectors.scores(vectors)
        return self._mix(texts, characters, meanings)

    def _mix(
        self, texts: Sequence[str], characters: np.ndarray, meanings: Optional[np.ndarray]
    ) -> np.ndarray:
        rows = []
        for i, text in enumerate(texts):
            row = None if meanings is None else meanings[i : i + 1]
            kind = script_of(text) if row is not None else "characters"
            rows.append(self._mixings[kind].probabilities(characters[i : i + 1], row))
        return np.vstack(rows)

    def rankings(self, texts: Sequence[str], vectors: Optional[np.ndarray]) -> List[Ranking]:
        """For each text every class with its probability, best first."""
        return [
            sorted(zip(self.classes, row, strict=True), key=lambda rated: -rated[1])
            for row in self.probabilities(texts, vectors).tolist()
        ]

    def save(self, folder: Path) -> None:
        """All but the grams, which others may share."""
        folder.mkdir(parents=True, exist_ok=True)
        description = {
            "classes": self.classes,
            "mixings": {name: vars(mixing) for name, mixing in self._mixings.items()},
        }
        text = json.dumps(description, ensure_ascii=False)
        (folder / "description.json").write_text(text, encoding="utf-8")
        arrays = {}
        for name, model in (("characters", self._characters), ("vectors", self._vectors)):
            if model is not None:
                arrays[f"{name}_coefficients"] = model.coefficients
                arrays[f"{name}_intercepts"] = model.intercepts
        np.savez_compressed(folder / "arrays.npz", **arrays)

    @classmethod
    def load(cls, folder: Path, grams: CharacterGrams) -> "FusedClassifier":
        description = json.loads((folder / "description.json").read_text(encoding="utf-8"))
        with np.load(folder / "arrays.npz", allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}

        def model(name: str) -> Optional[LinearModel]:
            if f"{name}_coefficients" not in arrays:
                return None
            return LinearModel(arrays[f"{name}_coefficients"], arrays[f"{name}_intercepts"])

        characters = model("characters")
        if characters is None:
            raise ValueError(f"no character model in {folder}")
        mixings = {name: Mixing(**values) for name, values in description["mixings"].items()}
        return cls(description["classes"], grams, characters, model("vectors"), mixings)


def _held_out_scores(
    features: csr_matrix,
    vectors: Optional[np.ndarray],
    labels: np.ndarray,
    classes: int,
    groups: np.ndarray,
) -> Tuple[np.ndarray, Optional[np.ndarray]]:
    """Scores of characters and vectors by models that did not see the example or its like."""
    characters = np.zeros((len(labels), classes))
    meanings = None if vectors is None else np.zeros((len(labels), classes))
    folds = StratifiedGroupKFold(_FOLDS, shuffle=True, random_state=0)
    for train, held_out in folds.split(features, labels, groups):
        fitted = LinearModel.fit(features[train], labels[train], classes)
        characters[held_out] = fitted.scores(features[held_out])
        if vectors is not None and meanings is not None:
            fitted = LinearModel.fit(vectors[train], labels[train], classes)
            meanings[held_out] = fitted.scores(vectors[held_out])
    return characters, meanings


def _mixings(
    texts: Sequence[str],
    characters: np.ndarray,
    meanings: Optional[np.ndarray],
    labels: np.ndarray,
) -> Dict[str, Mixing]:
    """A mixing for each script, and one for the day the encoder is missing."""
    everything = find_mixing(characters, meanings, labels)
    mixings = {"characters": find_mixing(characters, None, labels)}
    scripts = np.array([script_of(text) for text in texts])
    for script in ("han", "latin"):
        rows = scripts == script
        if rows.sum() < _ENOUGH_TO_MIX:
            mixings[script] = everything
        else:
            held_out_vectors = None if meanings is None else meanings[rows]
            mixings[script] = find_mixing(characters[rows], held_out_vectors, labels[rows])
    return mixings
