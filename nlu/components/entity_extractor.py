"""Places, times and telephone numbers, with offsets into the text as it was typed."""

from __future__ import annotations

import os
import re
from datetime import datetime
from pathlib import Path
from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.components.alignment import AlignedText
from nlu.components.entity import Entity, without_overlap
from nlu.components.gazetteer import Gazetteer
from nlu.components.language import detect_language
from nlu.components.moments import find_moments
from nlu.components.phones import find_phones
from nlu.components.place_patterns import find_addresses
from nlu.components.places import PlaceFinder
from nlu.components.text_normalizer import NORMALISED, normalise

#: Metro and bus lines.
_LINE = re.compile(r"[\d一二三四五六七八九十]+号线|\d+路")
#: Who writes these tells since when by how long: 壞咗三日.
_TELL_HOW_LONG = frozenset({"yue", "zh-Hant"})
ENTITIES = "linli_entities"
DEFAULT_COMMUNITY = "config/community.yml"


def extract(original: str, aligned: AlignedText, places: PlaceFinder, now: datetime) -> List[dict]:
    """What the contract calls `entities`; read in the normalised text, reported in the original."""
    text = aligned.text
    if not text.strip():
        return []
    phones = find_phones(text)
    addresses = find_addresses(text)
    readable = _hidden(text, [*phones, *addresses])
    lasting = detect_language(original) in _TELL_HOW_LONG
    moments = find_moments(readable, now, with_lasting=lasting)
    found = [*phones, *moments, *places.find(text, [*phones, *moments])]
    described = []
    for entity in without_overlap(found):
        start, end = aligned.original_span(entity.start, entity.end)
        described.append(
            {
                "kind": entity.kind,
                "text": original[start:end],
                "start": start,
                "end": end,
                "value": entity.value,
            }
        )
    return described


def _now() -> datetime:
    """The clock on the wall, which is what "tonight" goes by."""
    return datetime.now().astimezone().replace(tzinfo=None)


def _hidden(text: str, found: List[Entity]) -> str:
    """The numbers of a building or telephone must not pass for hours and dates."""
    characters = list(_LINE.sub(lambda match: "_" * len(match.group()), text))
    for entity in found:
        characters[entity.start : entity.end] = "_" * (entity.end - entity.start)
    return "".join(characters)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class CommunityEntityExtractor(GraphComponent):
    """Reads the community's names once, when the model is loaded."""

    def __init__(self, community: Path) -> None:
        self._places = PlaceFinder(Gazetteer.read(community))
        # The first resident shall not wait for the models behind these.
        extract("今天3栋 at Block 3", normalise("今天3栋 at Block 3"), self._places, _now())

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "CommunityEntityExtractor":
        return cls(Path(os.environ.get("LINLI_COMMUNITY") or DEFAULT_COMMUNITY))

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            original = message.get(TEXT) or ""
            found = extract(original, message.get(NORMALISED), self._places, _now())
            message.set(ENTITIES, found)
        return messages
