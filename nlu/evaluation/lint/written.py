"""The training examples as they stand in the files, each with the place it stands at."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Dict, Iterator, List, NamedTuple, Sequence

import yaml

from nlu.components.language import detect_language
from nlu.components.ngrams import without_numbers
from nlu.components.text_normalizer import normalise
from nlu.fingerprint import NLU

EXAMPLES = NLU / "data" / "nlu"
SEVERAL = NLU / "data" / "several"
EVALUATION = NLU / "evaluation"
#: The three ways of writing a class needs.
_WRITING = {"zh": "mandarin", "yue": "cantonese", "zh-Hant": "cantonese"}


class Written(NamedTuple):
    """`place` is file and line; `danger` is "now", "none", or nothing where it is not said."""

    text: str
    label: str
    place: str
    danger: str = ""

    @property
    def intent(self) -> str:
        return self.label.split("/")[0]

    @property
    def leaf(self) -> str:
        return self.label.partition("/")[2]


def read_examples(folder: Path = EXAMPLES) -> List[Written]:
    return [one for file in sorted(folder.glob("*.yml")) for one in _in_file(file)]


def _in_file(file: Path) -> Iterator[Written]:
    document = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    for block in _fields(document)["nlu"].value:
        fields = _fields(block)
        listed = fields["examples"]
        danger = _fields(fields["metadata"])["danger"].value if "metadata" in fields else ""
        for number, line in enumerate(listed.value.splitlines(), listed.start_mark.line + 2):
            if line.strip():
                text = line.strip().removeprefix("- ").strip()
                yield Written(text, fields["intent"].value, f"{file.name}:{number}", danger)


def _fields(node: yaml.MappingNode) -> Dict[str, yaml.Node]:
    return {key.value: value for key, value in node.value}


def read_several(folder: Path = SEVERAL) -> List[Written]:
    """The messages that teach where to cut, without their bars; their labels are their leaves."""
    return [
        Written(text.replace("|", ""), leaves, f"{file.name}:{number}")
        for file in sorted(folder.glob("*.tsv"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if line.strip() and not line.startswith("#")
        for leaves, text in [line.split("\t")]
    ]


def read_measured(folder: str) -> List[Written]:
    """The messages of `dev` or `holdout`, pairs too; their label is the folder."""
    return [
        Written(row[key], folder, f"{file.name}:{number}")
        for file in sorted((EVALUATION / folder).glob("*.jsonl"))
        for number, row in enumerate(map(json.loads, file.read_text("utf-8").splitlines()), 1)
        for key in ("text", "a", "b")
        if key in row
    ]


@cache
def writing(text: str) -> str:
    return _WRITING.get(detect_language(text), "english")


@cache
def letters(text: str) -> str:
    """What is compared: one spelling, no punctuation, and any number is the same number."""
    plain = without_numbers(normalise(text).text)
    return "".join(character for character in plain if character.isalnum())


@cache
def typed(text: str) -> str:
    """The letters as they were typed, so that a traditional twin is another text."""
    plain = without_numbers(text)
    return "".join(character for character in plain if character.isalnum()) or text


def size(text: str) -> float:
    """In Chinese characters; three Latin letters say about as much as one."""
    return sum(1 if character > "\u2e7f" else 1 / 3 for character in letters(text))


def all_letters(examples: Sequence[Written]) -> List[str]:
    return [letters(example.text) for example in examples]
