"""What a community has written down: entries with a source, and which of them answers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from actions.domain.identifiers import AreaCode

#: So many answers are offered to choose from.
OFFERED: Final = 3
#: Beside a card, an entry this likely is worth a word.
LIKELY: Final = 0.6
#: Beside a better one, an answer this unlikely only adds to the choice.
_TOO_UNLIKELY: Final = 0.03


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where an answer comes from, and where that can be looked up."""

    name: Mapping[str, str]
    where: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class KnowledgeEntry:
    """One answer, in every language; `scope` are the estates it is for, empty for all."""

    id: str
    title: Mapping[str, str]
    answer: Mapping[str, str]
    source: Source
    checked: date
    valid_until: date | None = None
    scope: tuple[AreaCode, ...] = ()
    questions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def is_confirmed(self, day: date) -> bool:
        """Whether it was said to hold that long."""
        return self.valid_until is None or day <= self.valid_until

    def is_for(self, estate: AreaCode | None) -> bool:
        """Somebody whose estate is not known is told whom it is for."""
        return not self.scope or estate is None or estate in self.scope


@dataclass(frozen=True)
class Knowledge:
    """Everything written down, by the name of the entry."""

    entries: Mapping[str, KnowledgeEntry] = field(default_factory=dict)

    def get(self, name: str) -> KnowledgeEntry | None:
        return self.entries.get(name)

    def meant(
        self,
        hits: Iterable[Mapping[str, Any]],
        estate: AreaCode | None,
        *,
        answer_from: float,
        suggest_from: float,
    ) -> "Meant":
        """What was found comes to; an entry nobody here knows any more is passed over."""
        known = [(self.entries.get(str(hit["id"])), float(hit["score"])) for hit in hits]
        fitting = [(entry, share) for entry, share in known if entry and entry.is_for(estate)]
        if not fitting or fitting[0][1] < suggest_from:
            return Meant()
        best, share = fitting[0]
        if share >= answer_from and (len(fitting) == 1 or fitting[1][1] < answer_from):
            return Meant(answer=best)
        likely = [entry for entry, share in fitting if share >= _TOO_UNLIKELY]
        return Meant(choices=likely[:OFFERED])


@dataclass(frozen=True)
class Meant:
    """One answer, a few to choose from, or nothing."""

    answer: KnowledgeEntry | None = None
    choices: Sequence[KnowledgeEntry] = ()
