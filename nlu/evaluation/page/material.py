"""The training examples as the classifiers read them, with the text and language they came from."""

from __future__ import annotations

from typing import Dict, List, NamedTuple, Optional, Sequence, Tuple

import numpy as np

from nlu.components import encoder
from nlu.components.language import detect_language
from nlu.components.leaves import LEAF_OF_INTENT, named_examples
from nlu.components.place_patterns import without_addresses
from nlu.components.text_normalizer import normalise
from nlu.evaluation.frozen import Row, as_leaf_row, is_matter
from nlu.evaluation.lint.written import Written
from nlu.evaluation.page.scoring import Judged


class Material(NamedTuple):
    """Rows of the same length; `vectors` is missing where no encoder is installed."""

    texts: List[str]
    words: List[str]
    vectors: Optional[np.ndarray]
    labels: List[str]

    def some(self, rows: Sequence[int]) -> "Material":
        return Material(
            [self.texts[row] for row in rows],
            [self.words[row] for row in rows],
            None if self.vectors is None else self.vectors[np.asarray(rows, dtype=int)],
            [self.labels[row] for row in rows],
        )


def as_read(texts: Sequence[str]) -> List[str]:
    return [without_addresses(normalise(text).text) for text in texts]


def material(labelled: Sequence[Tuple[str, str]]) -> Material:
    """Each pair of words and label once, in an order that does not depend on files."""
    texts = [text for text, _ in labelled]
    rows: Dict[Tuple[str, str], str] = {}
    for words, (text, label) in zip(as_read(texts), labelled, strict=True):
        rows.setdefault((words, label), text)
    ordered = sorted(rows)
    words = [words for words, _ in ordered]
    return Material(
        [rows[key] for key in ordered], words, encoder.encode(words), [name for _, name in ordered]
    )


def of_intents(examples: Sequence[Written]) -> Material:
    return material([(each.text, each.intent) for each in examples])


def of_leaves(examples: Sequence[Written]) -> Material:
    """The names of the categories are examples too."""
    leaves = [(each.text, each.leaf or LEAF_OF_INTENT.get(each.intent, "")) for each in examples]
    return material([*((text, leaf) for text, leaf in leaves if leaf), *named_examples()])


def held_out(read: Material, classes: Sequence[str], probabilities: np.ndarray) -> List[Judged]:
    """What models that had not seen an example said of it."""
    said = [classes[column] for column in probabilities.argmax(axis=1)]
    return [
        Judged(label, guess, detect_language(text), text)
        for label, guess, text in zip(read.labels, said, read.texts, strict=True)
    ]


class Probe(NamedTuple):
    """Messages nobody trained on, to try a classifier of leaves on alone."""

    rows: List[Row]
    words: List[str]
    vectors: Optional[np.ndarray]


def probe(expected: Sequence[Row]) -> Probe:
    matters = [row for row in expected if is_matter(row)]
    words = as_read([row["text"] for row in matters])
    rows = [as_leaf_row((row, {"ranking": []})) for row in matters]
    return Probe(rows, words, encoder.encode(words) if words else None)
