"""Readings judged alike: the same examples, the same folds, the same calibration."""

from __future__ import annotations

from typing import Dict, Iterator, List, Optional, Sequence, Tuple

import numpy as np

from nlu.components.calibration import find_mixing
from nlu.components.fusion import alike, script_of
from nlu.components.language import detect_language
from nlu.components.ngrams import CharacterGrams
from nlu.evaluation.experiments.readings import Reading, Scored, numbered, scored
from nlu.evaluation.frozen import Row, by_language
from nlu.evaluation.metrics import calibration_error, hits
from nlu.evaluation.page.material import Material, Probe

#: The second is weighed against the first, for Chinese and English apart.
FUSIONS: Dict[str, Tuple[str, str]] = {
    "late fusion of characters 1–3 and sentence vectors": ("characters 1–3", "sentence vectors"),
    "late fusion of characters 1–3, Latin 4–5 and sentence vectors": (
        "characters 1–3 and Latin 4–5",
        "sentence vectors",
    ),
    "late fusion of support vectors and sentence vectors": (
        "characters 1–3, support vectors",
        "sentence vectors",
    ),
    "late fusion of words by LAC and sentence vectors": ("words by LAC", "sentence vectors"),
    "late fusion of characters 1–3 and words by LAC": ("characters 1–3", "words by LAC"),
}
_FIGURES = ("calibration error", "dev top-1", "dev top-3")
_LANGUAGES = ("all", "zh", "yue", "en")
_OF_WRITING = {"zh": "zh", "yue": "yue", "zh-Hant": "yue"}


class Comparison:
    """Keeps the scores of each reading, so that a fusion costs nothing more."""

    def __init__(self, taught: Material, asked: Probe) -> None:
        self._taught = taught
        self._asked = asked
        self._classes, self._labels = numbered(taught.labels)
        self._groups = alike(CharacterGrams.fit(taught.words).transform(taught.words))
        self._scored: Dict[str, Scored] = {}

    def alone(self, name: str, reading: Reading) -> Dict[str, float]:
        self._scored[name] = scored(
            reading, self._taught.words, self._asked.words, self._labels, self._groups
        )
        return self._figures(self._scored[name], None)

    def fused(self, first: str, second: str) -> Dict[str, float]:
        """Of two that were tried alone before."""
        return self._figures(self._scored[first], self._scored[second])

    def _figures(self, first: Scored, second: Optional[Scored]) -> Dict[str, float]:
        held_out, asked = self._mixed(first, second)
        taught = [
            {"leaf": label, "language": _OF_WRITING.get(detect_language(text), "en")}
            for label, text in zip(self._taught.labels, self._taught.texts, strict=True)
        ]
        rows = self._ranked(taught, held_out)
        of_dev = self._ranked(self._asked.rows, asked)
        parts = {"all": rows, **by_language(rows)}
        return {
            **{
                f"held out {name}": hits(parts.get(name, ()), 1)
                for name in ("all", "zh", "yue", "en")
            },
            "calibration error": calibration_error(rows),
            "dev top-1": hits(of_dev, 1),
            "dev top-3": hits(of_dev, 3),
            "seconds": first.seconds + (second.seconds if second else 0.0),
        }

    def _mixed(self, first: Scored, second: Optional[Scored]) -> List[np.ndarray]:
        """Probabilities, with a mixing for each script as the classifier has."""
        made = [np.zeros_like(first.held_out), np.zeros_like(first.asked)]
        scripts = [np.array([script_of(text) for text in words])
                   for words in (self._taught.words, self._asked.words)]  # fmt: skip
        for script in set(scripts[0]):
            rows = scripts[0] == script
            others = None if second is None else second.held_out[rows]
            mixing = find_mixing(first.held_out[rows], others, self._labels[rows])
            made[0][rows] = mixing.probabilities(first.held_out[rows], others)
            rows = scripts[1] == script
            others = None if second is None else second.asked[rows]
            if rows.any():
                made[1][rows] = mixing.probabilities(first.asked[rows], others)
        return made

    def _ranked(self, rows: Sequence[Row], probabilities: np.ndarray) -> List[Row]:
        best = np.argsort(-probabilities, axis=1)[:, :3]
        return [
            {**row, "ranking": [(self._classes[i], float(of_row[i])) for i in order]}
            for row, order, of_row in zip(rows, best, probabilities, strict=True)
        ]


def table(comparison: Comparison, wanted: Dict[str, Reading]) -> Iterator[str]:
    columns = [*(f"held out {name}" for name in _LANGUAGES), *_FIGURES, "seconds to fit"]
    yield f"| reading | {' | '.join(columns)} |"
    yield "|---" * (len(columns) + 1) + "|"
    for name, reading in wanted.items():
        yield _row(name, comparison.alone(name, reading))
    for name, (first, second) in FUSIONS.items():
        if first in wanted and second in wanted:
            yield _row(name, comparison.fused(first, second))


def _row(name: str, figures: Dict[str, float]) -> str:
    keys = [*(f"held out {language}" for language in _LANGUAGES), *_FIGURES]
    cells = [f"{figures[key]:.3f}" for key in keys]
    return f"| {name} | {' | '.join(cells)} | {figures['seconds']:.0f} |"
