"""Find the places a text names: estates, buildings, grids and landmarks, by any of their names."""

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from actions.domain.building_words import building_number, building_words
from actions.domain.community import Community
from actions.domain.folding import Folded, fold
from actions.domain.place import Area, AreaKind, Landmark
from actions.domain.place_detail import PlaceDetail, find_detail
from actions.domain.script import SIMPLIFIED

_Spot = Area | Landmark


@dataclass(frozen=True)
class PlaceMatch:
    """A stretch of the original text and what it may mean; several meanings are ambiguous."""

    candidates: tuple[Area | Landmark, ...]
    start: int
    end: int

    @property
    def is_ambiguous(self) -> bool:
        return len(self.candidates) > 1


@dataclass(frozen=True)
class NamedPlaces:
    """Every place a text names, left to right, and the words for unit, floor, room and spot."""

    matches: tuple[PlaceMatch, ...]
    parts: PlaceDetail
    places: tuple[str, ...]  #: codes of the one place meant, or of those to choose from
    detail: str
    unknown: str = ""  #: a building as it was said that this community does not have


def find_places(text: str, community: Community) -> NamedPlaces:
    """What a text says about where; `places` holds one code, several to choose from, or none."""
    return _gazetteer(community).find(text)


@lru_cache(maxsize=8)
def _gazetteer(community: Community) -> "Gazetteer":
    return Gazetteer(community)


class Gazetteer:
    """The names of one community, ready to be looked for."""

    def __init__(self, community: Community) -> None:
        self._community = community
        self._buildings: dict[str, tuple[Area, ...]] = {}
        self._named: dict[str, _Spot] = {}
        for area in community.areas.values():
            if area.kind is AreaKind.BUILDING:
                self._learn_building(area)
            elif area.kind is not AreaKind.STREET:
                self._learn(area, (*area.name.values(), *area.aliases))
        for landmark in community.landmarks.values():
            self._learn(landmark, (*landmark.name.values(), *landmark.aliases))
        self._pattern = _any_of(self._named)

    def find(self, text: str) -> NamedPlaces:
        plain = fold(text, SIMPLIFIED)
        found = self._without_overlaps([*self._by_name(plain.text), *self._by_number(plain.text)])
        unknown = self._unknown(found, plain, text)
        found = self._joined(found, plain.text)
        parts = find_detail(plain, text, [(match.start, match.end) for match in found])
        matches = tuple(
            PlaceMatch(match.candidates, *plain.span(match.start, match.end)) for match in found
        )
        places, extra = self._meant(matches, text)
        detail = " ".join(word for word in (extra, parts.words) if word)
        return NamedPlaces(matches, parts, places, detail, "" if places else unknown)

    def _unknown(self, found: list[PlaceMatch], plain: Folded, text: str) -> str:
        missing = next((match for match in found if not match.candidates), None)
        if missing is None:
            return ""
        first, last = plain.span(missing.start, missing.end)
        return text[first:last].strip()

    def _learn_building(self, area: Area) -> None:
        names = (*area.name.values(), *area.aliases)
        numbers = {building_number(fold(name, SIMPLIFIED).text) for name in names}
        for number in sorted(number for number in numbers if number):
            self._buildings[number] = (*self._buildings.get(number, ()), area)
        self._learn(area, (n for n in names if building_number(fold(n, SIMPLIFIED).text) is None))

    def _learn(self, spot: _Spot, names: Iterable[str]) -> None:
        for name in names:
            self._named.setdefault(_key(fold(name, SIMPLIFIED).text), spot)

    def _by_name(self, text: str) -> list[PlaceMatch]:
        return [
            PlaceMatch((self._named[_key(match[0])],), *match.span())
            for match in self._pattern.finditer(text)
        ]

    def _by_number(self, text: str) -> list[PlaceMatch]:
        return [
            PlaceMatch(self._buildings.get(words.number, ()), words.start, words.end)
            for words in building_words(text)
        ]

    def _without_overlaps(self, found: list[PlaceMatch]) -> list[PlaceMatch]:
        """The longest names win; then reading order."""
        kept: list[PlaceMatch] = []  # by reading order, never overlapping
        for match in sorted(found, key=lambda m: (m.start - m.end, m.start)):
            at = bisect_left(kept, match.start, key=attrgetter("start"))
            after_last = at == 0 or kept[at - 1].end <= match.start
            if after_last and (at == len(kept) or match.end <= kept[at].start):
                kept.insert(at, match)
        return kept

    def _joined(self, found: list[PlaceMatch], text: str) -> list[PlaceMatch]:
        """Buildings read within the estate named beside them, or else anywhere in the text."""
        joined: list[PlaceMatch] = []
        estates = [m for m in found if _kind(m) is AreaKind.ESTATE]
        for match in found:
            before = joined[-1] if joined else None
            beside = before and not text[before.end : match.start].strip(" 的嘅,-")
            if before and beside and _kind(before) is AreaKind.ESTATE and _is_building(match):
                inside = self._inside(match, [before])
                joined[-1] = PlaceMatch(inside or before.candidates, before.start, match.end)
            elif match.is_ambiguous and len(estates) == 1:
                inside = self._inside(match, estates)
                joined.append(PlaceMatch(inside or match.candidates, match.start, match.end))
            else:
                joined.append(match)
        return [match for match in joined if match.candidates]

    def _inside(self, match: PlaceMatch, estates: list[PlaceMatch]) -> tuple[_Spot, ...]:
        outer = [
            area.code for estate in estates for area in estate.candidates if isinstance(area, Area)
        ]
        return tuple(
            area
            for area in match.candidates
            if isinstance(area, Area) and any(self._community.within(area.code, o) for o in outer)
        )

    def _meant(self, matches: tuple[PlaceMatch, ...], text: str) -> tuple[tuple[str, ...], str]:
        """The narrowest place named, and words to keep of what it leaves out."""
        buildings = [m for m in matches if _kind(m) is AreaKind.BUILDING]
        landmarks = [m for m in matches if isinstance(m.candidates[0], Landmark)]
        if len({_codes(m) for m in buildings}) > 1:
            return self._several(buildings, text)
        for group in (buildings, landmarks, matches):
            if group:
                beside = landmarks if group is buildings else group[:1]
                words = " ".join(text[m.start : m.end] for m in beside[:1])
                return _codes(group[0]), "" if self._is_name(
                    words
                ) and group is not buildings else words
        return (), ""

    def _is_name(self, words: str) -> bool:
        """Whether words say no more than a place's own name, so that they need not be kept."""
        return _key(fold(words, SIMPLIFIED).text) in self._named

    def _several(self, buildings: list[PlaceMatch], text: str) -> tuple[tuple[str, ...], str]:
        """Several buildings of one estate are that estate; else the person chooses."""
        spots = [spot for match in buildings for spot in match.candidates]
        estates = {
            estate.code
            for spot in spots
            if isinstance(spot, Area) and (estate := self._community.estate_of(spot.code))
        }
        words = "、".join(dict.fromkeys(text[m.start : m.end].strip() for m in buildings))
        if len(estates) == 1:
            return tuple(estates), words
        return tuple(dict.fromkeys(spot.code for spot in spots)), ""


def _codes(match: PlaceMatch) -> tuple[str, ...]:
    return tuple(dict.fromkeys(spot.code for spot in match.candidates))


def _kind(match: PlaceMatch) -> AreaKind | None:
    first = match.candidates[0] if match.candidates else None
    return first.kind if isinstance(first, Area) else None


def _is_building(match: PlaceMatch) -> bool:
    """A building, even one this community does not have."""
    return not match.candidates or _kind(match) is AreaKind.BUILDING


def _key(name: str) -> str:
    return "".join(name.split())


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    """One pattern for all names, longest first, spaces optional, English at word ends only."""
    patterns = []
    for name in sorted(names, key=len, reverse=True):
        loose = " ?".join(re.escape(letter) for letter in name)
        patterns.append(rf"(?<![A-Z0-9]){loose}(?![A-Z0-9])" if name.isascii() else loose)
    return re.compile("|".join(patterns))
