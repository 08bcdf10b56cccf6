"""`python -m nlu.evaluation.frozen EXPECTED.jsonl EVALUATED.jsonl`: figures on the frozen set.

The rows of the two files stand in the same order. EXPECTED is written by hand and never trained on;
EVALUATED is what `make evaluate` made of it. Only shares are printed, so that nobody tunes by rows.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional, Sequence, Set, Tuple

from nlu.evaluation.metrics import calibration_error, hits, macro_f1

Row = Dict[str, Any]
Pair = Tuple[Row, Row]
KINDS = ("location", "time", "phone")
#: So much of an expected place or time has to lie in one that was found.
_OVERLAP = 0.6


def lines(pairs: Sequence[Pair]) -> Iterator[str]:
    """The report, line by line."""
    matters = [as_leaf_row(pair) for pair in pairs if is_matter(pair[0])]
    if matters:
        yield f"leaves {_leaf_figures(matters)}"
        for language, rows in sorted(by_language(matters).items()):
            yield f"  {language}: {_leaf_figures(rows)}"
    intents = [pair for pair in pairs if "intent" in pair[0]]
    if intents:
        yield f"intent {_share(a['intent'] == b['intent'] for a, b in intents)}"
    yield from _entity_lines(pairs)
    several = [pair for pair in pairs if len(pair[0].get("leaves", ())) > 1]
    if several:
        yield f"several matters all found {_share(finds_all(pair) for pair in several)}"
    talk = [pair for pair in pairs if pair[0].get("files_ticket") is False]
    if talk:
        yield f"tickets from what is none {_share(b['files_ticket'] for _, b in talk)}"
    for name, wanted in (("emergencies caught", True), ("alarms where none is", False)):
        chosen = [b["emergency"] for a, b in pairs if a.get("emergency") is wanted]
        if chosen:
            yield f"{name} {_share(chosen)}"


def is_matter(expected: Row) -> bool:
    return bool(expected.get("files_ticket") and expected.get("leaves"))


def as_leaf_row(pair: Pair) -> Row:
    """Any of the matters told, or an alternative, is right for the ranking of the whole."""
    expected, found = pair
    first, *others = expected["leaves"]
    return {
        "leaf": first,
        "alt": [*others, *expected.get("alt", ())],
        "ranking": found["ranking"],
        "language": expected["language"],
    }


def _leaf_figures(rows: Sequence[Row]) -> str:
    return (
        f"n {len(rows)}, top-1 {hits(rows, 1):.3f}, top-3 {hits(rows, 3):.3f}, "
        f"macro-F1 {macro_f1(rows):.3f}, calibration error {calibration_error(rows):.3f}"
    )


def by_language(rows: Sequence[Row]) -> Dict[str, List[Row]]:
    found: Dict[str, List[Row]] = defaultdict(list)
    for row in rows:
        found[row["language"]].append(row)
    return found


def _entity_lines(pairs: Sequence[Pair]) -> Iterator[str]:
    for kind in KINDS:
        wanted = entities_found(pairs, kind)
        if wanted:
            yield f"{kind} found {_share(wanted)}"
        named = [
            touches(expected["text"], text, expected.get("entities", {}).get(kind, ()))
            for expected, found in pairs
            for text in found["entities"][kind]
        ]
        if named:
            yield f"{kind} rightly named {_share(named)}"


def entities_found(pairs: Sequence[Pair], kind: str) -> List[bool]:
    """For each expected stretch of a kind whether it was found."""
    return [
        any(covers(text, wanted) for text in found["entities"][kind])
        for expected, found in pairs
        for wanted in expected.get("entities", {}).get(kind, ())
    ]


def touches(message: str, found: str, wanted: Sequence[str]) -> bool:
    """Whether a found stretch of the message shares a character with one that is expected."""
    start = message.find(found)
    places = ((message.find(text), len(text)) for text in wanted)
    return start >= 0 and any(
        at >= 0 and start < at + length and at < start + len(found) for at, length in places
    )


def covers(found: str, wanted: str) -> bool:
    if found in wanted or wanted in found:
        shorter, longer = sorted((len(found), len(wanted)))
        return found == wanted or wanted in found or shorter / longer >= _OVERLAP
    return False


def finds_all(pair: Pair) -> bool:
    expected, found = pair
    accepted: Set[str] = {*expected["leaves"], *expected.get("alt", ())}
    said = [leaf for leaf in found["leaves"] if leaf in accepted]
    return len(set(said)) >= len(set(expected["leaves"]))


def _share(hits_found: Any) -> str:
    counted = list(hits_found)
    return f"{sum(counted) / len(counted):.3f} of {len(counted)}"


def read(file: Path) -> List[Row]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]


def main(arguments: Optional[Sequence[str]] = None) -> None:
    parser = argparse.ArgumentParser(prog="nlu.evaluation.frozen", description=__doc__)
    parser.add_argument("expected", type=Path)
    parser.add_argument("evaluated", type=Path)
    options = parser.parse_args(arguments)
    expected, evaluated = read(options.expected), read(options.evaluated)
    if [row["text"] for row in expected] != [row["text"] for row in evaluated]:
        raise SystemExit("the two files do not hold the same messages in the same order")
    print("\n".join(lines(list(zip(expected, evaluated, strict=True)))))


if __name__ == "__main__":
    main()
