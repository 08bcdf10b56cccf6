"""Small word lists kept as data: a kind, a tab, words with commas between them."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Dict, FrozenSet, List

LOOKUPS = Path(__file__).parents[1] / "data" / "lookups"


@lru_cache(maxsize=8)
def word_lists(name: str) -> Dict[str, FrozenSet[str]]:
    """The words of each kind in one file; a kind may have several lines."""
    found: Dict[str, List[str]] = {}
    for line in (LOOKUPS / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        kind, words = line.split("\t")
        found.setdefault(kind, []).extend(word.strip() for word in words.split(","))
    return {kind: frozenset(filter(None, words)) for kind, words in found.items()}


def any_of(*groups: FrozenSet[str]) -> str:
    """A pattern for any word of the groups, the longest first."""
    words = sorted(frozenset().union(*groups), key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words) + ")"


def either(*patterns: str) -> str:
    """A pattern for whichever comes first."""
    return "(?:" + "|".join(patterns) + ")"
