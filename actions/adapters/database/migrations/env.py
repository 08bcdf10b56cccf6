"""Alembic's entry: runs the scripts over an asynchronous engine."""

import asyncio
from typing import Any

from alembic import context
from sqlalchemy import Connection, event, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from actions.adapters.database.schema import metadata

#: Any fixed number that no other advisory lock uses.
_LOCK = 5_116_116


def _run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        transaction_per_migration=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def _one_transaction_a_script(engine: AsyncEngine) -> None:
    """SQLite can, once its driver is kept from beginning and committing by itself.

    Whoever is killed in the middle of a script leaves the revision before it, not half of one.
    """

    def leave_to_us(connection: Any, _record: Any) -> None:
        connection.isolation_level = None

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    event.listen(engine.sync_engine, "connect", leave_to_us)
    event.listen(engine.sync_engine, "begin", begin)


async def _alone(connection: AsyncConnection) -> None:
    """Several processes may start at once; the lock ends with the connection."""
    if connection.dialect.name != "sqlite":
        await connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _LOCK})
        await connection.commit()


async def _migrate() -> None:
    engine = create_async_engine(context.config.attributes["url"], poolclass=NullPool)
    if engine.dialect.name == "sqlite":
        _one_transaction_a_script(engine)
    try:
        async with engine.connect() as connection:
            await _alone(connection)
            await connection.run_sync(_run)
            await connection.commit()
    finally:
        await engine.dispose()


asyncio.run(_migrate())
