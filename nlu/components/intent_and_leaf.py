"""What the resident wants and what it is about: intent, leaf categories, matters and danger."""

from __future__ import annotations

import hashlib
import json
import logging
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Dict, List, NamedTuple, Optional, Sequence, Tuple, TypeVar

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components import encoder
from nlu.components.alarm import Alarm, urgent_share
from nlu.components.clause_evidence import ClauseEvidence
from nlu.components.examples import Example, examples
from nlu.components.fusion import FusedClassifier, Ranking
from nlu.components.gate import TicketGate
from nlu.components.leaves import TICKET_INTENTS, named_examples
from nlu.components.ngrams import CharacterGrams
from nlu.components.place_patterns import without_addresses
from nlu.components.splitter import Matter, Reading, find_matters, first_look
from nlu.components.text_normalizer import NORMALISED, normalise
from nlu.fingerprint import code_version

VECTOR, LEAVES, MATTERS = "linli_vector", "linli_leaves", "linli_matters"
EMERGENCY, TOLD, MODEL = "linli_emergency", "linli_told", "linli_model"

#: From this probability on a message goes the way of a matter and not of talk. Low, because that
#: way asks before anything is filed while it is not sure (`actions/domain/decision.py`).
_MAY_BE_TOLD = 0.4
#: Examples are near misses on purpose, and a held-out third of them is harder than what people
#: write: on the development set the calibration error falls from .077 to .047.
_SHARPNESS = 1.2
#: Of each number of the vector that goes on to the action server.
_DIGITS = 5

logger = logging.getLogger(__name__)

_Part = TypeVar("_Part")


class _Read(NamedTuple):
    """A text without its addresses, and what the classifiers say of it."""

    words: str
    vector: Optional[np.ndarray]
    leaves: Ranking
    intents: Ranking


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
        if (name in TICKET_INTENTS) == (tickets >= _MAY_BE_TOLD):
            return name, tickets if name in TICKET_INTENTS else confidence
    return ranking[0]


def _rounded(vector: np.ndarray) -> List[float]:
    rounded: List[float] = vector.astype(float).round(_DIGITS).tolist()
    return rounded


def _texts(examples: Sequence[Example]) -> List[str]:
    return [example.text for example in examples]


def _fit_gate(intents: FusedClassifier, vectors: np.ndarray, labels: Sequence[str]) -> TicketGate:
    tickets = [name in TICKET_INTENTS for name in intents.classes]
    is_ticket = np.array([label in TICKET_INTENTS for label in labels])
    return TicketGate.fit(
        vectors, is_ticket, intents.held_out[:, tickets].sum(axis=1), intents.groups
    )


def _fit_leaves(
    known: Sequence[Example], vectors: Optional[np.ndarray], grams: CharacterGrams
) -> FusedClassifier:
    """The names of the leaves are examples as well, after all others."""
    told = [i for i, example in enumerate(known) if example.leaf]
    named = [(normalise(name).text, code) for name, code in named_examples()]
    names = [name for name, _ in named]
    of_names = encoder.encode(names)
    if vectors is not None and of_names is not None:
        of_names = np.vstack([vectors[told], of_names])
    texts = [known[i].text for i in told] + names
    logger.info("fitting leaf categories on %d examples", len(texts))
    return FusedClassifier.fit(
        texts,
        of_names,
        [known[i].leaf for i in told] + [code for _, code in named],
        grams=grams,
        sharpness=_SHARPNESS,
    )


def _urgent_shares(
    classifier: FusedClassifier, known: Sequence[Example], vectors: Optional[np.ndarray]
) -> List[float]:
    """Of each example, by models that had not seen it."""
    rankings: List[Ranking] = classifier.rankings(_texts(known), vectors)
    with_leaf = [i for i, example in enumerate(known) if example.leaf]
    for row, i in enumerate(with_leaf):
        rankings[i] = list(zip(classifier.classes, classifier.held_out[row], strict=True))
    return [urgent_share(ranking) for ranking in rankings]


def _fitted(part: Optional[_Part]) -> _Part:
    if part is None:
        raise RuntimeError("the classifier was neither trained nor loaded")
    return part


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentAndLeafClassifier(GraphComponent):
    """Intent, leaf and danger over one sentence vector."""

    def __init__(self, storage: ModelStorage, resource: Resource) -> None:
        self._storage = storage
        self._resource = resource
        self._grams: Optional[CharacterGrams] = None
        self._intents: Optional[FusedClassifier] = None
        self._leaves: Optional[FusedClassifier] = None
        self._alarm: Optional[Alarm] = None
        self._gate: Optional[TicketGate] = None
        self._evidence: Optional[ClauseEvidence] = None
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
        known = examples(training_data)
        digest = hashlib.sha256(json.dumps(known, ensure_ascii=False).encode())
        self._model = {"version": code_version(), "data": digest.hexdigest()}
        vectors = encoder.encode(_texts(known))
        intents = [example.intent for example in known]
        self._grams = CharacterGrams.fit(_texts(known))
        logger.info("fitting intents on %d examples", len(known))
        with ThreadPoolExecutor(max_workers=2) as cores:  # numpy works outside the interpreter lock
            of_leaves = cores.submit(_fit_leaves, known, vectors, self._grams)
            self._intents = FusedClassifier.fit(_texts(known), vectors, intents, grams=self._grams)
            if vectors is not None:  # while the leaves, which take longer, are being fitted
                self._gate = _fit_gate(self._intents, vectors, intents)
            self._leaves = of_leaves.result()
        logger.info("fitting the alarm")
        tickets = [name in TICKET_INTENTS for name in self._intents.classes]
        self._alarm = Alarm.fit(
            known,
            vectors,
            urgent=_urgent_shares(self._leaves, known, vectors),
            told=self._intents.held_out[:, tickets].sum(axis=1),
            grams=self._grams,
        )
        self._persist()
        return self._resource

    def _persist(self) -> None:
        with self._storage.write_to(self._resource) as folder:
            _fitted(self._grams).save(folder / "grams")
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
            component._grams = grams = CharacterGrams.load(folder / "grams")
            component._intents = FusedClassifier.load(folder / "intents", grams)
            component._leaves = FusedClassifier.load(folder / "leaves", grams)
            component._alarm = Alarm.load(folder / "alarm", grams)
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
        evidence = self._clause_evidence()
        candidate = first_look(text, evidence)
        # All that is known to be asked for at once: the encoder takes little longer for more.
        read = self._read([text, *(candidate.sides(text) if candidate else ())])
        whole = read[text]
        intents = whole.intents
        if self._gate is not None and whole.vector is not None:
            intents = rescale(intents, self._gate.probability(whole.vector, told(intents)))
        name, confidence = choose_intent(intents)
        matters = [Matter(0, len(text), whole.leaves)]
        if name in TICKET_INTENTS:
            classify = partial(self._classify, read)
            matters = find_matters(text, whole.leaves, candidate, classify, evidence)
        message.set(INTENT, {"name": name, "confidence": confidence}, add_to_output=True)
        message.set(
            INTENT_RANKING_KEY,
            [{"name": intent, "confidence": p} for intent, p in intents],
            add_to_output=True,
        )
        message.set(LEAVES, whole.leaves)
        message.set(MATTERS, matters if text else [])
        urgent = max(urgent_share(matter.leaves) for matter in matters)
        message.set(EMERGENCY, self._danger(whole, urgent, told(intents)))
        message.set(TOLD, told(intents))
        message.set(VECTOR, [] if whole.vector is None else _rounded(whole.vector))
        message.set(MODEL, self._model)

    def _danger(self, whole: _Read, urgent: float, told: float) -> float:
        vectors = None if whole.vector is None else whole.vector[None, :]
        return _fitted(self._alarm).probability(whole.words, vectors, urgent, told)

    def _clause_evidence(self) -> ClauseEvidence:
        if self._evidence is None:
            self._evidence = ClauseEvidence(_fitted(self._leaves))
        return self._evidence

    def _read(self, texts: Sequence[str]) -> Dict[str, _Read]:
        words = [without_addresses(text) for text in texts]
        vectors = encoder.encode(words)
        rows = [None] * len(texts) if vectors is None else list(vectors)
        leaves = _fitted(self._leaves).rankings(words, vectors)
        intents = _fitted(self._intents).rankings(words, vectors)
        return dict(zip(texts, map(_Read, words, rows, leaves, intents), strict=True))

    def _classify(self, read: Dict[str, _Read], texts: Sequence[str]) -> List[Reading]:
        unread = [text for text in texts if text not in read]
        if unread:
            read.update(self._read(unread))
        return [Reading(read[text].leaves, told(read[text].intents)) for text in texts]
