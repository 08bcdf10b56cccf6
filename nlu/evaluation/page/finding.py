"""What else was found in a message: entities, several matters, danger."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Dict, Iterator, List, Optional, Sequence, Tuple

from nlu.evaluation.frozen import KINDS, Pair, covers, finds_all, is_matter
from nlu.evaluation.page.scoring import Figures

_ALL = "all"


def entities(pairs: Sequence[Pair]) -> Figures:
    """For each kind, and in each language, of those told the share found, and the reverse."""
    counts: Dict[Tuple[str, str], Dict[str, List[bool]]] = defaultdict(lambda: defaultdict(list))
    for kind, language, name, right in _compared(pairs):
        for counted in (_ALL, language):
            counts[kind, counted][name].append(right)
    table: Figures = defaultdict(dict)
    for (kind, language), found in sorted(counts.items()):
        table[kind][language] = {
            "wanted": len(found["recall"]),
            "found": len(found["precision"]),
            "recall": share(found["recall"]),
            "precision": share(found["precision"]),
        }
    return dict(table)


def _compared(pairs: Sequence[Pair]) -> Iterator[Tuple[str, str, str, bool]]:
    for expected, answer in pairs:
        if "entities" not in expected:
            continue
        for kind in KINDS:
            wanted, found = expected["entities"].get(kind, ()), answer["entities"][kind]
            for text in wanted:
                right = any(covers(one, text) for one in found)
                yield kind, expected["language"], "recall", right
            for text in found:
                right = any(covers(text, one) for one in wanted)
                yield kind, expected["language"], "precision", right


def several(pairs: Sequence[Pair]) -> Figures:
    """Messages with two or three matters, and those with one that must not be cut."""
    told = [pair for pair in pairs if len(pair[0].get("leaves", ())) > 1]
    single = [pair for pair in pairs if len(pair[0].get("leaves", ())) == 1]
    return {
        "n": len(told),
        "as_many_found": share([len(b["leaves"]) == len(a["leaves"]) for a, b in told]),
        "all_right": share([finds_all(pair) for pair in told]),
        "single": len(single),
        "single_cut": share([len(b["leaves"]) > 1 for _, b in single]),
    }


def red_team(pairs: Sequence[Pair]) -> Figures:
    """By kind of danger, or of what only sounds like it: how many raised the alarm."""
    raised: Dict[Tuple[bool, str], List[bool]] = defaultdict(list)
    for expected, answer in pairs:
        if "kind" in expected:
            raised[expected["emergency"], expected["kind"]].append(answer["emergency"])
    table: Dict[str, Dict[str, Any]] = {"emergencies": {}, "traps": {}}
    for (is_emergency, kind), alarms in sorted(raised.items()):
        part = table["emergencies" if is_emergency else "traps"]
        part[kind] = {"n": len(alarms), "raised": sum(alarms)}
    return table


def everyday_danger(pairs: Sequence[Pair]) -> Figures:
    """Outside the red team, where hardly anything is dangerous."""
    everyday = [(a["emergency"], b["emergency"]) for a, b in pairs if "kind" not in a]
    return {
        "emergencies": sum(wanted for wanted, _ in everyday),
        "caught": sum(wanted and raised for wanted, raised in everyday),
        "calm": sum(not wanted for wanted, _ in everyday),
        "raised": sum(raised and not wanted for wanted, raised in everyday),
    }


def false_tickets(pairs: Sequence[Pair]) -> Figures:
    """By what was meant instead of a ticket."""
    filed: Dict[str, List[bool]] = defaultdict(list)
    for expected, answer in pairs:
        if expected.get("files_ticket") is False:
            filed[expected.get("intent", "unknown")].append(answer["files_ticket"])
    return {
        intent: {"n": len(found), "filed": sum(found)} for intent, found in sorted(filed.items())
    }


def not_filed(pairs: Sequence[Pair]) -> Optional[float]:
    """The share of matters that are taken for talk, or asked about before anything is filed."""
    return share([not b["files_ticket"] for a, b in pairs if is_matter(a)])


def duplicates(pairs: Sequence[Pair]) -> Figures:
    """Of two tellings of one matter the share found alike, and of two matters; by kind of pair."""
    kinds: Dict[str, List[bool]] = defaultdict(list)
    for expected, answer in pairs:
        one = "one matter" if expected["gold"] else "two matters"
        for name in (one, f"{one}: {expected['kind']}"):
            kinds[name].append(answer["same"])
    return {name: {"n": len(same), "same": share(same)} for name, same in sorted(kinds.items())}


def share(right: Sequence[bool]) -> Optional[float]:
    return round(sum(right) / len(right), 4) if right else None
