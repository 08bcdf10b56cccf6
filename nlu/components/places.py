"""Where: the community's own names, numbered addresses and whole phrases that say a place."""

from __future__ import annotations

import re
from typing import List, Sequence

from nlu.components.english_places import find_english
from nlu.components.entity import Entity, without_overlap
from nlu.components.gazetteer import Gazetteer
from nlu.components.place_patterns import join
from nlu.components.place_phrases import find_phrases
from nlu.components.segmenter import segment

_HAN = re.compile(r"[\u3400-\u9fff]")
#: A message may be as long as a letter; its first part is where people say where it is.
_LONGEST_TEXT = 1000


class PlaceFinder:
    """Knows the names of one community; finds unknown ones by their form."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def find(self, text: str, others: Sequence[Entity] = ()) -> List[Entity]:
        """Every place, the longest phrase for each; `others` is what was found to be none."""
        text = text[:_LONGEST_TEXT]
        own = self._gazetteer.find(text)
        found: List[Entity] = find_english(text, own, others)
        if _HAN.search(text):
            busy = [False] * len(text)
            for entity in others:
                length = min(entity.end, len(text)) - entity.start
                busy[entity.start : entity.start + length] = [True] * length
            found = [*find_phrases(text, segment(text), own, busy), *found]
        return join(text, without_overlap(sorted(found, key=lambda e: e.start - e.end)))
