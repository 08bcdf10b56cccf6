"""The parts a Chinese place phrase is put together from, each with a letter for its kind."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Dict, Iterator, List, Optional, Sequence, Tuple

from nlu.components import place_shapes as kinds
from nlu.components.entity import Entity
from nlu.components.place_names import Word, find_names
from nlu.components.place_patterns import find_addresses
from nlu.components.word_lists import word_lists

#: Of two kinds that know a word the earlier counts.
_KINDS = (
    ("never", kinds.OTHER),
    ("spot", kinds.SPOT),
    ("room", kinds.ROOM),
    ("house", kinds.HOUSE),
    ("thing", kinds.THING),
    ("which", kinds.WHICH),
    ("beside", kinds.BESIDE),
    ("side", kinds.SIDE),
    ("own", kinds.OWN),
    ("link", kinds.LINK),
)
#: Words that end like this stand still, whatever comes before.
_STANDS = re.compile(
    r"[室房间厅堂亭岛台井盖池场站口门道路桥坡区处位棚馆店铺柜箱栏杆柱梯廊库院墙地林树湖河塘岗厂园所社档摊屋楼阁巷牌桩]$"
    r"|[沟渠洞坑架座栋垫篷管喉阀]$"
)
_NOUNS = frozenset({"n", "nw", "nz", "vn", "PER", "ORG"})
_HAN = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True)
class Token:
    """A stretch of the normalised text."""

    start: int
    end: int
    letter: str
    value: Dict[str, str] = field(default_factory=dict)


class _Reading:
    """What was taken so far; whatever comes later finds it taken."""

    def __init__(self, text: str, busy: Sequence[bool]) -> None:
        self.text, self.taken = text, list(busy)
        self.found: List[Token] = []

    def take(self, token: Token) -> None:
        if not any(self.taken[token.start : token.end]):
            self.found.append(token)
            self.taken[token.start : token.end] = [True] * (token.end - token.start)

    def take_places(self, letter: str, places: Sequence[Entity]) -> None:
        for place in places:
            self.take(Token(place.start, place.end, letter, place.value))

    def take_numbers_behind(self) -> None:
        for token in tuple(self.found):
            match = kinds.number_behind(self.text, token.end)
            if match:
                number = match.group().strip()
                is_room = number[:1].isdigit() and not number.endswith("号")
                value = {"room": number} if is_room else {}
                self.take(Token(match.start(), match.end(), kinds.ADDRESS, value))

    def take_listed(self) -> None:
        """The longest word of the lists at each place, from left to right."""
        start = 0
        while start < len(self.text):
            token = None if self.taken[start] else _listed_at(self.text, start)
            if token is None:
                start += 1
                continue
            self.take(token)
            start = token.end

    def take_nouns(self, words: Sequence[Word]) -> None:
        for start, word, tag in words:
            if tag in _NOUNS and len(word) > 1 and _HAN.match(word):
                letter = kinds.THING if _STANDS.search(word) else kinds.NOUN
                self.take(Token(start, start + len(word), letter))


def tokens(text: str, words: List[Word], own: List[Entity], busy: List[bool]) -> List[Token]:
    """Every part that may belong to a place, in reading order; `busy` is what is something else."""
    reading = _Reading(text, busy)
    for shape in kinds.earlier_shapes(text):
        reading.take(Token(*shape))
    reading.take_places(kinds.NAME, [_whole_word(text, entity) for entity in own])
    reading.take_places(kinds.ADDRESS, find_addresses(text))
    reading.take_places(kinds.NAME, find_names(text, words, reading.taken))
    reading.take_numbers_behind()
    for match in kinds.lone_rooms(text):
        reading.take(Token(match.start(), match.end(), kinds.ADDRESS, {"room": match.group()}))
    for shape in kinds.later_shapes(text):
        reading.take(Token(*shape))
    reading.take_listed()
    reading.take_nouns(words)
    return sorted(reading.found, key=lambda token: token.start)


@lru_cache(maxsize=1)
def _vocabulary() -> Tuple[Dict[str, str], int]:
    lists = word_lists("places")
    known: Dict[str, str] = {}
    for kind, letter in _KINDS:
        for word in lists[kind]:
            if letter == kinds.SIDE and known.get(word) == kinds.BESIDE:
                known[word] = kinds.EITHER
            known.setdefault(word, letter)
    return known, max(map(len, known))


def _whole_word(text: str, entity: Entity) -> Entity:
    """A name of the community within a longer word of place: 车棚 in 地下自行车棚."""
    known, longest = _vocabulary()
    for start in range(max(0, entity.end - longest), entity.start):
        if known.get(text[start : entity.end]) in (kinds.SPOT, kinds.HOUSE):
            return Entity(entity.kind, start, entity.end, entity.value)
    return entity


def _listed_at(text: str, start: int) -> Optional[Token]:
    if text[start] in " ()":
        return Token(start, start + 1, kinds.BLANK)
    known, longest = _vocabulary()
    for length in range(min(longest, len(text) - start), 0, -1):
        letter = known.get(text[start : start + length])
        if letter is not None:
            return Token(start, start + length, letter)
    return None


def runs(parts: Sequence[Token]) -> Iterator[List[Token]]:
    """Parts that touch each other."""
    run: List[Token] = []
    for token in parts:
        if run and (token.letter == kinds.OTHER or run[-1].end != token.start):
            yield run
            run = []
        if token.letter != kinds.OTHER:
            run.append(token)
    if run:
        yield run
