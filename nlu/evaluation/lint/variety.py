"""How many examples a class has, in which ways of writing, and how unlike each other they are."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Dict, Iterator, List, NamedTuple, Sequence, Tuple

import numpy as np

from nlu.evaluation.lint.nearness import grams, nearest
from nlu.evaluation.lint.written import Written, all_letters, writing

_GRAM = 3


class Class(NamedTuple):
    """`grams` are distinct 3-grams, `fresh` their share of all, `nearest` a mean distance."""

    kind: str
    name: str
    examples: int
    mandarin: int
    cantonese: int
    english: int
    grams: int
    fresh: float
    nearest: float


def classes(examples: Sequence[Written]) -> List[Class]:
    """Leaves first, then intents."""
    features = grams(all_letters(examples))
    return [
        _counted(kind, name, [examples[row] for row in rows], nearest(features[rows]))
        for (kind, name), rows in sorted(_rows(examples).items(), reverse=True)
    ][::-1]


def _rows(examples: Sequence[Written]) -> Dict[Tuple[str, str], List[int]]:
    """An example counts for its intent and, if it has one, for its leaf."""
    rows: Dict[Tuple[str, str], List[int]] = defaultdict(list)
    for row, example in enumerate(examples):
        rows["intent", example.intent].append(row)
        if example.leaf:
            rows["leaf", example.leaf].append(row)
    return rows


def _counted(kind: str, name: str, examples: Sequence[Written], alike: np.ndarray) -> Class:
    ways = Counter(writing(example.text) for example in examples)
    every = [gram for text in all_letters(examples) for gram in _grams(text)]
    return Class(
        kind, name, len(examples), ways["mandarin"], ways["cantonese"], ways["english"],
        len(set(every)), len(set(every)) / max(len(every), 1), float(1 - alike.mean()),
    )  # fmt: skip


def _grams(text: str) -> Iterator[str]:
    padded = f" {text} "
    return (padded[i : i + _GRAM] for i in range(len(padded) - _GRAM + 1))


def table(counted: Sequence[Class]) -> Iterator[str]:
    counts = "".join(f"{name:>6}" for name in ("all", "zh", "yue", "en"))
    yield f"{'class':<16}{counts}{'3-grams':>9}{'fresh':>7}{'apart':>7}"
    for each in counted:
        yield (
            f"{each.name:<16}{each.examples:>6}{each.mandarin:>6}{each.cantonese:>6}"
            f"{each.english:>6}{each.grams:>9}{each.fresh:>7.2f}{each.nearest:>7.2f}"
        )
