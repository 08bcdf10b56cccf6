"""The lexicon of danger, read from the files beside this module when it is first asked for.

`words.toml` names lists of words, `idioms.toml` the figures of speech, `guards.toml` what takes the
danger out of a sentence; every other file holds the rules of one kind of danger.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

from actions.domain.emergency_rule import Guard, Rule, Scope, Within, compiled, pattern

_FOLDER: Final = "emergency_lexicon"
_SHARED: Final = frozenset({"words", "idioms", "guards"})


@dataclass(frozen=True)
class Lexicon:
    """Everything the rules go by."""

    idioms: re.Pattern[str]
    guards: tuple[Guard, ...]
    rules: tuple[Rule, ...]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Raises ValueError, KeyError or re.error where a file is not as it should be."""
    tables = {name: tomllib.loads(text) for name, text in _texts()}
    words = _words(tables["words"])
    return Lexicon(
        idioms=compiled(tables["idioms"]["says"], words),
        guards=tuple(_guard(each, words) for each in tables["guards"]["guard"]),
        rules=tuple(
            _rule(each, kind, words)
            for kind, table in sorted(tables.items())
            if kind not in _SHARED
            for each in table["rule"]
        ),
    )


def _texts() -> Iterator[tuple[str, str]]:
    for entry in (files(__package__) / _FOLDER).iterdir():
        name, _, ending = entry.name.rpartition(".")
        if ending == "toml":
            yield name, entry.read_text(encoding="utf-8")


def _words(table: Mapping[str, list[str]]) -> dict[str, str]:
    """Each list may use those that stand above it."""
    words: dict[str, str] = {}
    for name, alternatives in table.items():
        words[name] = "|".join(pattern(each, words) for each in alternatives)
    return words


def _rule(table: Mapping[str, Any], kind: str, words: Mapping[str, str]) -> Rule:
    return Rule(
        name=table["name"],
        kind=table.get("kind", kind),
        says=compiled(table["says"], words),
        also=tuple(
            compiled([each] if isinstance(each, str) else each, words)
            for each in table.get("also", ())
        ),
        unless=_perhaps(table.get("unless"), words),
        within=Within(table.get("within", Within.SENTENCE)),
        is_lasting=table.get("is_lasting", False),
        despite=frozenset(table.get("despite", ())),
        rings=tuple(table.get("rings", ())),
        silent=tuple(table.get("silent", ())),
    )


def _guard(table: Mapping[str, Any], words: Mapping[str, str]) -> Guard:
    return Guard(
        name=table["name"],
        scope=Scope(table["scope"]),
        says=compiled(table["says"], words),
        but=_perhaps(table.get("but"), words),
        until=_perhaps(table.get("until"), words),
        reach=table.get("reach", 0),
        is_inside=table.get("is_inside", False),
        spares_lasting=table.get("spares_lasting", False),
        kinds=frozenset(table.get("kinds", ())),
    )


def _perhaps(patterns: list[str] | None, words: Mapping[str, str]) -> re.Pattern[str] | None:
    return compiled(patterns, words) if patterns else None
