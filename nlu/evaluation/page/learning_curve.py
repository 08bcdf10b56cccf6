"""How much better the leaves are found with more examples: is it worth writing more?"""

from __future__ import annotations

from typing import Dict, Iterator, List, Mapping, Sequence, Tuple

import numpy as np

from nlu.components.fusion import FusedClassifier, Ranking
from nlu.evaluation.frozen import by_language
from nlu.evaluation.metrics import hits
from nlu.evaluation.page.material import Material, Probe
from nlu.evaluation.page.scoring import Figures

SHARES = (0.25, 0.5, 0.75, 1.0)
_CHANCE = 4


def curve(
    read: Material, probes: Mapping[str, Probe]
) -> Iterator[Tuple[Figures, FusedClassifier, Material]]:
    """For each share of the examples the figures, the classifier and what it was fitted on."""
    order = np.random.default_rng(_CHANCE).permutation(len(read.words))
    for share in SHARES:
        chosen = read.some(sorted(order[: round(share * len(order))]))
        fitted = FusedClassifier.fit(chosen.words, chosen.vectors, chosen.labels)
        figures: Figures = {"share": share, "examples": len(chosen.words)}
        for name, each in probes.items():
            figures[name] = tried(fitted.rankings(each.words, each.vectors), each)
        yield figures, fitted, chosen


def tried(rankings: Sequence[Ranking], on: Probe) -> Dict[str, Dict[str, float]]:
    """Top-1 and top-3 of rankings of a probe's messages, all together and in each language."""
    rows = [{**row, "ranking": ranking} for row, ranking in zip(on.rows, rankings, strict=True)]
    parts: Dict[str, List[Dict]] = {"all": rows, **by_language(rows)}
    return {
        language: {"top1": round(hits(part, 1), 4), "top3": round(hits(part, 3), 4)}
        for language, part in parts.items()
    }
