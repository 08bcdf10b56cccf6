"""`store_url` gives every test a migrated database nobody else has written to."""

import pytest
from sqlalchemy import text

from actions.adapters.database.engine import Database


@pytest.mark.parametrize("turn", [1, 2])
async def test_a_store_is_migrated_and_empty(store_url: str, turn: int) -> None:
    store = Database(store_url)
    try:
        async with store.write() as connection:
            versions = (await connection.execute(text("SELECT * FROM alembic_version"))).all()
            await connection.execute(text("CREATE TABLE left_behind (turn INTEGER)"))
            await connection.execute(text("INSERT INTO left_behind VALUES (:turn)"), {"turn": turn})
            await connection.commit()
        async with store.read() as connection:
            rows = (await connection.execute(text("SELECT turn FROM left_behind"))).scalars().all()
    finally:
        await store.close()

    assert (len(versions), list(rows)) == (1, [turn])
