"""Precision, recall and confusions of one label among many."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any, Dict, Iterable, List, NamedTuple, Optional, Sequence, Tuple

from nlu.evaluation.frozen import Pair, as_leaf_row, is_matter
from nlu.evaluation.metrics import accepted

Figures = Dict[str, Any]
_EXAMPLES = 3
_ALL = "all"


class Judged(NamedTuple):
    """What was meant and what was said; `text` only where it may be shown."""

    meant: str
    said: str
    language: str
    text: Optional[str] = None


def judged_leaves(pairs: Sequence[Pair], *, show: bool) -> List[Judged]:
    """The first leaf of each matter; an alternative counts as the leaf that was meant."""
    judged = []
    for pair in pairs:
        if is_matter(pair[0]):
            row = as_leaf_row(pair)
            first = row["ranking"][0][0]
            said = row["leaf"] if first in accepted(row) else first
            judged.append(
                Judged(row["leaf"], said, row["language"], pair[0]["text"] if show else None)
            )
    return judged


def judged_intents(pairs: Sequence[Pair], *, show: bool) -> List[Judged]:
    return [
        Judged(a["intent"], b["intent"], a["language"], a["text"] if show else None)
        for a, b in pairs
        if "intent" in a
    ]


def score(judged: Iterable[Judged]) -> Figures:
    """For each label, and in each language: how many there are, precision, recall and F1."""
    meant: Counter[Tuple[str, str]] = Counter()
    said: Counter[Tuple[str, str]] = Counter()
    right: Counter[Tuple[str, str]] = Counter()
    for each in judged:
        for language in (_ALL, each.language):
            meant[each.meant, language] += 1
            said[each.said, language] += 1
            right[each.meant, language] += each.meant == each.said
    table: Figures = defaultdict(dict)
    for label, language in sorted({*meant, *said}):
        key = (label, language)
        table[label][language] = _of(meant[key], said[key], right[key])
    return dict(table)


def _of(meant: int, said: int, right: int) -> Figures:
    """No precision where it was never said, no recall where it was never meant."""
    return {
        "n": meant,
        "precision": round(right / said, 4) if said else None,
        "recall": round(right / meant, 4) if meant else None,
        "f1": round(2 * right / (meant + said), 4),
    }


def confusions(judged: Iterable[Judged], most: int) -> List[Figures]:
    """The most frequent pairs, each with a few of its messages where those may be shown."""
    wrong: Dict[Tuple[str, str], List[Judged]] = defaultdict(list)
    for each in judged:
        if each.meant != each.said:
            wrong[each.meant, each.said].append(each)
    ordered = sorted(wrong.items(), key=lambda item: (-len(item[1]), item[0]))
    return [
        {
            "meant": meant,
            "said": said,
            "times": len(found),
            "texts": [each.text for each in found if each.text is not None][:_EXAMPLES],
        }
        for (meant, said), found in ordered[:most]
    ]


def reliability(pairs: Sequence[Pair], bins: int = 10) -> List[Figures]:
    """How sure the first leaf was, and how often it was right, from doubt to certainty."""
    buckets: Dict[int, List[Tuple[float, bool]]] = defaultdict(list)
    for pair in pairs:
        if is_matter(pair[0]):
            row = as_leaf_row(pair)
            code, sure = row["ranking"][0]
            buckets[min(int(sure * bins), bins - 1)].append((sure, code in accepted(row)))
    return [
        {
            "n": len(bucket),
            "sure": round(sum(sure for sure, _ in bucket) / len(bucket), 4),
            "right": round(sum(hit for _, hit in bucket) / len(bucket), 4),
        }
        for _, bucket in sorted(buckets.items())
    ]
