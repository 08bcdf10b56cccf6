"""`store_url` gives every test a migrated database nobody else has written to."""

import pytest
from sqlalchemy import text

from actions.adapters.database.engine import Database

LEAVE = text(
    "INSERT INTO community_versions (hash, content, valid_from) "
    "VALUES (:turn, '{}', CURRENT_TIMESTAMP)"
)
LEFT = text("SELECT hash FROM community_versions")


@pytest.mark.parametrize("turn", ["first", "second"])
async def test_a_store_is_migrated_and_empty(store_url: str, turn: str) -> None:
    store = Database(store_url)
    try:
        async with store.write() as connection:
            versions = (await connection.execute(text("SELECT * FROM alembic_version"))).all()
            await connection.execute(LEAVE, {"turn": turn})
            await connection.commit()
        async with store.read() as connection:
            rows = (await connection.execute(LEFT)).scalars().all()
    finally:
        await store.close()

    assert (len(versions), list(rows)) == (1, [turn])
