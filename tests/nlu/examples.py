"""The training examples as they stand in the files."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import yaml

ROOT = Path(__file__).parents[2]


class Example(NamedTuple):
    text: str
    label: str
    file: str

    @property
    def intent(self) -> str:
        return self.label.split("/")[0]

    @property
    def leaf(self) -> str:
        return self.label.partition("/")[2]


def examples() -> list[Example]:
    found = []
    for file in sorted((ROOT / "nlu" / "data" / "nlu").glob("*.yml")):
        for block in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
            lines = [line for line in block["examples"].splitlines() if line.strip()]
            texts = [line.removeprefix("- ").strip() for line in lines]
            found += [Example(text, block["intent"], file.name) for text in texts]
    return found
