"""Training examples on the disk: what is there already, and the file of the accepted ones."""

import json
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

from actions.application.reviewing import Example
from actions.domain.learning import Known, folded

#: The one file of this house's own examples, in a folder that training is told.
EXPORTED = "corrections.yml"
_PRIVATE = 0o600
_ITEM = "- "


class ExampleFiles:
    """`nlu` is the folder of the understanding, `folder` the one training is told of."""

    def __init__(self, nlu: Path, folder: Path) -> None:
        self._nlu = nlu
        self._folder = folder

    def known(self) -> Known:
        """What is there already; nothing where the understanding is installed elsewhere."""
        labels: dict[str, str] = {}
        for file in sorted((self._nlu / "data" / "nlu").glob("*.yml")):
            for block in yaml.safe_load(file.read_text("utf-8"))["nlu"]:
                for text in _texts(block["examples"]):
                    labels.setdefault(folded(text), block["intent"])
        measured = frozenset(_measured(self._nlu / "evaluation"))
        return Known(labels=labels, measured=measured)

    def write(self, examples: Iterable[Example]) -> Path | None:
        """The file, written whole; where there are no examples there is none."""
        content = as_yaml(examples)
        if not content:
            self.remove()
            return None
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        written = self._folder / f".{EXPORTED}.{os.getpid()}"
        written.touch(_PRIVATE)
        written.write_text(content, encoding="utf-8")
        return written.replace(self._folder / EXPORTED)

    def as_yaml(self, examples: Iterable[Example]) -> str:
        """What would be written."""
        return as_yaml(examples)

    def remove(self) -> None:
        """They have been learned from, or are out of date; the database has them."""
        (self._folder / EXPORTED).unlink(missing_ok=True)


def as_yaml(examples: Iterable[Example]) -> str:
    """In Rasa's format; empty where there are none."""
    told: dict[tuple[str, str], list[str]] = defaultdict(list)
    for example in examples:
        told[example.label, example.danger].append(example.words)
    return "".join(_lines(told)) if told else ""


def _texts(block: str) -> Iterator[str]:
    for line in block.splitlines():
        if line.strip():
            yield line.strip().removeprefix(_ITEM)


def _measured(folder: Path) -> Iterator[str]:
    for file in folder.rglob("*.jsonl"):
        for line in file.read_text("utf-8").splitlines():
            if line.strip():
                yield folded(str(json.loads(line).get("text") or ""))


def _lines(told: dict[tuple[str, str], list[str]]) -> Iterator[str]:
    yield 'version: "3.1"\n\nnlu:\n'
    for label, danger in sorted(told):
        yield f"- intent: {label}\n"
        if danger:
            yield f"  metadata:\n    danger: {danger}\n"
        yield "  examples: |\n"
        for words in sorted(told[label, danger]):
            yield f"    {_ITEM}{words}\n"
