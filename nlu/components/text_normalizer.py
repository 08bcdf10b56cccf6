"""Brings a message to one spelling: half-width, simplified, Mandarin words, no ornaments."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, List

from opencc import OpenCC
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.components.alignment import AlignedText
from nlu.components.language import URL, is_cantonese

NORMALISED = "linli_normalised"
LEXICON_FILE = Path(__file__).parents[1] / "data" / "lookups" / "cantonese.tsv"

_PLATFORM_EMOJI = re.compile(r"\[[\u4e00-\u9fffA-Za-z]{1,4}\]")
_REPEATED = re.compile(r"([!?。.,~…])\1+|([哈呵啊呀嘿])\2{2,}")
_SPACES = re.compile(r"\s+")
_UNSEEN = ("Cf", "Cc", "So", "Sk", "Cs", "Co", "Cn")


@lru_cache(maxsize=8192)
def _plain_character(character: str) -> str:
    """Full width becomes half width; what cannot be seen, and pictures, vanish."""
    if character in "\n\t\r":
        return " "
    if unicodedata.category(character) in _UNSEEN or "\ufe00" <= character <= "\ufe0f":
        return ""
    return unicodedata.normalize("NFKC", character)


@lru_cache(maxsize=1)
def _simplifier() -> OpenCC:
    return OpenCC("t2s")


def _simplify(aligned: AlignedText) -> AlignedText:
    simplified = _simplifier().convert(aligned.text)
    if len(simplified) == len(aligned.text):
        return aligned.replace_same_length(simplified)
    return aligned.map_characters(_simplifier().convert)


@lru_cache(maxsize=1)
def cantonese_lexicon() -> Dict[str, str]:
    """Cantonese word → Mandarin word, keys in the characters OpenCC produces."""
    lexicon: Dict[str, str] = {}
    for line in LEXICON_FILE.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        word, mandarin = line.split("\t")
        # OpenCC rewrites some Cantonese characters too, so the keys take the same road.
        lexicon[_simplifier().convert(word)] = mandarin
    return lexicon


@lru_cache(maxsize=1)
def _cantonese_words() -> re.Pattern[str]:
    words = sorted(cantonese_lexicon(), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, words)))


def normalise(text: str) -> AlignedText:
    """The one spelling every later component reads."""
    aligned = AlignedText.of(text).sub(URL, lambda _: " ")
    aligned = aligned.map_characters(_plain_character)
    aligned = aligned.sub(_PLATFORM_EMOJI, lambda _: "").sub(_REPEATED, lambda match: match[0])
    aligned = _simplify(aligned)
    if is_cantonese(text):
        aligned = aligned.sub(_cantonese_words(), lambda word: cantonese_lexicon()[word])
    return aligned.sub(_SPACES, lambda _: " ")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class TextNormalizer(GraphComponent):
    """Sets the normalised text beside the original, which stays as it was."""

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "TextNormalizer":
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            message.set(NORMALISED, normalise(message.get(TEXT) or ""))
        return messages
