"""What the database complains about never repeats what people wrote (it ends in the log)."""

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError

from actions.adapters.database.schema.messaging import messages
from tests.builders import World

SAID = "我妈住6栋904"


async def test_an_error_of_the_store_holds_no_words_of_residents(world: World) -> None:
    async with world.database.write() as conn:
        with pytest.raises(DBAPIError) as raised:
            await conn.execute(
                insert(messages).values(
                    conversation_id=999_999, seq=1, direction="in", kind="text", text=SAID,
                    at=world.clock.now(),
                )
            )  # fmt: skip

    assert "INSERT INTO messages" in str(raised.value)
    assert SAID not in str(raised.value)
