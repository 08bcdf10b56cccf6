"""`python -m nlu.evaluation.fit_splitter MODEL`: learn where messages of several matters are cut.

MODEL is a folder of an unpacked model that holds `grams`, `leaves` and `intents`: what they say of
the parts is evidence. Learned from `nlu/data/several`, where a bar marks each boundary and which no
classifier was trained on. Three logistic regressions: of every boundary, by the words around it and
by the characters of both sides; then of the best boundary of each message, by its classified
parts, scored by boundaries learned without that message; and of the same by characters alone, which
tells the messages whose parts need no classifying. Written to `nlu/data/lookups/boundaries.json`.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, Iterator, List, Optional, Sequence, Tuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

from nlu.components import encoder
from nlu.components.boundaries import WEIGHTS_FILE, Boundary, Weights, boundaries
from nlu.components.clause_evidence import NAMES, ClauseEvidence
from nlu.components.fusion import FusedClassifier
from nlu.components.leaves import TICKET_INTENTS
from nlu.components.ngrams import CharacterGrams
from nlu.components.place_patterns import without_addresses
from nlu.components.splitter import (
    Reading,
    best_boundary,
    look_features,
    part_features,
    weighed,
)
from nlu.components.text_normalizer import normalise

SOURCE = Path(__file__).parents[1] / "data" / "several"
_BAR, _MARKS = "|", " ,、。;.!?，；！？"
_FOLDS, _SEEN_AT_LEAST, _NEGLIGIBLE = 5, 4, 0.1
_BOUNDARY_PENALTY, _PARTS_PENALTY = 0.3, 0.3
#: A part of a message weighs less than one that somebody wrote.
_PART_WEIGHT = 0.4
_NEAR = 2
#: So many of the right cuts may be lost by a look that classifies no parts.
_OVERLOOKED = 0.02


@dataclass
class Stretch:
    """A marked message or a run of its parts."""

    text: str
    ends: List[int]
    message: int
    places: List[Boundary]
    evidence: np.ndarray
    full: bool

    def marks(self) -> np.ndarray:
        found = np.zeros(len(self.places), dtype=bool)
        for end in self.ends:
            distances = [abs(place.end - end) for place in self.places]
            found[int(np.argmin(distances))] = True
        return found

    @property
    def weight(self) -> float:
        return 1.0 if self.full else _PART_WEIGHT


@dataclass
class Given:
    """Evidence that is known already."""

    rows: np.ndarray

    def features(self, text: str, places: Sequence[Boundary]) -> np.ndarray:
        return self.rows


def stretches(evidence: ClauseEvidence) -> Iterator[Stretch]:
    lines = [
        line.split("\t")[1].split(_BAR)
        for file in sorted(SOURCE.glob("*.tsv"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    for number, parts in enumerate(lines):
        for first in range(len(parts)):
            for last in range(first + 1, len(parts) + 1):
                run = parts[first:last]
                text = normalise("".join(run).strip()).text
                ends = [
                    len(normalise("".join(run[:k]).lstrip()).text.rstrip(_MARKS))
                    for k in range(1, len(run))
                ]
                places = boundaries(text)
                if places:
                    rows = evidence.features(text, places)
                    full = len(run) == len(parts)
                    yield Stretch(text, ends, number, places, rows, full)


@dataclass
class Cut:
    """The best cut of a stretch, by boundaries learned without it."""

    stretch: Stretch
    look: Dict[str, float]
    #: Nothing where both sides are about one leaf.
    parts: Optional[Dict[str, float]]
    right: bool


def fit_boundaries(known: Sequence[Stretch]) -> Weights:
    seen = Counter(g for s in known if s.full for p in s.places for g in p.grams)
    vocabulary = sorted(gram for gram, count in seen.items() if count >= _SEEN_AT_LEAST)
    columns = {gram: i for i, gram in enumerate(vocabulary)}
    starts, indices = [0], []
    for place in (place for stretch in known for place in stretch.places):
        indices += [columns[gram] for gram in place.grams if gram in columns]
        starts.append(len(indices))
    shape = (len(starts) - 1, len(columns))
    grams = csr_matrix((np.ones(len(indices)), indices, starts), shape=shape)
    evidence = np.vstack([stretch.evidence for stretch in known])
    mean, spread = evidence.mean(axis=0), evidence.std(axis=0) + 1e-6
    regression = LogisticRegression(C=_BOUNDARY_PENALTY, solver="liblinear", tol=1e-2)
    regression.fit(
        hstack([grams, csr_matrix((evidence - mean) / spread)]).tocsr(),
        np.concatenate([stretch.marks() for stretch in known]),
        np.concatenate([np.full(len(s.places), s.weight) for s in known]),
    )
    weights = regression.coef_[0]
    scaled = weights[len(columns) :] / spread
    of_grams = zip(vocabulary, weights[: len(columns)].tolist(), strict=True)
    return Weights(
        {gram: round(weight, 3) for gram, weight in of_grams if abs(weight) >= _NEGLIGIBLE},
        dict(zip(NAMES, scaled.tolist(), strict=True)),
        float(regression.intercept_[0] - scaled @ mean),
        parts={},
        parts_bias=0.0,
        look={},
        look_bias=0.0,
        look_least=0.0,
    )


def classify(
    leaves: FusedClassifier, intents: FusedClassifier, texts: Sequence[str]
) -> Dict[str, Reading]:
    different = list(dict.fromkeys(texts))
    words = [without_addresses(text) for text in different]
    vectors = encoder.encode(words)
    of = leaves.rankings(words, vectors)
    tickets = [name in TICKET_INTENTS for name in intents.classes]
    told = intents.probabilities(words, vectors)[:, tickets].sum(axis=1).tolist()
    return dict(zip(different, map(Reading, of, told), strict=True))


def held_out_cuts(
    known: Sequence[Stretch], leaves: FusedClassifier, intents: FusedClassifier
) -> List[Cut]:
    """The best cut of each stretch that has one."""
    found = []
    for train, test in GroupKFold(_FOLDS).split(known, groups=[s.message for s in known]):
        weights = fit_boundaries([known[i] for i in train])
        for stretch in (known[i] for i in test):
            candidate = best_boundary(stretch.text, Given(stretch.evidence), weights)
            if candidate is not None:
                place = candidate.place
                sides = (stretch.text[: place.end], stretch.text[place.start :])
                found.append((stretch, candidate, sides))
    said = classify(leaves, intents, [text for s, _, sides in found for text in (s.text, *sides)])
    cuts = []
    for stretch, candidate, (one, two) in found:
        left, after, whole = said[one], said[two], said[stretch.text].leaves
        parts = None
        if left.leaves[0][0] != after.leaves[0][0]:
            parts = part_features(stretch.text, candidate, left, after, whole)
        right = any(abs(candidate.place.end - end) <= _NEAR for end in stretch.ends)
        cuts.append(Cut(stretch, look_features(stretch.text, candidate), parts, right))
    return cuts


def fit_judge(
    rows: Sequence[Dict[str, float]], right: np.ndarray, weights: Sequence[float]
) -> Tuple[Dict[str, float], float]:
    x = np.array([list(row.values()) for row in rows])
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-6
    regression = LogisticRegression(C=_PARTS_PENALTY, max_iter=500)
    regression.fit((x - mean) / spread, right, weights)
    scaled = regression.coef_[0] / spread
    bias = float(regression.intercept_[0] - scaled @ mean)
    return dict(zip(rows[0], scaled.tolist(), strict=True)), bias


def fit_parts(cuts: Sequence[Cut]) -> Dict[str, object]:
    differing = [(cut, cut.parts) for cut in cuts if cut.parts is not None]
    rows = [parts for _, parts in differing]
    right = np.array([cut.right for cut, _ in differing])
    weights, bias = fit_judge(rows, right, [cut.stretch.weight for cut, _ in differing])
    area = roc_auc_score(right, [weighed(row, weights) for row in rows])
    print(f"{len(rows)} cuts weighed by their parts, area {area:.3f}")
    return {"parts": weights, "parts_bias": bias}


def fit_look(cuts: Sequence[Cut]) -> Dict[str, object]:
    """The limit below which next to no right cut lies."""
    rows = [cut.look for cut in cuts]
    right = np.array([cut.right and cut.parts is not None for cut in cuts])
    weights, bias = fit_judge(rows, right, [cut.stretch.weight for cut in cuts])
    scores = np.array([weighed(row, weights) for row in rows]) + bias
    least = float(np.quantile(scores[right], _OVERLOOKED))
    settled = float(np.mean(scores[~right] < least))
    print(f"a look settles {settled:.3f} of what is not to be cut")
    return {"look": weights, "look_bias": bias, "look_least": least}


def main(arguments: Optional[Sequence[str]] = None) -> None:
    parser = argparse.ArgumentParser(prog="nlu.evaluation.fit_splitter", description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--write", type=Path, default=WEIGHTS_FILE)
    options = parser.parse_args(arguments)
    grams = CharacterGrams.load(options.model / "grams")
    leaves = FusedClassifier.load(options.model / "leaves", grams)
    intents = FusedClassifier.load(options.model / "intents", grams)
    known = list(stretches(ClauseEvidence(leaves)))
    cuts = held_out_cuts(known, leaves, intents)
    fitted = {**vars(fit_boundaries(known)), **fit_parts(cuts), **fit_look(cuts)}
    text = json.dumps(fitted, ensure_ascii=False, indent=0)
    options.write.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
