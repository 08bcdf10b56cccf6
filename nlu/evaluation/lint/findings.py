"""What is wrong with the training data: copies, contradictions, leaks, thin classes."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any, Dict, Iterator, List, NamedTuple, Optional, Sequence, Tuple

import yaml

from nlu.evaluation.lint.nearness import grams, pairs
from nlu.evaluation.lint.variety import Class
from nlu.evaluation.lint.written import (
    Written,
    all_letters,
    read_measured,
    read_several,
    size,
    typed,
    writing,
)

Limits = Dict[str, Any]
LIMITS = Path(__file__).with_name("limits.yml")
COPY, CONTRADICTION, LEAK, THIN, ALIKE = "copy", "contradiction", "leak", "thin", "too alike"
KINDS = (COPY, CONTRADICTION, LEAK, THIN, ALIKE)


class Finding(NamedTuple):
    kind: str
    what: str


def read_limits() -> Limits:
    limits: Limits = yaml.safe_load(LIMITS.read_text(encoding="utf-8"))
    return limits


def everything(examples: Sequence[Written], counted: Sequence[Class]) -> List[Finding]:
    """`counted` are the classes of these examples."""
    limits = read_limits()
    measured = [row for folder in ("dev", "holdout") for row in read_measured(folder)]
    return [
        *thin(counted, limits),
        *copies(examples, limits),
        *leaks([*examples, *read_several()], measured, limits),
    ]


def copies(examples: Sequence[Written], limits: Limits) -> Iterator[Finding]:
    """The same twice: under one label for nothing, under two they contradict each other.

    A twin in another way of writing is none: it is how a class gets its Cantonese.
    """
    said = all_letters(examples)
    yield from _same(examples, said)
    least = min(limits["copy"], limits["contradiction"]["alike"])
    for one, other, likeness in pairs(grams(said), least):
        if said[one] != said[other]:
            first, second = examples[one], examples[other]
            kind = _fault(first, second, likeness, limits)
            if kind:
                yield Finding(kind, f"{_shown(first)} | {_shown(second)} ({likeness:.2f})")


def _fault(first: Written, second: Written, likeness: float, limits: Limits) -> Optional[str]:
    """What is wrong with two that are so alike; a note of danger may be what sets them apart."""
    if first.label == second.label:
        same_way = writing(first.text) == writing(second.text) and first.danger == second.danger
        return COPY if same_way and likeness >= limits["copy"] else None
    contradiction = limits["contradiction"]
    length = min(size(first.text), size(second.text))
    is_long = length > contradiction["longest_exempt"]
    return CONTRADICTION if is_long and likeness >= contradiction["alike"] else None


def _same(examples: Sequence[Written], said: Sequence[str]) -> Iterator[Finding]:
    """Typed alike under one label, or read alike under two, or as danger and as none.

    "??" and "!!!", which have no letters, go by the text.
    """
    as_typed: Dict[Tuple[str, str], List[Written]] = defaultdict(list)
    as_read: Dict[str, List[Written]] = defaultdict(list)
    for example, text in zip(examples, said, strict=True):
        as_typed[example.label, typed(example.text)].append(example)
        as_read[text or example.text].append(example)
    for group in as_typed.values():
        if len(group) > 1:
            yield Finding(COPY, " | ".join(map(_shown, group)))
    for group in as_read.values():
        dangers = {example.danger for example in group if example.danger}
        if len({example.label for example in group}) > 1 or len(dangers) > 1:
            yield Finding(CONTRADICTION, " | ".join(map(_shown, group)))


def leaks(
    examples: Sequence[Written], measured: Sequence[Written], limits: Limits
) -> Iterator[Finding]:
    """Where examples stand that a measured row is like; no text, for nobody reads frozen rows."""
    leak = limits["leak"]
    long_enough = [
        example for example in (*examples, *measured) if size(example.text) > leak["longest_exempt"]
    ]
    taught = {example.place for example in examples}
    for one, other, likeness in pairs(grams(all_letters(long_enough)), leak["alike"]):
        first, second = long_enough[one], long_enough[other]
        if (first.place in taught) != (second.place in taught):
            example, row = (first, second) if first.place in taught else (second, first)
            yield Finding(LEAK, f"{example.place} is like {row.label}/{row.place} ({likeness:.2f})")


def thin(classes: Sequence[Class], limits: Limits) -> Iterator[Finding]:
    """Classes with too few examples, or with examples that are too alike."""
    for each in classes:
        for name, least in limits[each.kind].items():
            if getattr(each, name) < least:
                yield Finding(THIN, f"{each.name}: {getattr(each, name)} {name}, {least} needed")
        if each.nearest < limits["nearest"]:
            yield Finding(ALIKE, f"{each.name}: {each.nearest:.2f}, {limits['nearest']} needed")


def _shown(example: Written) -> str:
    return f"{example.place} {example.label} {example.text}"
