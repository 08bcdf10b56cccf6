"""Running numbers that two processes never give out twice: a row a counter, locked as it counts."""

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.schema.matters import day_counters


async def next_of(conn: AsyncConnection, key: str) -> int:
    """The next running number of a counter, from 1; the row lock makes it unique."""
    dialect = sqlite if conn.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(day_counters).values(day=key, last=1)
    counted = statement.on_conflict_do_update(
        index_elements=["day"], set_={"last": day_counters.c.last + 1}
    ).returning(day_counters.c.last)
    return int((await conn.execute(counted)).scalar_one())
