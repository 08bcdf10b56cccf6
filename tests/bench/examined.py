"""How long `doctor` takes over a million messages: a sound house, copied until it is as large."""

import asyncio
import json
import re
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, Final

import asyncpg
from sqlalchemy import Table

from actions.adapters.database.doctor import SqlDoctor
from actions.adapters.database.engine import Database
from actions.adapters.database.migrate import migrate
from actions.adapters.database.schema import metadata
from actions.adapters.database.schema.matters import (
    day_counters,
    drafts,
    followers,
    ticket_events,
    tickets,
)
from actions.adapters.database.schema.messaging import (
    conversations,
    effects,
    inbox,
    messages,
    outbox,
    understood,
)
from actions.adapters.database.schema.people import people
from actions.domain.ticket_number import ticket_number
from bot.launcher.welcome import say
from tests.bench.copies import STRIDE, Row
from tests.bench.filling import copy_rows, insert_rows
from tests.bench.measure import Aim, Measure
from tests.bench.sizes import Sizes
from tests.bench.small import read_rows
from tests.builders import closed, opened
from tests.clock import FrozenClock
from tests.integration.busy import busy, show_all
from tests.servers.postgres import PostgresServer

#: Lines one person has said in the pattern, so that a talk is as long as talks are.
_TALK: Final = 20
_WANTED: Final = Aim(most=10)
#: Columns that name a row of the pattern, table by table, in the order of their references.
_NAMING: Final[Mapping[Table, tuple[str, ...]]] = {
    people: ("id",),
    conversations: ("id", "person_id", "focus_ticket_id"),
    tickets: ("id", "reporter_id", "assignee_id"),
    ticket_events: ("ticket_id", "actor_id"),
    followers: ("ticket_id", "person_id"),
    drafts: ("id", "conversation_id", "person_id", "ticket_id"),
    inbox: ("id", "conversation_id"),
    understood: ("inbox_id",),
    effects: (),
    outbox: ("id", "person_id", "conversation_id", "ticket_id", "in_reply_to"),
    messages: ("id", "conversation_id", "inbox_id", "outbox_id", "in_reply_to", "ticket_id"),
}
_OF_PERSONS: Final = frozenset({"person_id", "actor_id", "reporter_id", "assignee_id"})
_CAUSE: Final = re.compile(r"^inbox:(\d+)(.*)$")


async def measure(sizes: Sizes) -> list[Measure]:
    wanted = min(sizes.chat_messages, 1_000_000)
    with tempfile.TemporaryDirectory(prefix="linli-doctor-") as folder:
        small = await _pattern(Path(folder))
        copies = wanted // len(read_rows(small, messages))
        say(f"copying a talk {copies} times …")
        return [
            await _on_sqlite(Path(folder), small, copies),
            await asyncio.to_thread(lambda: asyncio.run(_on_postgres(small, copies))),
        ]


async def _pattern(folder: Path) -> Path:
    file = folder / "small.db"
    url = f"sqlite:///{file}"
    await migrate(url)
    world = await opened(url, FrozenClock())
    house = await busy(world)
    for number in range(_TALK):
        await house.resident.writes(f"您好 {number}", "greet")
        await show_all(world)
    await closed(world)
    return file


async def _on_sqlite(folder: Path, small: Path, copies: int) -> Measure:
    file = folder / "large.db"
    shutil.copy(small, file)
    await asyncio.to_thread(_fill_sqlite, file, small, copies)
    return await _timed(f"sqlite:///{file}", "sqlite")


def _fill_sqlite(file: Path, small: Path, copies: int) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as conn:
        for pragma in ("synchronous=OFF", "journal_mode=OFF", "cache_size=-400000"):
            conn.execute(f"PRAGMA {pragma}")
        conn.execute("BEGIN EXCLUSIVE")
        for table in _NAMING:
            insert_rows(conn, table, table.name, _copies(small, table, copies))
        conn.execute("UPDATE day_counters SET last = 999999999")
        conn.execute("COMMIT")
        conn.execute("PRAGMA journal_mode=WAL")


async def _on_postgres(small: Path, copies: int) -> Measure:
    server = PostgresServer()
    await asyncio.to_thread(server.start)
    try:
        url = await asyncio.to_thread(server.create_empty)
        await migrate(url)
        conn = await asyncpg.connect(url.replace("+asyncpg", ""))
        for table in metadata.sorted_tables:
            await copy_rows(conn, table, read_rows(small, table))
        for table in _NAMING:
            await copy_rows(conn, table, _copies(small, table, copies))
        await conn.execute(f"UPDATE {day_counters.name} SET last = 999999999")
        await conn.execute("VACUUM ANALYZE")
        await conn.close()
        return await _timed(url, "postgresql")
    finally:
        await asyncio.to_thread(server.stop)


async def _timed(url: str, store: str) -> Measure:
    database = Database(url)
    began = time.perf_counter()
    try:
        clock = FrozenClock()
        found, last = [], began
        async for each in SqlDoctor(database, now=clock.now).verdicts():
            now = time.perf_counter()
            if now - last > 0.5:
                say(f"  {store}: {now - last:.1f} s, {each.what}")
            last = now
            found += [f"{each.what}: {row}" for row in each.first]
        if found:
            raise RuntimeError(f"what was filled in is not sound: {found[:3]}")
    finally:
        await database.close()
    took = time.perf_counter() - began
    return Measure(name=f"doctor, a million messages, {store}", value=took, unit="s", aim=_WANTED)


def _copies(small: Path, table: Table, copies: int) -> Iterator[Row]:
    """Every row of residents, again and again; who works here is the same for all of them."""
    staff = {row["person_id"] for row in read_rows(small, metadata.tables["role_grants"])}
    talks = {row["id"] for row in read_rows(small, conversations) if row["person_id"] in staff}
    numbers = {row["number"]: row["id"] for row in read_rows(small, tickets)}
    rows = [
        (row, {name: old for name, value in row.items() for old in numbers if old in str(value)})
        for row in read_rows(small, table)
        if (row["id"] if table is people else row.get("person_id")) not in staff
        and (row["id"] if table is conversations else row.get("conversation_id")) not in talks
    ]
    for number in range(1, copies + 1):
        for row, named in rows:
            made = _copy(table, row, number, staff)
            for name, old in named.items():
                new = ticket_number(_day_of(old), numbers[old] + number * STRIDE)
                made[name] = _replaced(made[name], old, new)
            yield made


def _copy(table: Table, row: Row, number: int, staff: set[int]) -> Row:
    shift, made = number * STRIDE, dict(row)
    for name in _NAMING[table]:
        keeps = name in _OF_PERSONS and (made[name] in staff or not made[name])
        if made[name] is not None and not keeps:
            made[name] += shift
    for name in ("participant_id", "sender_key", "external_id", "roster_key"):
        if made.get(name):
            made[name] = f"{made[name][:24]}~{number}"
    if "cause" in made:
        made["cause"] = _caused(made["cause"], number)
    if table is outbox:
        made["key"] = _caused(made["key"], number)
    if table is conversations and made["channel"] == "erased":
        made["account"] = str(made["id"])
    if table is ticket_events and made["data"].get("reporter"):
        made["data"] = {**made["data"], "reporter": made["data"]["reporter"] + shift}
    return made


def _caused(cause: str, number: int) -> str:
    """Arrivals are shifted; of anything else it is another one."""
    match = _CAUSE.match(cause)
    if match:
        return f"inbox:{int(match[1]) + number * STRIDE}{match[2]}"
    first, slash, rest = cause.partition("/")
    return f"{first}~{number}{slash}{rest}"


def _day_of(number: str) -> date:
    stamp = number.split("-")[1]
    return date(2000 + int(stamp[:2]), int(stamp[2:4]), int(stamp[4:]))


def _replaced(value: Any, old: str, new: str) -> Any:
    if isinstance(value, str):
        return value.replace(old, new)
    return json.loads(json.dumps(value, ensure_ascii=False).replace(old, new))
