"""The least a durable ingest can cost: the same rows, the same disk, and nothing around them."""

import json
import sqlite3
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from sqlalchemy import create_engine

from actions.adapters.database.schema.messaging import conversations, inbox, messages
from actions.adapters.database.schema.people import people
from tests.bench.measure import percentile

AT = "2026-01-01 08:00:00.000000"


@dataclass(frozen=True)
class Bare:
    a_second: float
    p99: float


def run(count: int, at_once: int) -> Bare:
    """`count` arrivals, as many a commit as pages wait at the same time."""
    with tempfile.TemporaryDirectory(prefix="linli-bench-") as folder:
        file = Path(folder) / "bare.db"
        _prepare(file, at_once)
        conn = sqlite3.connect(file, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            conn.execute(f"PRAGMA {pragma}")
        waits: list[float] = []
        began = time.perf_counter()
        for seq in range(1, count // at_once + 1):
            before = time.perf_counter()
            _commit(conn, seq, at_once)
            waits.append(time.perf_counter() - before)
        took = time.perf_counter() - began
        conn.close()
    return Bare(len(waits) * at_once / took, percentile(waits, 0.99))


def _prepare(file: Path, at_once: int) -> None:
    """The tables of ours an arrival touches, with their indices."""
    engine = create_engine(f"sqlite:///{file}")
    tables = [people, conversations, inbox, messages]
    people.metadata.create_all(engine, tables=tables)
    engine.dispose()
    conn = sqlite3.connect(file)
    for number in range(1, at_once + 1):
        conn.execute(
            "INSERT INTO people (id, participant_id, locale, area, display_name, created_at)"
            " VALUES (?, ?, 'zh-CN', '', '', ?)",
            (number, str(uuid4()), AT),
        )
        conn.execute(
            "INSERT INTO conversations (id, person_id, channel, account, sender_key, area,"
            " created_at, last_in_at) VALUES (?, ?, 'webchat', 'default', ?, '', ?, ?)",
            (number, number, str(uuid4()), AT, AT),
        )
    conn.commit()
    conn.close()


def _commit(conn: sqlite3.Connection, seq: int, at_once: int) -> None:
    talks = range(1, at_once + 1)
    payload = json.dumps({"text": "您好"})
    conn.execute("BEGIN IMMEDIATE")
    conn.executemany(
        "UPDATE conversations SET next_seq = ?, last_in_at = ? WHERE id = ?",
        [(seq + 1, AT, talk) for talk in talks],
    )
    conn.executemany(
        "INSERT INTO inbox (id, channel, account, external_id, conversation_id, seq, area, kind,"
        " payload, state, not_before, received_at)"
        " VALUES (?, 'webchat', 'default', ?, ?, ?, '', 'text', ?, 'pending', ?, ?)",
        [(seq * at_once + t, f"{uuid4()}:{uuid4()}", t, seq, payload, AT, AT) for t in talks],
    )
    conn.executemany(
        "INSERT INTO messages (conversation_id, seq, area, direction, kind, text, content,"
        " inbox_id, at) VALUES (?, ?, '', 'in', 'text', '您好', '{}', ?, ?)",
        [(t, seq, seq * at_once + t, AT) for t in talks],
    )
    conn.execute("COMMIT")
