"""What share was right: pure functions over evaluated rows."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any, Dict, List, Sequence, Set

Row = Dict[str, Any]
#: Any of these is right for a message about something outside a community's remit.
BEYOND = frozenset({"OTH01", "OTH99", "OTH04"})


def accepted(row: Row) -> Set[str]:
    """The leaves an experienced dispatcher would take."""
    right = {row["leaf"], *(row.get("alt") or [])}
    return right | BEYOND if row.get("scope") == "beyond" else right


def hits(rows: Sequence[Row], depth: int) -> float:
    """The share of rows with a right leaf among the first `depth`."""
    if not rows:
        return 0.0
    found = [any(code in accepted(row) for code, _ in row["ranking"][:depth]) for row in rows]
    return sum(found) / len(found)


def macro_f1(rows: Sequence[Row]) -> float:
    """Over the top classes; a hit by an alternative counts for the class of the row."""
    right: Counter[str] = Counter()
    said: Counter[str] = Counter()
    meant: Counter[str] = Counter()
    for row in rows:
        first = row["ranking"][0][0]
        top = row["leaf"][:3]
        guess = top if first in accepted(row) else first[:3]
        meant[top] += 1
        said[guess] += 1
        right[top] += guess == top
    scores = [2 * right[top] / (meant[top] + said[top]) for top in meant]
    return sum(scores) / len(scores) if scores else 0.0


def ticket_rates(rows: Sequence[Row]) -> Dict[str, float]:
    """The share of rows that file a ticket, by the language the row says it is in."""
    by_language: Dict[str, List[bool]] = defaultdict(list)
    for row in rows:
        by_language[row.get("lang") or row["language"]].append(row["files_ticket"])
    return {language: sum(filed) / len(filed) for language, filed in sorted(by_language.items())}


def calibration_error(rows: Sequence[Row], bins: int = 10) -> float:
    """Mean distance between how sure the first leaf was and how often it was right."""
    buckets: Dict[int, List[tuple[float, bool]]] = defaultdict(list)
    for row in rows:
        code, confidence = row["ranking"][0]
        buckets[min(int(confidence * bins), bins - 1)].append((confidence, code in accepted(row)))
    distance = 0.0
    for bucket in buckets.values():
        sure = sum(confidence for confidence, _ in bucket) / len(bucket)
        right = sum(hit for _, hit in bucket) / len(bucket)
        distance += abs(sure - right) * len(bucket)
    return distance / len(rows) if rows else 0.0
