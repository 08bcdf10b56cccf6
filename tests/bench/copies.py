"""Rows of a pattern, copied into other people, other days and other words, as often as wanted."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final, cast

import regex
from sqlalchemy import RowMapping, Table

from actions.adapters.database.rows import ticket_from_row
from actions.adapters.database.schema.base import UtcDateTime
from actions.adapters.database.schema.matters import followers, ticket_events, tickets
from actions.adapters.database.schema.messaging import (
    conversations,
    inbox,
    messages,
    outbox,
    understood,
)
from actions.adapters.database.schema.people import people
from actions.adapters.database.search_words import fields_of, pieces_of
from actions.domain.ticket_number import ticket_number

Row = dict[str, Any]
EXAMPLES: Final = Path(__file__).parents[2] / "nlu" / "data" / "nlu"
#: Further apart than any two ids of a pattern.
STRIDE: Final = 1000
#: Between two copies of the pattern.
APART: Final = timedelta(minutes=50)

#: The tables in the order of their references, each with the columns that name a row of a pattern.
REFERENCES: Final[Mapping[Table, tuple[str, ...]]] = {
    people: ("id",),
    conversations: ("id", "person_id", "focus_ticket_id"),
    tickets: ("id", "reporter_id"),
    ticket_events: ("ticket_id", "actor_id"),
    followers: ("ticket_id", "person_id"),
    inbox: ("id", "conversation_id"),
    understood: ("inbox_id",),
    outbox: ("id", "person_id", "conversation_id", "ticket_id", "in_reply_to"),
    messages: (
        "id", "conversation_id", "inbox_id", "outbox_id", "in_reply_to", "ticket_id",
    ),
}  # fmt: skip
#: What must not come twice.
UNIQUE: Final[Mapping[Table, str]] = {
    people: "participant_id",
    conversations: "sender_key",
    inbox: "external_id",
    outbox: "key",
}
_OF_PERSONS: Final = frozenset({"person_id", "reporter_id", "actor_id"})


@dataclass(frozen=True)
class Pattern:
    """What belongs to the residents of one neighbourhood; staff are shared by all copies."""

    rows: Mapping[Table, Sequence[Row]]
    staff: frozenset[int]

    def times(self, wanted_tickets: int, wanted_messages: int) -> int:
        """How often it has to be copied until there are as many of both."""
        copies = (
            math.ceil(wanted_tickets / len(self.rows[tickets])),
            math.ceil(wanted_messages / len(self.rows[messages])),
        )
        return max(copies)


class Copier:
    def __init__(self, pattern: Pattern, copies: int) -> None:
        self._pattern = pattern
        self._copies = copies
        self._sentences = sentences()
        self._tickets = [ticket_from_row(cast("RowMapping", row)) for row in pattern.rows[tickets]]
        self._dates = {
            table: [c.name for c in table.c if isinstance(c.type, UtcDateTime)]
            for table in pattern.rows
        }

    def rows(self, table: Table) -> Iterator[Row]:
        """Every copy of the table's rows, oldest first."""
        for number in range(1, self._copies + 1):
            for place, row in enumerate(self._pattern.rows[table]):
                yield self._copy(table, row, place, number)

    def grams(self) -> Iterator[Row]:
        """What the console finds tickets by, made as the house makes it."""
        for number in range(1, self._copies + 1):
            for place, ticket in enumerate(self._tickets):
                told = replace(ticket, summary=self._sentence(number, place))
                shifted = self._pattern.rows[tickets][place]["id"] + number * STRIDE
                for gram in pieces_of(fields_of(told)):
                    yield {"gram": gram, "ticket_id": shifted, "area": ticket.area}

    def _copy(self, table: Table, row: Row, place: int, number: int) -> Row:
        ago = (self._copies - number) * APART
        made = dict(row)
        for name in self._dates[table]:
            if made[name] is not None:
                made[name] = made[name] - ago
        for name in REFERENCES[table]:
            if made[name] is not None and not self._is_shared(table, name, made[name]):
                made[name] += number * STRIDE
        if table in UNIQUE:
            made[UNIQUE[table]] = f"{made[UNIQUE[table]][:24]}~{number}~{place}"
        if table is tickets:
            made["number"] = _numbered(made["filed_at"], made["id"])
            made["summary"] = self._sentence(number, place)
            made["next_rung_at"] = (
                None  # else the house would climb all ladders of the past at once
            )
        return made

    def _is_shared(self, table: Table, name: str, value: int) -> bool:
        is_person = name in _OF_PERSONS or (table is people and name == "id")
        return is_person and (value in self._pattern.staff or value <= 0)

    def _sentence(self, number: int, place: int) -> str:
        return self._sentences[(number * 7919 + place * 104_729) % len(self._sentences)]


def _numbered(at: datetime, running: int) -> str:
    return ticket_number(at.date(), running)


def sentences() -> list[str]:
    """What residents write, as the model learns it."""
    marked = regex.compile(r"\[([^\]]*)\](?:\([^)]*\)|\{[^}]*\})")
    return [
        marked.sub(r"\1", line.strip()[2:])
        for file in sorted(EXAMPLES.glob("*.yml"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.startswith("    - ")
    ]
