"""The names a community gave its estates, buildings and landmarks, from config/community.yml."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any, Dict, Iterable, List, Tuple

import yaml

from nlu.components.entity import Entity
from nlu.components.place_patterns import find_addresses
from nlu.components.text_normalizer import normalise

logger = logging.getLogger(__name__)

_KINDS = {"estates": "estate", "buildings": "building", "landmarks": "landmark"}
_SHORTEST_NAME = 2
_NUMERALS = "零〇一二三四五六七八九十百"


def _strings(value: Any) -> List[str]:
    """A name may be one text, a list of them or one for each language."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return [text for item in value for text in _strings(item)]
    return [str(value)] if value not in (None, "") else []


def _names(entry: Any) -> Tuple[str, List[str]]:
    """The official name and everything it is called by."""
    if not isinstance(entry, dict):
        entry = {"name": entry}
    called = [name for key in ("name", "aliases", "alias") for name in _strings(entry.get(key))]
    return (called[0] if called else ""), called


def _value(kind: str, name: str, estate: str, entry: Any) -> Dict[str, str]:
    """A numbered building is known by its number alone, as in any other address."""
    numbers = find_addresses(normalise(name).text) if kind == "building" else []
    value = {kind: numbers[0].value.get("building", name) if numbers else name}
    if kind == "estate":
        return value  # a code belongs to the spot itself, not to what it stands in
    if estate:
        value["estate"] = estate
    if isinstance(entry, dict) and entry.get("code"):
        value["code"] = str(entry["code"])
    return value


def _entries(node: Any, estate: str = "") -> Iterable[Tuple[str, Dict[str, str], List[str]]]:
    """(kind, value, names) wherever such a list hangs in the tree."""
    if isinstance(node, list):
        for item in node:
            yield from _entries(item, estate)
    if not isinstance(node, dict):
        return
    for key, value in node.items():
        kind = _KINDS.get(str(key))
        if kind is None or not isinstance(value, list):
            yield from _entries(value, estate)
            continue
        for entry in value:
            if not isinstance(entry, (str, dict)):
                continue
            name, called = _names(entry)
            yield kind, _value(kind, name, estate, entry), called
            yield from _entries(entry, name if kind == "estate" else estate)


class Gazetteer:
    """Finds the community's own names; knows nothing when there is no such file."""

    def __init__(self, community: Any) -> None:
        self._values: Dict[str, Dict[str, str]] = {}
        for kind, value, called in _entries(community or {}):
            for alias in called:
                key = normalise(alias).text.strip().lower()
                # "3" alone is a building's name in the file but says nothing in a sentence.
                if len(key) >= _SHORTEST_NAME and not key.isdigit():
                    self._remember(key, kind, value)
        longest_first = sorted(self._values, key=lambda key: (-len(key), key))
        self._pattern = re.compile("|".join(map(_as_pattern, longest_first)) or r"(?!)")

    def _remember(self, key: str, kind: str, value: Dict[str, str]) -> None:
        known = self._values.get(key)
        if known is not None and known != value:
            # Two estates have a building of this name: which one is for the bot to ask.
            value = {kind: value[kind]}
        self._values[key] = value

    @classmethod
    def read(cls, file: Path) -> "Gazetteer":
        try:
            return cls(yaml.safe_load(file.read_text(encoding="utf-8")))
        except FileNotFoundError:
            logger.info("no community file; places are found by their form alone")
        except yaml.YAMLError:
            logger.warning("the community file cannot be read; its names are not used")
        return cls({})

    def find(self, text: str) -> List[Entity]:
        return [
            Entity("location", match.start(), match.end(), dict(self._values[match.group()]))
            for match in self._pattern.finditer(text.lower())
        ]


def _as_pattern(key: str) -> str:
    """A name must not begin or end inside a number or an English word."""
    before = r"(?<![0-9a-z])" if re.match("[0-9a-z]", key) else ""
    if key[0] in _NUMERALS:
        before = rf"(?<![{_NUMERALS}甲乙丙丁])"
    after = r"(?![0-9a-z])" if re.search("[0-9a-z]$", key) else ""
    return before + re.escape(key) + after
