"""The names a community gave its estates, buildings and landmarks, from config/community.yml."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any, Dict, Iterable, List, Tuple

import yaml

from nlu.components.entity import Entity
from nlu.components.text_normalizer import normalise

logger = logging.getLogger(__name__)

_KINDS = {"estates": "estate", "buildings": "building", "landmarks": "landmark"}
_SHORTEST_NAME = 2


def _names(entry: Any) -> Tuple[str, List[str]]:
    """The official name and everything it is called by."""
    if isinstance(entry, str):
        return entry, [entry]
    name = str(entry.get("name") or entry.get("code") or "")
    called: List[str] = [name]
    for key in ("aliases", "alias", "names", "name_en", "name_zh", "name_hk"):
        more = entry.get(key) or []
        if isinstance(more, dict):
            more = list(more.values())
        called += [more] if isinstance(more, str) else [str(alias) for alias in more]
    return name, called


def _entries(node: Any, estate: str = "") -> Iterable[Tuple[str, str, str, List[str]]]:
    """(kind, estate it stands in, official name, names) wherever such a list hangs in the tree."""
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
            yield kind, estate, name, called
            yield from _entries(entry, name if kind == "estate" else estate)


class Gazetteer:
    """Finds the community's own names; knows nothing when there is no such file."""

    def __init__(self, community: Any) -> None:
        self._values: Dict[str, Dict[str, str]] = {}
        for kind, estate, name, called in _entries(community or {}):
            value = {kind: name, **({"estate": estate} if estate else {})}
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
    after = r"(?![0-9a-z])" if re.search("[0-9a-z]$", key) else ""
    return before + re.escape(key) + after
