"""What was understood of one message: the typed contract with NLU (D13)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from actions.domain.identifiers import LeafCode

Ranking = tuple[tuple[str, float], ...]


@dataclass(frozen=True, kw_only=True)
class Entity:
    """A place, time or phone number; offsets count characters of the original text."""

    kind: str
    text: str
    start: int
    end: int
    value: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Matter:
    """One thing to be settled, as a stretch of the message."""

    text: str
    start: int
    end: int
    leaves: Ranking

    def holds(self, entity: Entity) -> bool:
        return self.start <= entity.start and entity.end <= self.end

    @property
    def leaf(self) -> LeafCode | None:
        return LeafCode(self.leaves[0][0]) if self.leaves else None


@dataclass(frozen=True, kw_only=True)
class Understood:
    """The parse of one message.

    `told` is the likelihood that anything is to be filed, `emergency` that somebody is in danger;
    `vector` is the sentence vector, empty without weights.
    """

    text: str
    normalised: str
    language: str
    intent: str
    confidence: float
    intent_ranking: Ranking = ()
    leaves: Ranking = ()
    matters: tuple[Matter, ...] = ()
    entities: tuple[Entity, ...] = ()
    told: float = 1.0
    emergency: float = 0.0
    vector: tuple[float, ...] = ()
    knowledge: tuple[Mapping[str, Any], ...] = ()
    model: Mapping[str, str] = field(default_factory=dict)

    def part(self, matter: Matter) -> "Understood":
        """Without the entities that stand in the words of another matter."""
        others = [each for each in self.matters if each != matter]
        meant = (e for e in self.entities if not any(other.holds(e) for other in others))
        return replace(self, entities=tuple(meant))

    def entity(self, kind: str) -> Entity | None:
        """The first entity of a kind, if any."""
        return next((entity for entity in self.entities if entity.kind == kind), None)
