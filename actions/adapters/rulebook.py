"""`Rulebook`: every version of the settings this process knows, and which one is in force."""

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Final, TypeVar

from actions.adapters.community_file import read_stored
from actions.adapters.geography import Geography
from actions.adapters.settings_content import unpacked
from actions.domain.community import Community, Former

log = logging.getLogger(__name__)

_T = TypeVar("_T")
#: Seconds between two looks for versions another process imported; shorter than their lead.
EVERY: Final = 1.0


@dataclass(frozen=True, eq=False)
class Standing:
    """A community as it stands from a moment on, with the index over its places."""

    valid_from: datetime
    community: Community

    @cached_property
    def geography(self) -> Geography:
        return Geography(self.community)


@dataclass
class Rulebook:
    """All versions are held: they are small, and any open ticket may stand under any of them."""

    every: float = EVERY
    _standing: list[Standing] = field(default_factory=list)
    _by_hash: dict[str, Standing] = field(default_factory=dict)
    _looked_at: float = float("-inf")

    @classmethod
    def of(cls, community: Community) -> "Rulebook":
        """One community for ever, asked of no database."""
        only = Standing(datetime.min.replace(tzinfo=UTC), community)
        return cls(float("inf"), [only], {community.version: only}, time.monotonic())

    def at(self, moment: datetime) -> Standing:
        """What is in force at a moment; before there were versions, the first."""
        begun = (each for each in reversed(self._standing) if each.valid_from <= moment)
        return next(begun, self._standing[0])

    def before(self, version: str) -> Community | None:
        """The community under the version before this one."""
        index = [each.community.version for each in self._standing].index(version)
        return self._standing[index - 1].community if index else None

    def rules(self, version: str) -> Community | None:
        """The community under one version; None if there is no such version."""
        found = self._by_hash.get(version)
        return found.community if found else None

    @property
    def is_due(self) -> bool:
        """Whether it is time to look for news."""
        return time.monotonic() - self._looked_at >= self.every

    def by_version(self, read: Callable[[Community], _T]) -> Mapping[str, _T]:
        """One value of every version, by its hash."""
        return {version: read(each.community) for version, each in self._by_hash.items()}

    def floor(self, now: datetime) -> datetime | None:
        """Nothing is imported for a moment before the one in force, so only later ones are news."""
        return self.at(now).valid_from if self._standing else None

    def note_look(self) -> None:
        self._looked_at = time.monotonic()

    def lacks(self, versions: Iterable[str]) -> list[str]:
        return [each for each in versions if each not in self._by_hash]

    def arrange(
        self, floor: datetime | None, moments: Mapping[str, datetime], contents: Mapping[str, str]
    ) -> None:
        """Take in what the database has from `floor` on; what is no longer there was withdrawn."""
        kept = [each for each in self._standing if floor is not None and each.valid_from < floor]
        later = [
            self._by_hash.get(version) or Standing(at, _read(version, contents[version]))
            for version, at in sorted(moments.items(), key=lambda item: (item[1], item[0]))
        ]
        if kept + later == self._standing:
            return
        self._standing = _remembering([*kept, *later])
        self._by_hash = {each.community.version: each for each in self._standing}


def _read(version: str, settings: str) -> Community:
    content: dict[str, Any] = unpacked(settings)
    community, unread = read_stored(content, version[:12])
    for what in unread:
        log.warning("settings: %s", what, extra={"action": "settings_unread"})
    return replace(community, version=version)


def _remembering(standing: list[Standing]) -> list[Standing]:
    """Each knows what the ones before it had and it has not."""
    found: list[Standing] = []
    former = Former()
    for each in standing:
        community = each.community
        former = _without(former, community)
        if former != community.former:
            each = Standing(each.valid_from, replace(community, former=former))  # noqa: PLW2901
        found.append(each)
        former = _with(former, community)
    return found


def _without(former: Former, community: Community) -> Former:
    return Former(
        categories=_minus(former.categories, community.categories),
        areas=_minus(former.areas, community.areas),
        landmarks=_minus(former.landmarks, community.landmarks),
    )


def _with(former: Former, community: Community) -> Former:
    return Former(
        categories={**former.categories, **community.categories},
        areas={**former.areas, **community.areas},
        landmarks={**former.landmarks, **community.landmarks},
    )


def _minus(had: Mapping[Any, _T], has: Mapping[Any, Any]) -> dict[Any, _T]:
    return {code: each for code, each in had.items() if code not in has}
