"""The leaf categories as the model needs them: code, urgency and names."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Dict, List, Tuple

LEAVES_FILE = Path(__file__).parents[1] / "data" / "lookups" / "leaves.csv"
#: The leaf of a message that says nothing of its kind.
UNCLASSIFIED = "OTH99"
#: Leaves that only one intent can have.
LEAF_OF_INTENT = {"praise": "OTH02", "complain_staff": "OTH03", "faq": "OTH01"}
#: These intents open a ticket.
TICKET_INTENTS = frozenset({"report", "request", "suggest", "praise", "complain_staff"})

_SHORTEST_NAME = 3
_NAME_SEPARATOR = re.compile(r"[/,、()]|\bor\b|\band\b|:")


@dataclass(frozen=True)
class Leaf:
    """One row of the taxonomy."""

    code: str
    urgency: str
    zh: str
    en: str

    @property
    def is_emergency(self) -> bool:
        return self.urgency == "E"


@lru_cache(maxsize=1)
def leaves() -> Dict[str, Leaf]:
    with LEAVES_FILE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: Leaf(**row) for row in csv.DictReader(file)}


def named_examples() -> List[Tuple[str, str]]:
    """(name, code): what a category is called is an example of it."""
    examples = []
    for leaf in leaves().values():
        if leaf.code == UNCLASSIFIED:
            continue
        names = {leaf.zh, leaf.en, *_NAME_SEPARATOR.split(leaf.zh)}
        examples += [
            (name.strip(), leaf.code)
            for name in sorted(names)
            if len(name.strip()) >= _SHORTEST_NAME
        ]
    return examples
