"""Rows into a store as fast as it takes them: SQLite by `executemany`, PostgreSQL by COPY."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import UTC
from pathlib import Path
from typing import Any, Final

import asyncpg
from sqlalchemy import JSON, BigInteger, Column, Integer, Table

from actions.adapters.database.schema import metadata
from actions.adapters.database.schema.base import UtcDateTime
from actions.adapters.database.schema.console import ticket_grams
from tests.bench.copies import REFERENCES, Copier, Row
from tests.bench.small import read_rows

Convert = Callable[[Any], Any]
#: A name no table has.
STAGED: Final = "staged_grams"
#: Numbering goes on after what was copied.
_GO_ON: Final = "SELECT setval(pg_get_serial_sequence('{0}', 'id'), max(id)) FROM {0}"


def fill_sqlite(file: Path, copier: Copier) -> None:
    """Nothing is lost if this is cut off: it is begun anew."""
    with closing(sqlite3.connect(file, isolation_level=None)) as conn:
        for pragma in ("synchronous=OFF", "journal_mode=OFF", "cache_size=-400000"):
            conn.execute(f"PRAGMA {pragma}")
        conn.execute("BEGIN EXCLUSIVE")
        for table in REFERENCES:
            insert_rows(conn, table, table.name, copier.rows(table))
        conn.execute(f"CREATE TABLE {STAGED} AS SELECT * FROM ticket_grams WHERE 0")
        insert_rows(conn, ticket_grams, STAGED, copier.grams())
        # In the order of the key: at random, eight million rows would each touch another page.
        names = ", ".join(ticket_grams.c.keys())
        conn.execute(
            f"INSERT INTO ticket_grams ({names}) SELECT {names} FROM {STAGED} ORDER BY 1, 2"
        )
        conn.execute(f"DROP TABLE {STAGED}")
        conn.execute("COMMIT")
        conn.execute("ANALYZE")
        conn.execute("PRAGMA journal_mode=WAL")


def insert_rows(conn: sqlite3.Connection, table: Table, into: str, rows: Iterable[Row]) -> None:
    names = table.c.keys()
    marks = ", ".join("?" * len(names))
    statement = f"INSERT INTO {into} ({', '.join(names)}) VALUES ({marks})"
    conn.executemany(statement, _records(table, rows, _for_sqlite))


async def fill_postgres(url: str, small: Path, copier: Copier) -> None:
    """The whole small database first, then its copies."""
    conn = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        for table in metadata.sorted_tables:
            await copy_rows(conn, table, read_rows(small, table))
        for table in REFERENCES:
            await copy_rows(conn, table, copier.rows(table))
        await copy_rows(conn, ticket_grams, copier.grams())
        for table in metadata.sorted_tables:
            if "id" in table.c and isinstance(table.c.id.type, Integer | BigInteger):
                await conn.execute(_GO_ON.format(table.name))
        await conn.execute("VACUUM ANALYZE")
    finally:
        await conn.close()


async def copy_rows(conn: asyncpg.Connection, table: Table, rows: Iterable[Row]) -> None:
    await conn.copy_records_to_table(
        table.name,
        records=_records(table, rows, _for_postgres),
        columns=table.c.keys(),
        timeout=None,
    )


def _records(
    table: Table, rows: Iterable[Row], convert: Callable[[Column[Any]], Convert | None]
) -> Iterator[tuple[Any, ...]]:
    converts = [(column.name, convert(column)) for column in table.c]
    for row in rows:
        yield tuple(
            row[name] if change is None or row[name] is None else change(row[name])
            for name, change in converts
        )


def _for_sqlite(column: Column[Any]) -> Convert | None:
    if isinstance(column.type, UtcDateTime):
        return lambda at: at.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return _json if isinstance(column.type, JSON) else None


def _for_postgres(column: Column[Any]) -> Convert | None:
    return _json if isinstance(column.type, JSON) else None


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
