"""The one typed result of a message, under the key the action server reads."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES as RASA_ENTITIES
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.components.alignment import AlignedText
from nlu.components.entity_extractor import ENTITIES
from nlu.components.fusion import Ranking
from nlu.components.intent_and_leaf import EMERGENCY, LEAVES, MATTERS, MODEL, TOLD, VECTOR
from nlu.components.knowledge import KNOWLEDGE
from nlu.components.language import LANGUAGE
from nlu.components.splitter import Matter
from nlu.components.text_normalizer import NORMALISED

UNDERSTOOD = "understood"
_LEAVES_SHOWN = 8
_INTENTS_SHOWN = 5


def _rounded(ranking: Ranking, shown: int) -> List[List[Any]]:
    return [[name, round(confidence, 4)] for name, confidence in ranking[:shown]]


def _matter(original: str, aligned: AlignedText, matter: Matter) -> Dict[str, Any]:
    start, end = aligned.original_span(matter.start, matter.end)
    return {
        "text": original[start:end],
        "start": start,
        "end": end,
        "leaves": _rounded(matter.leaves, _LEAVES_SHOWN),
    }


def describe(message: Message) -> Dict[str, Any]:
    """The result of D13, ready for JSON."""
    original, aligned = message.get(TEXT) or "", message.get(NORMALISED)
    intents = [(row["name"], row["confidence"]) for row in message.get(INTENT_RANKING_KEY)]
    intent = message.get(INTENT)
    return {
        "text": original,
        "normalised": aligned.text,
        "language": message.get(LANGUAGE),
        "intent": {"name": intent["name"], "confidence": round(intent["confidence"], 4)},
        "intent_ranking": _rounded(intents, _INTENTS_SHOWN),
        "leaves": _rounded(message.get(LEAVES), _LEAVES_SHOWN),
        "matters": [_matter(original, aligned, matter) for matter in message.get(MATTERS)],
        "entities": message.get(ENTITIES),
        "told": round(message.get(TOLD), 4),
        "emergency": {"score": round(message.get(EMERGENCY), 4)},
        "vector": message.get(VECTOR),
        "knowledge": message.get(KNOWLEDGE) or [],
        "model": message.get(MODEL),
    }


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class Understanding(GraphComponent):
    """Last in the pipeline: gathers what the others noted."""

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "Understanding":
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            message.set(UNDERSTOOD, describe(message), add_to_output=True)
            message.set(RASA_ENTITIES, [], add_to_output=True)
            # Rasa would keep the whole ranking in its tracker; the contract has the head of it.
            message.set(INTENT_RANKING_KEY, message.get(INTENT_RANKING_KEY)[:3], add_to_output=True)
        return messages
