"""One thing found in a text: a place, a time or a telephone number."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Dict, Iterable, List


@dataclass(frozen=True)
class Entity:
    """Offsets belong to the text the finder was given."""

    kind: str
    start: int
    end: int
    value: Dict[str, str] = field(default_factory=dict)


def without_overlap(entities: Iterable[Entity]) -> List[Entity]:
    """Of two that overlap the earlier in the list stays; the result is in reading order."""
    kept: List[Entity] = []
    for entity in entities:
        if all(entity.end <= other.start or entity.start >= other.end for other in kept):
            kept.append(entity)
    return sorted(kept, key=lambda entity: entity.start)
