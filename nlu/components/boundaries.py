"""Where in a message the next matter may begin, judged by the words on both sides."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Dict, List, Sequence, Tuple

from nlu.components.word_lists import LOOKUPS

WEIGHTS_FILE = LOOKUPS / "boundaries.json"

_WORD = re.compile(r"[a-z][a-z'’]*|\d+|[^\s]", re.IGNORECASE)
_NO_WORD = frozenset(",、。;.!?:，；！？~…-()\"'")
_SAME_MARK = {"。": ".", "，": ",", "！": "!", "？": "?"}
_FIRST, _LAST = "^", "$"
_BEFORE, _AFTER, _NEAR = 3, 4, 6
_FIRST_HAN = "\u3000"


@dataclass(frozen=True)
class Boundary:
    """One matter ends at `end`, the next begins at `start`; `grams` say what stands around."""

    end: int
    start: int
    grams: Tuple[str, ...]


@dataclass(frozen=True)
class Weights:
    """What `nlu.evaluation.fit_splitter` learned from marked messages."""

    grams: Dict[str, float]
    evidence: Dict[str, float]
    bias: float
    parts: Dict[str, float]
    parts_bias: float
    look: Dict[str, float]
    look_bias: float
    #: Below it the parts of a cut are not worth classifying.
    look_least: float


@lru_cache(maxsize=1)
def learned() -> Weights:
    return Weights(**json.loads(WEIGHTS_FILE.read_text(encoding="utf-8")))


def boundaries(text: str) -> List[Boundary]:
    """Before every word but the first; a Chinese character counts as a word."""
    found = [match for match in _WORD.finditer(text) if match[0] not in _NO_WORD]
    words = ["0" if match[0].isdigit() else match[0].lower() for match in found]
    return [
        Boundary(
            found[i - 1].end(),
            found[i].start(),
            _grams(words, i, text[found[i - 1].end() : found[i].start()]),
        )
        for i in range(1, len(found))
    ]


def _grams(words: Sequence[str], i: int, between: str) -> Tuple[str, ...]:
    before = list(words[max(0, i - _BEFORE) : i])
    after = list(words[i : i + _AFTER])
    if len(before) < _BEFORE:
        before.insert(0, _FIRST)
    if len(after) < _AFTER:
        after.append(_LAST)
    mark = between.strip()[:1] or ("_" if between else "")
    mark = _SAME_MARK.get(mark, mark)
    script = "h" if words[i] > _FIRST_HAN else "e"
    grams = [f"L{k}|{' '.join(before[-k:])}" for k in range(1, _BEFORE + 1)]
    grams += [f"R{k}|{' '.join(after[:k])}" for k in range(1, _AFTER + 1)]
    grams += [f"X|{before[-1]} {after[0]}", f"P|{script}{mark}", f"PR|{mark}|{after[0]}"]
    grams += [f"r|{word}" for word in words[i + 1 : i + _NEAR]]
    grams += [f"l|{word}" for word in words[max(0, i - _NEAR) : i - 1]]
    return tuple(dict.fromkeys(grams))
