"""What the resident wants and what it is about: intent, leaf categories, matters and alarm."""

from __future__ import annotations

import hashlib
import json
import logging
from typing import Any, Dict, List, Optional, Sequence, Tuple

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components import encoder
from nlu.components.fusion import FusedClassifier, Ranking
from nlu.components.gate import TicketGate
from nlu.components.leaves import LEAF_OF_INTENT, TICKET_INTENTS, leaves, named_examples
from nlu.components.place_patterns import without_addresses
from nlu.components.splitter import Matter, find_matters
from nlu.components.text_normalizer import NORMALISED, normalise
from nlu.fingerprint import code_version

VECTOR, LEAVES, MATTERS = "linli_vector", "linli_leaves", "linli_matters"
EMERGENCY, MODEL = "linli_emergency", "linli_model"

#: From this probability on a message is treated as a matter and not as talk. Higher than even: a
#: card for small talk annoys, and a matter taken for talk is told again. On the open rows 0.7 costs
#: 1 in 100 reports and halves the false cards of Cantonese.
_FILES_FROM = 0.7
_ALARM, _CALM = "alarm", "calm"

logger = logging.getLogger(__name__)


def told(ranking: Ranking) -> float:
    """The probability that anything is reported: all kinds of ticket together."""
    return sum(confidence for name, confidence in ranking if name in TICKET_INTENTS)


def rescale(ranking: Ranking, tickets: float) -> Ranking:
    """The same order within tickets and within talk, with `tickets` for all of the former."""
    before = min(max(told(ranking), 1e-9), 1 - 1e-9)
    factors = {True: tickets / before, False: (1 - tickets) / (1 - before)}
    scaled = [(name, p * factors[name in TICKET_INTENTS]) for name, p in ranking]
    return sorted(scaled, key=lambda row: -row[1])


def choose_intent(ranking: Ranking) -> Tuple[str, float]:
    """The kinds of ticket stand together against talk, so that their doubts do not cost one."""
    tickets = told(ranking)
    for name, confidence in ranking:
        if (name in TICKET_INTENTS) == (tickets >= _FILES_FROM):
            return name, tickets if name in TICKET_INTENTS else confidence
    return ranking[0]


def emergency_score(intents: Ranking, matters: Sequence[Matter], alarm: float) -> float:
    """How much of it is urgent, if anything is told at all or the words themselves alarm.

    The second is there because cries for help are often short and look like talk.
    """
    urgent = {code for code, leaf in leaves().items() if leaf.is_emergency}
    worst = max(sum(p for code, p in matter.leaves if code in urgent) for matter in matters)
    return float(min(1.0, worst * max(told(intents), alarm)))


def _examples(training_data: TrainingData) -> List[Tuple[str, str, Optional[str]]]:
    """(text without places, intent, leaf or nothing), in an order that does not depend on files."""
    found = set()
    for message in training_data.intent_examples:
        intent, key = message.get(INTENT), message.get(INTENT_RESPONSE_KEY)
        leaf = key.split("/", 1)[1] if key else LEAF_OF_INTENT.get(intent)
        found.add((without_addresses(normalise(message.get(TEXT)).text), intent, leaf))
    return sorted(found, key=lambda example: tuple(part or "" for part in example))


def _fit_gate(intents: FusedClassifier, vectors: np.ndarray, labels: Sequence[str]) -> TicketGate:
    tickets = [name in TICKET_INTENTS for name in intents.classes]
    is_ticket = np.array([label in TICKET_INTENTS for label in labels])
    return TicketGate.fit(
        vectors, is_ticket, intents.held_out[:, tickets].sum(axis=1), intents.groups
    )


def _is_urgent(leaf: Optional[str]) -> bool:
    return leaf is not None and leaves()[leaf].is_emergency


def _fitted(classifier: Optional[FusedClassifier]) -> FusedClassifier:
    if classifier is None:
        raise RuntimeError("the classifier was neither trained nor loaded")
    return classifier


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentAndLeafClassifier(GraphComponent):
    """Two fused classifiers over one sentence vector."""

    def __init__(self, storage: ModelStorage, resource: Resource) -> None:
        self._storage = storage
        self._resource = resource
        self._intents: Optional[FusedClassifier] = None
        self._leaves: Optional[FusedClassifier] = None
        self._alarm: Optional[FusedClassifier] = None
        self._gate: Optional[TicketGate] = None
        self._model: Dict[str, str] = {}

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "IntentAndLeafClassifier":
        return cls(model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        examples = _examples(training_data)
        digest = hashlib.sha256(json.dumps(examples, ensure_ascii=False).encode())
        self._model = {"version": code_version(), "data": digest.hexdigest()}
        texts = [text for text, _, _ in examples]
        vectors = encoder.encode(texts)
        logger.info("fitting intents on %d examples", len(examples))
        self._intents = FusedClassifier.fit(texts, vectors, [intent for _, intent, _ in examples])
        if vectors is not None:
            self._gate = _fit_gate(self._intents, vectors, [intent for _, intent, _ in examples])
        logger.info("fitting the alarm")
        self._alarm = FusedClassifier.fit(
            texts, vectors, [_ALARM if _is_urgent(leaf) else _CALM for _, _, leaf in examples]
        )
        about = [(text, leaf) for text, _, leaf in examples if leaf]
        about += [(normalise(name).text, code) for name, code in named_examples()]
        texts = [text for text, _ in about]
        logger.info("fitting leaf categories on %d examples", len(about))
        self._leaves = FusedClassifier.fit(
            texts, encoder.encode(texts), [leaf for _, leaf in about]
        )
        self._persist()
        return self._resource

    def _persist(self) -> None:
        with self._storage.write_to(self._resource) as folder:
            _fitted(self._intents).save(folder / "intents")
            _fitted(self._leaves).save(folder / "leaves")
            _fitted(self._alarm).save(folder / "alarm")
            if self._gate is not None:
                self._gate.save(folder / "gate.npz")
            (folder / "model.json").write_text(json.dumps(self._model), encoding="utf-8")

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "IntentAndLeafClassifier":
        component = cls(model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._intents = FusedClassifier.load(folder / "intents")
            component._leaves = FusedClassifier.load(folder / "leaves")
            component._alarm = FusedClassifier.load(folder / "alarm")
            component._gate = TicketGate.load(folder / "gate.npz")
            component._model = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        encoder.encode(["。"])  # the first resident shall not wait for the weights
        return component

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            self._understand(message)
        return messages

    def _understand(self, message: Message) -> None:
        text = message.get(NORMALISED).text
        words = without_addresses(text)
        vectors = encoder.encode([words])
        intents = _fitted(self._intents).rankings([words], vectors)[0]
        ranking = _fitted(self._leaves).rankings([words], vectors)[0]
        if self._gate is not None and vectors is not None:
            intents = rescale(intents, self._gate.probability(vectors[0], told(intents)))
        name, confidence = choose_intent(intents)
        matters = [Matter(0, len(text), ranking)]
        if name in TICKET_INTENTS:
            matters = find_matters(text, ranking, self._classify)
        message.set(INTENT, {"name": name, "confidence": confidence}, add_to_output=True)
        message.set(
            INTENT_RANKING_KEY,
            [{"name": intent, "confidence": p} for intent, p in intents],
            add_to_output=True,
        )
        message.set(LEAVES, ranking)
        message.set(MATTERS, matters if text else [])
        alarm = dict(_fitted(self._alarm).rankings([words], vectors)[0])[_ALARM]
        message.set(EMERGENCY, emergency_score(intents, matters, alarm))
        message.set(VECTOR, [] if vectors is None else [round(float(x), 5) for x in vectors[0]])
        message.set(MODEL, self._model)

    def _classify(self, texts: Sequence[str]) -> List[Ranking]:
        words = [without_addresses(text) for text in texts]
        return _fitted(self._leaves).rankings(words, encoder.encode(words))
