"""Rules the store itself keeps: as long as they stand, what they forbid cannot be there.

Two tickets with one number (I8), a message shown twice (I12), a person with two conversations or an
account with two persons (I17), an arrival taken in twice (I1), an effect that came twice (I5).
"""

from collections.abc import AsyncIterator, Iterator
from typing import Final

from sqlalchemy import Connection, UniqueConstraint, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.schema import metadata

WHAT: Final = "a rule the store keeps is gone"
#: What refuses to change the audit trail, in each store.
_GUARDS: Final = {
    "sqlite": (
        {"audit_refuses_UPDATE", "audit_refuses_DELETE"},
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit'",
    ),
    "postgresql": (
        {"audit_refuses_change", "audit_refuses_truncate"},
        "SELECT tgname FROM pg_trigger WHERE tgrelid = 'audit'::regclass AND tgenabled <> 'D'",
    ),
}


async def walk(conn: AsyncConnection) -> AsyncIterator[str]:
    for problem in await conn.run_sync(lambda sync: list(_missing(sync))):
        yield problem
    guards, query = _GUARDS[conn.dialect.name]
    found = set((await conn.execute(text(query))).scalars())
    for name in sorted(guards - found):
        yield f"nothing refuses to change the audit trail: {name}"


def _missing(conn: Connection) -> Iterator[str]:
    """Unique columns of the schema that the database would take twice."""
    schema = inspect(conn)
    constraints = schema.get_multi_unique_constraints()
    indexes = schema.get_multi_indexes()
    for table in metadata.sorted_tables:
        key = (None, table.name)
        kept = {frozenset(each["column_names"]) for each in constraints.get(key, ())}
        kept |= {
            frozenset(name for name in each["column_names"] if name)
            for each in indexes.get(key, ())
            if each["unique"]
        }
        wanted = {
            frozenset(rule.columns.keys())
            for rule in table.constraints
            if isinstance(rule, UniqueConstraint)
        } | {frozenset(index.columns.keys()) for index in table.indexes if index.unique}
        for columns in wanted - kept:
            yield f"{table.name} would take the same {', '.join(sorted(columns))} twice"
