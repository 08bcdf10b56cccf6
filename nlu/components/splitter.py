"""Several matters in one message: cut where the next one begins, if the parts bear it out.

Every boundary is weighed by the words around it and by what the characters on its two sides say.
A first look at the best one, by the same characters, settles most messages; in the others it is
tried, and kept where the classified parts speak for two matters. Parts are cut again. All weights
are learned from messages with marked boundaries (`data/several`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Dict, List, NamedTuple, Optional, Protocol, Sequence, Tuple

import numpy as np

from nlu.components.boundaries import Boundary, Weights, boundaries, learned
from nlu.components.clause_evidence import NAMES
from nlu.components.fusion import script_of

Ranking = List[Tuple[str, float]]


class Reading(NamedTuple):
    """What a part is about, and how likely it tells anything at all."""

    leaves: Ranking
    told: float


Classify = Callable[[Sequence[str]], List[Reading]]

#: How likely two matters must be; a part is cut again only when that is likelier than not.
_LIKELY, _LIKELY_WITHIN = 0.42, 0.5
_SHORTEST, _LONGEST_MESSAGE = 3, 600
#: So often parts are cut again: four matters at the most along one line.
_DEPTH = 2
_LEAST = 1e-4


class Evidence(Protocol):
    def features(self, text: str, places: Sequence[Boundary]) -> np.ndarray: ...


@dataclass(frozen=True)
class Matter:
    """A stretch of the normalised text and what it is about."""

    start: int
    end: int
    leaves: Ranking


@dataclass(frozen=True)
class Candidate:
    """The best boundary of a text: its score, that of all together, and what it shows."""

    place: Boundary
    score: float
    any_score: float
    evidence: np.ndarray

    def sides(self, text: str) -> Tuple[str, str]:
        return text[: self.place.end], text[self.place.start :]


def first_look(text: str, evidence: Evidence) -> Optional[Candidate]:
    """The cut whose parts are worth classifying, if there is one."""
    if len(text) > _LONGEST_MESSAGE:
        return None
    candidate = best_boundary(text, evidence, learned())
    if candidate is None or not worth_classifying(text, candidate, learned()):
        return None
    return candidate


def find_matters(
    text: str,
    ranking: Ranking,
    candidate: Optional[Candidate],
    classify: Classify,
    evidence: Evidence,
) -> List[Matter]:
    """At least one matter; more only where the parts of `candidate`, the first look's, differ."""
    matters: List[Matter] = []
    cutter = _Cutter(text, classify, evidence)
    for matter in cutter.cut(Matter(0, len(text), ranking), candidate, _DEPTH):
        if matter.leaves[0][0] not in [known.leaves[0][0] for known in matters]:
            matters.append(matter)
    return matters


@dataclass(frozen=True)
class _Cutter:
    """Tries a cut, and the cuts of its parts."""

    text: str
    classify: Classify
    evidence: Evidence

    def cut(self, whole: Matter, candidate: Optional[Candidate], depth: int) -> List[Matter]:
        parts = self._parts(whole, candidate, _LIKELY if depth == _DEPTH else _LIKELY_WITHIN)
        if len(parts) == 1 or not depth:
            return parts
        looks = [first_look(self.text[part.start : part.end], self.evidence) for part in parts]
        return [
            matter
            for part, look in zip(parts, looks, strict=True)
            for matter in self.cut(part, look, depth - 1)
        ]

    def _parts(self, whole: Matter, candidate: Optional[Candidate], needed: float) -> List[Matter]:
        """Both sides of the cut if they are `needed` likely to be two matters, else the whole."""
        if candidate is None:
            return [whole]
        piece = self.text[whole.start : whole.end]
        left, right = self.classify(candidate.sides(piece))
        if left.leaves[0][0] == right.leaves[0][0]:
            return [whole]
        features = part_features(piece, candidate, left, right, whole.leaves)
        score = weighed(features, learned().parts) + learned().parts_bias
        if 1 / (1 + np.exp(-score)) < needed:
            return [whole]
        return [
            Matter(whole.start, whole.start + candidate.place.end, left.leaves),
            Matter(whole.start + candidate.place.start, whole.end, right.leaves),
        ]


def best_boundary(text: str, evidence: Evidence, weights: Weights) -> Optional[Candidate]:
    """The likeliest place for a cut that leaves something on both sides."""
    places = boundaries(text)
    open_ = [i for i, p in enumerate(places) if min(p.end, len(text) - p.start) >= _SHORTEST]
    if not open_:
        return None
    shown = evidence.features(text, places)
    scores = shown @ np.array([weights.evidence[n] for n in NAMES])
    known = weights.grams.get
    scores += [sum(filter(None, map(known, place.grams))) for place in places]
    scores += weights.bias
    best = max(open_, key=lambda i: scores[i])
    every = float(np.logaddexp.reduce(scores))
    return Candidate(places[best], float(scores[best]), every, shown[best])


def worth_classifying(text: str, candidate: Candidate, weights: Weights) -> bool:
    """A first look, by characters alone: to classify the parts takes half of a parse."""
    score = weighed(look_features(text, candidate), weights.look) + weights.look_bias
    return score >= weights.look_least


def look_features(text: str, candidate: Candidate) -> Dict[str, float]:
    """What is known of the best boundary before its parts are classified."""
    return {
        "boundary": candidate.score,
        "any_boundary": candidate.any_score,
        "latin": float(script_of(text) == "latin"),
        **dict(zip(NAMES, candidate.evidence.tolist(), strict=True)),
    }


def weighed(features: Dict[str, float], weights: Dict[str, float]) -> float:
    return sum(weights[name] * value for name, value in features.items())


def _log_odds(probability: float) -> float:
    clipped = min(max(probability, _LEAST), 1 - _LEAST)
    return float(np.log(clipped / (1 - clipped)))


def part_features(
    text: str, candidate: Candidate, one: Reading, two: Reading, whole: Ranking
) -> Dict[str, float]:
    """How sure the parts are of what they are about, of each other and of the whole."""
    left, right = one.leaves, two.leaves
    first, second, every = dict(left), dict(right), dict(whole)
    p, q, w = (np.array([side[code] for code in every]) for side in (first, second, every))
    (a, of_a), (b, of_b), (top, of_top) = left[0], right[0], whole[0]
    middle = (p + q) / 2
    apart = sum(float((x * np.log((x + 1e-6) / (middle + 1e-6))).sum()) for x in (p, q)) / 2
    surest, across = (_log_odds(of_a), _log_odds(of_b)), (_log_odds(first[b]), _log_odds(second[a]))
    whole_of = (_log_odds(every[a]), _log_odds(every[b]))
    of_whole = (_log_odds(first[top]), _log_odds(second[top]))
    place = candidate.place
    return {
        "boundary": candidate.score,
        "any_boundary": candidate.any_score,
        "other_class": float(a[:3] != b[:3]),
        "apart": apart,
        "left": surest[0],
        "right": surest[1],
        "weaker": min(surest),
        "left_as_right": across[0],
        "right_as_left": across[1],
        "across": max(across),
        "whole": _log_odds(of_top),
        "whole_as_left": whole_of[0],
        "whole_as_right": whole_of[1],
        "whole_as_weaker": min(whole_of),
        "left_with_whole": float(p @ w),
        "right_with_whole": float(q @ w),
        "told": _log_odds(min(one.told, two.told)),
        "overlap": float(np.sqrt(p * q).sum()),
        "shorter": float(np.log(min(place.end, len(text) - place.start))),
        "length": float(np.log(len(text))),
        "latin": float(script_of(text) == "latin"),
        "nearer_whole": max(of_whole),
        "farther_whole": min(of_whole),
    }
