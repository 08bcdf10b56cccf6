"""`python -m nlu.evaluation.fit_pairs PAIRS.jsonl [--write MODULE]`: weigh what tells a pair.

PAIRS are rows with `gold` and the `features` that `python -m scripts.apply_likeness --features`
adds. A logistic regression whose weights may not go against sense: more in common never counts
against being the same matter. Judged by cross-validation that keeps pairs with a sentence in
common on one side. What is written is data of `actions/domain`.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional, Sequence, Tuple

import numpy as np
from scipy.optimize import minimize
from sklearn.model_selection import StratifiedGroupKFold

Row = Dict[str, Any]
#: What never speaks against, and what never speaks for.
FOR = frozenset(
    {"place_same", "place_wide", "leaves", "class", "things_within", "things_both", "marks_same",
     "meaning", "meaning_across", "goes_on"}
)  # fmt: skip
AGAINST = frozenset(
    {"place_near", "place_other", "things_none", "marks_differ", "days",
     "days_passing", "money_differs"}
)  # fmt: skip
UNKNOWN = "things_unknown"
THINGS = frozenset({"things_within", "things_both", "things_none", UNKNOWN})
MEANING = frozenset({"meaning", "meaning_across"})
SHARES = (0.01, 0.03, 0.05, 0.08, 0.12)
_FOLDS, _SEEDS, _PENALTY = 5, 5, 1.0


def names_of(rows: Sequence[Row], *, vectors: bool) -> List[str]:
    every = sorted({name for row in rows for name in row["features"]})
    return [name for name in every if vectors or name not in MEANING]


def matrix(rows: Sequence[Row], names: Sequence[str]) -> np.ndarray:
    return np.array([[row["features"].get(name, 0.0) for name in names] for row in rows])


def unnamed(x: np.ndarray, names: Sequence[str]) -> np.ndarray:
    """The same pairs as if no list had a word for their things: so it will be for many."""
    hidden = x.copy()
    for column, name in enumerate(names):
        if name in THINGS:
            hidden[:, column] = 1.0 if name == UNKNOWN else 0.0
    return hidden


def fit(x: np.ndarray, gold: np.ndarray, names: Sequence[str]) -> np.ndarray:
    """One weight a name, and the bias at the end."""
    x, gold = np.vstack([x, unnamed(x, names)]), np.concatenate([gold, gold])
    spread = x.std(axis=0) + 1e-9
    scaled = np.column_stack([x / spread, np.ones(len(x))])

    def loss(weights: np.ndarray) -> Tuple[float, np.ndarray]:
        scores = scaled @ weights
        errors = 1 / (1 + np.exp(-scores)) - gold
        ridge = np.append(weights[:-1], 0.0) * _PENALTY
        value = np.logaddexp(0, scores).sum() - (gold * scores).sum() + ridge @ weights / 2
        return float(value), scaled.T @ errors + ridge

    sides = [(0.0 if n in FOR else None, 0.0 if n in AGAINST else None) for n in names]
    found = minimize(loss, np.zeros(scaled.shape[1]), jac=True, bounds=[*sides, (None, None)])
    return np.append(found.x[:-1] / spread, found.x[-1])


def probability(x: np.ndarray, weights: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-(x @ weights[:-1] + weights[-1])))


def groups(rows: Sequence[Row]) -> List[str]:
    """Pairs that share a sentence, directly or through others, stand together."""
    above: Dict[str, str] = {}

    def top(text: str) -> str:
        while above.setdefault(text, text) != text:
            text = above[text]
        return text

    for row in rows:
        above[top(row["a"])] = top(row["b"])
    return [top(row["a"]) for row in rows]


def held_out(rows: Sequence[Row], names: Sequence[str]) -> np.ndarray:
    x, gold, together = matrix(rows, names), golds(rows), groups(rows)
    total = np.zeros(len(rows))
    for seed in range(_SEEDS):
        folds = StratifiedGroupKFold(_FOLDS, shuffle=True, random_state=seed)
        for train, test in folds.split(x, gold, together):
            total[test] += probability(x[test], fit(x[train], gold[train], names))
    return total / _SEEDS


def golds(rows: Sequence[Row]) -> np.ndarray:
    return np.array([bool(row["gold"]) for row in rows])


def threshold(scores: np.ndarray, gold: np.ndarray, wrong: float) -> float:
    """The lowest score at which no more than this share of the different pairs is offered."""
    others = np.sort(scores[~gold])[::-1]
    return float(np.nextafter(others[int(wrong * len(others))], 2.0))


def table(scores: np.ndarray, rows: Sequence[Row]) -> Iterator[str]:
    gold = golds(rows)
    kinds = np.array([row["kind"] for row in rows])
    yield f"{gold.sum()} same, {(~gold).sum()} different, error {calibration(scores, gold):.3f}"
    for wrong in SHARES:
        at = threshold(scores, gold, wrong)
        yield f"wrong {wrong:.2f} from {at:.2f}: recall {(scores[gold] >= at).mean():.3f}"
    at = threshold(scores, gold, 0.05)
    for kind in sorted(set(kinds)):
        for same in (True, False):
            chosen = (kinds == kind) & (gold == same)
            if chosen.any():
                share = (scores[chosen] >= at).mean()
                yield f"  {kind}, {'same' if same else 'different'} ({chosen.sum()}): {share:.3f}"


def calibration(scores: np.ndarray, gold: np.ndarray) -> float:
    bins = np.minimum((scores * 10).astype(int), 9)
    inside = [bins == each for each in range(10) if (bins == each).any()]
    return float(sum(m.mean() * abs(scores[m].mean() - gold[m].mean()) for m in inside))


def module(fitted: Dict[str, Dict[str, float]], report: Sequence[str]) -> str:
    """The weights as data of the domain, with where they come from."""
    lines = ['"""Weights of `likeness`, learned from `nlu/evaluation/dev/pairs.jsonl`.', ""]
    lines += ["Written by `nlu/evaluation/fit_pairs.py`. By cross-validation, with vectors:", ""]
    lines += [*(f"    {line}" for line in report), '"""', "", "from typing import Final"]
    for name, weights in fitted.items():
        lines += ["", f"{name}: Final[dict[str, float]] = {{"]
        lines += [f'    "{key}": {value:.3f},' for key, value in weights.items()] + ["}"]
    return "\n".join(lines) + "\n"


def main(arguments: Optional[Sequence[str]] = None) -> None:
    parser = argparse.ArgumentParser(prog="nlu.evaluation.fit_pairs", description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("--write", type=Path, help="the module that holds the weights")
    options = parser.parse_args(arguments)
    rows = [json.loads(line) for line in options.source.read_text(encoding="utf-8").splitlines()]
    fitted, reports = {}, {}
    for name, vectors in (("WITH_VECTORS", True), ("WITHOUT_VECTORS", False)):
        names = names_of(rows, vectors=vectors)
        reports[name] = list(table(held_out(rows, names), rows))
        print(name, *reports[name], sep="\n")
        weights = fit(matrix(rows, names), golds(rows), names)
        fitted[name] = dict(zip([*names, "bias"], weights.tolist(), strict=True))
    if options.write:
        text = module(fitted, reports["WITH_VECTORS"])
        options.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
