"""How two models are weighed against each other and how sure their sum may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np
from scipy.optimize import minimize_scalar

_WEIGHTS = np.linspace(0.0, 1.0, 11)


@dataclass(frozen=True)
class Mixing:
    """`weight` is the share of the characters; the vectors have the rest."""

    weight: float = 1.0
    temperature: float = 1.0

    def probabilities(self, characters: np.ndarray, vectors: Optional[np.ndarray]) -> np.ndarray:
        scores = characters
        if vectors is not None:
            scores = self.weight * characters + (1 - self.weight) * vectors
        scores = (scores - scores.max(axis=1, keepdims=True)) / self.temperature
        exponentials = np.exp(scores)
        return exponentials / exponentials.sum(axis=1, keepdims=True)


def loss(probabilities: np.ndarray, labels: np.ndarray) -> float:
    """Mean negative log-probability of the right class."""
    right = probabilities[np.arange(len(labels)), labels]
    return float(-np.log(np.clip(right, 1e-9, 1)).mean())


def find_mixing(
    characters: np.ndarray, vectors: Optional[np.ndarray], labels: np.ndarray
) -> Mixing:
    """The mixing with the least loss on scores that come from held-out examples."""
    least, best = float("inf"), Mixing()
    for weight in _WEIGHTS if vectors is not None else (1.0,):
        found = minimize_scalar(
            lambda t, w=weight: loss(Mixing(w, t).probabilities(characters, vectors), labels),
            bounds=(0.05, 5.0),
            method="bounded",
        )
        if found.fun < least:
            least, best = found.fun, Mixing(float(weight), float(found.x))
    return best
