"""The figures a model is judged by, each a share between 0 and 1."""

from __future__ import annotations

from typing import Dict, Iterator, Sequence, Tuple

from nlu.evaluation.frozen import (
    KINDS,
    Pair,
    as_leaf_row,
    by_language,
    entities_found,
    finds_all,
    is_matter,
)
from nlu.evaluation.metrics import calibration_error, hits, macro_f1


def figures(pairs: Sequence[Pair]) -> Dict[str, float]:
    """Expected and evaluated rows, paired. What there are no rows for has no figure."""
    found = {name: value for part in _PARTS for name, value in part(pairs)}
    return {name: round(value, 4) for name, value in found.items()}


def _of_leaves(pairs: Sequence[Pair]) -> Iterator[Tuple[str, float]]:
    rows = [as_leaf_row(pair) for pair in pairs if is_matter(pair[0])]
    if not rows:
        return
    yield "leaf_top1", hits(rows, 1)
    yield "leaf_top3", hits(rows, 3)
    yield "class_macro_f1", macro_f1(rows)
    yield "calibration_error", calibration_error(rows)
    spoken = by_language(rows)
    if {"zh", "yue"} <= spoken.keys():
        yield "cantonese_behind", hits(spoken["zh"], 1) - hits(spoken["yue"], 1)


def _of_intents(pairs: Sequence[Pair]) -> Iterator[Tuple[str, float]]:
    right = [a["intent"] == b["intent"] for a, b in pairs if "intent" in a]
    if right:
        yield "intent", _share(right)
    filed = [b["files_ticket"] for a, b in pairs if a.get("files_ticket") is False]
    if filed:
        yield "false_tickets", _share(filed)


def _of_entities(pairs: Sequence[Pair]) -> Iterator[Tuple[str, float]]:
    for kind in KINDS:
        found = entities_found(pairs, kind)
        if found:
            yield kind, _share(found)


def _of_several(pairs: Sequence[Pair]) -> Iterator[Tuple[str, float]]:
    several = [finds_all(pair) for pair in pairs if len(pair[0].get("leaves", ())) > 1]
    if several:
        yield "several_matters", _share(several)


def _of_danger(pairs: Sequence[Pair]) -> Iterator[Tuple[str, float]]:
    """On the red team only: its rows say what kind of danger it is, or seems."""
    red_team = [(a, b) for a, b in pairs if "kind" in a]
    for name, wanted in (("emergencies_caught", True), ("traps_raised", False)):
        raised = [b["emergency"] for a, b in red_team if a["emergency"] is wanted]
        if raised:
            yield name, _share(raised)


def _share(right: Sequence[bool]) -> float:
    return sum(right) / len(right)


_PARTS = (_of_leaves, _of_intents, _of_entities, _of_several, _of_danger)
