"""How alike two messages are by vector and leaf: what duplicate detection starts from."""

from __future__ import annotations

from typing import Any, Dict, List

#: Below this two messages are not offered as the same matter.
SAME = 0.6


def _cosine(first: List[float], second: List[float]) -> float:
    """The vectors are of length one."""
    return sum(a * b for a, b in zip(first, second, strict=True))


def _shared_leaves(first: Dict[str, Any], second: Dict[str, Any]) -> float:
    other = dict(second["leaves"])
    return sum((p * other.get(code, 0.0)) ** 0.5 for code, p in first["leaves"])


def likeness(first: Dict[str, Any], second: Dict[str, Any]) -> Dict[str, Any]:
    """`same` and `score`; place and time are for the action server to weigh."""
    meaning = _cosine(first["vector"], second["vector"])
    score = round((meaning + _shared_leaves(first, second)) / 2, 4)
    return {"same": score >= SAME, "score": score}
