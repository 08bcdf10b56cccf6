"""The training examples as the classifiers read them."""

from __future__ import annotations

from typing import List, NamedTuple, Optional

from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.leaves import LEAF_OF_INTENT, leaves
from nlu.components.place_patterns import without_addresses
from nlu.components.text_normalizer import normalise

#: Leaves that hold dangers and much else: their examples say by themselves which they are.
_EITHER = frozenset({"SAF05", "SAF07"})


class Example(NamedTuple):
    """`text` is normalised and without numbered places; "" stands for no leaf and no mark."""

    text: str
    intent: str
    leaf: str
    mark: str

    @property
    def is_danger(self) -> Optional[bool]:
        """Whether somebody may be in danger now; nothing where the example does not say."""
        if self.mark:
            return self.mark == "now"
        if self.leaf in _EITHER:
            return None
        return bool(self.leaf) and leaves()[self.leaf].is_emergency


def examples(training_data: TrainingData) -> List[Example]:
    """Each once, in an order that does not depend on files."""
    return sorted({_example(message) for message in training_data.intent_examples})


def _example(message: Message) -> Example:
    intent, key = message.get(INTENT), message.get(INTENT_RESPONSE_KEY)
    leaf = key.split("/", 1)[1] if key else LEAF_OF_INTENT.get(intent)
    of_intent = (message.get("metadata") or {}).get("intent") or {}
    text = without_addresses(normalise(message.get(TEXT)).text)
    return Example(text, intent, leaf or "", of_intent.get("danger", ""))
