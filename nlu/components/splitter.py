"""Several matters in one message: cut into clauses, keep a cut only where the parts differ."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Callable, List, Optional, Sequence, Tuple

Ranking = List[Tuple[str, float]]
Classify = Callable[[Sequence[str]], List[Ranking]]

_CONNECTIVE = (
    r"另外|还有|此外|其次|第[二三四]|再就是|再有|而且|并且|以及|顺便|同时|还想|和(?=楼|门|路|垃|停|电|消)"
    r"|\balso\b|\bplus\b|\band\b|\bbesides\b|\banother (?:thing|issue|problem)\b"
)
_CUT = re.compile(rf"[,、。;.!?，；！？\n]+(?!\d)|(?={_CONNECTIVE})", re.IGNORECASE)
_BEGINS_ANEW = re.compile(rf"^\s*(?:{_CONNECTIVE})", re.IGNORECASE)

#: How sure a clause must be of its own leaf, with and without a word that starts something new.
_SURE, _SURE_AFTER_CONNECTIVE = 0.75, 0.5
_SHORTEST = 4
_SEVERAL = 2
_LONGEST_MESSAGE = 600
#: A leaf the whole message does not suggest at all is a slip of a short clause.
_KNOWN_TO_WHOLE = 8


@dataclass(frozen=True)
class Matter:
    """A stretch of the normalised text and what it is about."""

    start: int
    end: int
    leaves: Ranking


def clauses(text: str) -> List[Tuple[int, int]]:
    """Spans between the cuts, without blanks at either end."""
    edges = [0]
    for match in _CUT.finditer(text):
        edges += [match.start(), match.end()]
    edges.append(len(text))
    spans = []
    for start, end in pairwise(edges):
        piece = text[start:end]
        stripped = piece.strip(" ,、。;.!?，；！？\n")
        if stripped:
            offset = start + piece.index(stripped)
            spans.append((offset, offset + len(stripped)))
    return spans


def _leaf_of_clause(text: str, ranking: Ranking, whole: Sequence[str]) -> Optional[str]:
    code, confidence = ranking[0]
    anew = bool(_BEGINS_ANEW.match(text))
    needed = _SURE_AFTER_CONNECTIVE if anew else _SURE
    if len(text) < _SHORTEST or confidence < needed or code not in whole:
        return None
    return code


def find_matters(text: str, ranking: Ranking, classify: Classify) -> List[Matter]:
    """At least one matter; more only when parts are sure of different leaves."""
    undivided = [Matter(0, len(text), ranking)]
    spans = clauses(text)
    if len(spans) < _SEVERAL or len(text) > _LONGEST_MESSAGE:
        return undivided
    whole = [code for code, _ in ranking[:_KNOWN_TO_WHOLE]]
    pieces = [text[start:end] for start, end in spans]
    rankings = dict(zip(spans, classify(pieces), strict=True))
    codes = [_leaf_of_clause(text[s:e], rankings[s, e], whole) for s, e in spans]
    if len({code for code in codes if code}) < _SEVERAL:
        return undivided
    stretches = _join(spans, codes)
    joined = [span for span in stretches if span not in rankings]
    if joined:
        pieces = [text[start:end] for start, end in joined]
        rankings.update(zip(joined, classify(pieces), strict=True))
    matters: List[Matter] = []
    for start, end in stretches:
        leaves = rankings[start, end]
        if leaves[0][0] not in [matter.leaves[0][0] for matter in matters]:
            matters.append(Matter(start, end, leaves))
    return matters if len(matters) >= _SEVERAL else undivided


def _join(
    spans: Sequence[Tuple[int, int]], codes: Sequence[Optional[str]]
) -> List[Tuple[int, int]]:
    """Unsure clauses belong to the matter before them, or to the first one."""
    stretches: List[Tuple[int, int, Optional[str]]] = []
    for (start, end), code in zip(spans, codes, strict=True):
        if stretches and (code is None or stretches[-1][2] in (None, code)):
            first, _, before = stretches[-1]
            stretches[-1] = (first, end, before or code)
        else:
            stretches.append((start, end, code))
    return [(start, end) for start, end, _ in stretches]
