"""The knowledge base, read when the model loads: a changed entry needs no training."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any, Dict, Iterator, List, Tuple

import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.training_data.message import Message

from nlu.components import encoder
from nlu.components.entity_extractor import DEFAULT_COMMUNITY
from nlu.components.intent_and_leaf import VECTOR
from nlu.components.knowledge_index import Hits, KnowledgeIndex
from nlu.components.place_patterns import without_addresses
from nlu.components.text_normalizer import NORMALISED, normalise

KNOWLEDGE = "linli_knowledge"
Asked = List[Tuple[str, str]]

logger = logging.getLogger(__name__)


def knowledge_folder() -> Path:
    """Named by the environment, else the one beside the community's own file."""
    named = os.environ.get("LINLI_KNOWLEDGE")
    if named:
        return Path(named)
    return Path(os.environ.get("LINLI_COMMUNITY") or DEFAULT_COMMUNITY).parent / "knowledge"


def read_questions(folder: Path) -> Asked:
    """(entry, question) of every file; `python -m bot check-config` says what is wrong in them."""
    return [
        (str(entry["id"]), said_plainly(text))
        for file in sorted(folder.glob("*.yml"))
        for entry in _entries(file)
        for text in _questions(entry)
    ]


def said_plainly(text: str) -> str:
    """As the classifier reads a message: in the one spelling, without where it is."""
    return without_addresses(normalise(text).text)


def _entries(file: Path) -> Iterator[Dict[str, Any]]:
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        logger.warning("%s cannot be read; its answers are not found", file.name)
        return
    listed = content.get("entries") if isinstance(content, dict) else None
    for entry in listed if isinstance(listed, list) else []:
        if isinstance(entry, dict) and entry.get("id"):
            yield entry


def _questions(entry: Dict[str, Any]) -> Iterator[str]:
    """The title is asked too: people press and type it."""
    for key in ("title", "questions"):
        named = entry.get(key)
        for said in named.values() if isinstance(named, dict) else ():
            for text in said if isinstance(said, list) else [said]:
                if str(text).strip():
                    yield str(text)


def build_index(folder: Path) -> KnowledgeIndex:
    asked = read_questions(folder)
    if not asked:
        logger.info("no knowledge base; questions go to people")
    return KnowledgeIndex(asked, encoder.encode([text for _, text in asked]) if asked else None)


def as_hits(hits: Hits) -> List[Dict[str, Any]]:
    """What the contract calls `knowledge`."""
    return [{"id": entry, "score": round(score, 4)} for entry, score in hits]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class KnowledgeRetriever(GraphComponent):
    """After the classifier, whose sentence vector it uses."""

    def __init__(self, index: KnowledgeIndex) -> None:
        self._index = index

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "KnowledgeRetriever":
        return cls(build_index(knowledge_folder()))

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            words = without_addresses(message.get(NORMALISED).text)
            message.set(KNOWLEDGE, as_hits(self._index.find(words, message.get(VECTOR))))
        return messages
