"""The table of who may do what to whose things, as it was reviewed: tests/data/authorisation.csv."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

TABLE: Final = Path(__file__).parent / "data" / "authorisation.csv"
_NOT_OBJECTS: Final = ("door", "also")


@dataclass(frozen=True)
class Row:
    """One address or command. `who` says by object who comes through; `also` names a test."""

    door: str
    who: Mapping[str, frozenset[str]]
    also: str

    @property
    def is_address(self) -> bool:
        return " /" in self.door


@cache
def groups() -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for line in _lines():
        if line["door"].startswith("@"):
            found[line["door"]] = frozenset(line["open"].split())
    return found


@cache
def rows() -> Mapping[str, Row]:
    """By the door."""
    return {
        line["door"]: Row(line["door"], _who(line), line["also"])
        for line in _lines()
        if not line["door"].startswith("@")
    }


def _lines() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _who(line: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    """An empty cell: there is no such object here. A dash: nobody."""
    return {
        what: frozenset(one for word in cell.split() for one in groups().get(word, {word})) - {"-"}
        for what, cell in line.items()
        if what not in _NOT_OBJECTS and cell
    }
