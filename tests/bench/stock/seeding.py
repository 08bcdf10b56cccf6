"""Long conversations for the stock tracker store: its own rows of one real turn, repeated."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

#: Seconds between two turns of the past.
APART = 60.0
BUSY = 30.0


class Row(NamedTuple):
    type_name: str
    timestamp: float
    intent_name: str | None
    action_name: str | None
    data: str


class Seeds:
    """The model's domain never ends a session, so all of a conversation is one session."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def grow(self, pattern: str, senders: Sequence[str], turns: int) -> None:
        """Give each sender so many turns, copied from the first two of `pattern`."""
        with closing(sqlite3.connect(self._file, timeout=BUSY)) as conn, conn:
            head, turn = _pattern(conn, pattern)
            for sender in senders:
                conn.executemany(
                    "INSERT INTO events (sender_id, type_name, timestamp, intent_name, action_name,"
                    " data) VALUES (?, ?, ?, ?, ?, ?)",
                    ((sender, *row) for row in _history(head, turn, turns)),
                )


def _pattern(conn: sqlite3.Connection, sender: str) -> tuple[list[Row], list[Row]]:
    """What begins a session, and a turn from its user message on."""
    found = conn.execute(
        "SELECT type_name, timestamp, intent_name, action_name, data FROM events"
        " WHERE sender_id = ? ORDER BY id",
        (sender,),
    )
    rows = [Row(*row) for row in found]
    starts = [number for number, row in enumerate(rows) if row.type_name == "user"]
    if len(starts) < 2:
        raise RuntimeError(f"{sender} has had no second turn")
    return rows[: starts[0]], rows[starts[0] : starts[1]]


def _history(head: Sequence[Row], turn: Sequence[Row], turns: int) -> Iterator[Row]:
    """The past ends where the pattern began, so that nothing lies in the future."""
    for row in head:
        yield _earlier(row, (turns + 1) * APART)
    for number in range(turns):
        for row in turn:
            yield _earlier(row, (turns - number) * APART)


def _earlier(row: Row, seconds: float) -> Row:
    data = json.loads(row.data)
    data["timestamp"] = row.timestamp - seconds
    return row._replace(timestamp=row.timestamp - seconds, data=json.dumps(data))
