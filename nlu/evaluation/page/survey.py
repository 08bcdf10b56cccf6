"""All figures of one model, in one JSON: what `gate` keeps beside a model, and the detail of it."""

from __future__ import annotations

from typing import Any, Dict, List, Sequence

from nlu.evaluation.figures import figures
from nlu.evaluation.frozen import Pair, Row, read
from nlu.evaluation.gate import ROOT, bars, expected
from nlu.evaluation.page.finding import (
    entities,
    everyday_danger,
    false_tickets,
    not_filed,
    red_team,
    several,
)
from nlu.evaluation.page.scoring import (
    Figures,
    Judged,
    confusions,
    judged_intents,
    judged_leaves,
    reliability,
    score,
)

#: Anybody may read these; `questions` have figures of their own (`nlu.evaluation.knowledge`).
_OPEN = ("entities_zh", "entities_yue", "entities_en", "several")
_PAIRS_SHOWN = 40


def frozen_rows() -> List[Row]:
    """The messages the gate judges by."""
    return expected(bars())


def open_rows() -> List[Row]:
    folder = ROOT / "nlu" / "evaluation" / "dev"
    return [row for name in _OPEN for row in read(folder / f"{name}.jsonl")]


def pair_rows() -> List[Row]:
    """Two tellings each, of one matter or of two."""
    return read(ROOT / "nlu" / "evaluation" / "dev" / "pairs.jsonl")


def all_rows() -> List[Row]:
    return [*frozen_rows(), *open_rows(), *pair_rows()]


def asked(row: Row) -> Row:
    """A row without what is right."""
    return {key: row[key] for key in ("text", "a", "b", "days") if key in row}


def paired(rows: Sequence[Row], evaluated: Sequence[Row]) -> List[Pair]:
    """Expected beside evaluated.

    Raises:
        SystemExit: these are other messages.
    """
    if [asked(row) for row in rows] != [asked(row) for row in evaluated]:
        raise SystemExit("report: these are not the messages of `page rows`, in their order")
    return list(zip(rows, evaluated, strict=True))


def of_messages(pairs: Sequence[Pair], *, show: bool) -> Figures:
    """`show` gives examples of what was confused: never for what is frozen."""
    return {
        "messages": len(pairs),
        "figures": figures(pairs),
        "leaves": _labels(judged_leaves(pairs, show=show)),
        "intents": _labels(judged_intents(pairs, show=show)),
        "reliability": reliability(pairs),
        "entities": entities(pairs),
        "several": several(pairs),
        "not_filed": not_filed(pairs),
        "false_tickets": false_tickets(pairs),
        "danger": everyday_danger(pairs),
        "red_team": red_team(pairs),
    }


def of_training(leaves: Sequence[Judged], intents: Sequence[Judged]) -> Figures:
    """By models that had not seen the example, nor its like."""
    return {"leaves": _labels(leaves), "intents": _labels(intents)}


def _labels(judged: Sequence[Judged]) -> Dict[str, Any]:
    return {
        "n": len(judged),
        "right": round(sum(each.meant == each.said for each in judged) / max(len(judged), 1), 4),
        "scores": score(judged),
        "confusions": confusions(judged, _PAIRS_SHOWN),
    }
