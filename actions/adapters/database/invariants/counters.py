"""Counters of numbers given out: one behind what it counts would give a number again (I8, I14)."""

from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.schema.matters import day_counters, tickets

WHAT: Final = "a counter is behind what it counts"
#: `LL-261120-0007-K`: the day, and the running number.
_DAY, _RUNNING = 1, 2


async def walk(conn: AsyncConnection) -> AsyncIterator[str]:
    highest: dict[str, int] = {}
    for number in (await conn.execute(select(tickets.c.number))).scalars():
        parts = number.split("-")
        if len(parts) > _RUNNING and parts[_RUNNING].isdecimal():
            day = parts[_DAY]
            highest[day] = max(highest.get(day, 0), int(parts[_RUNNING]))
    counted = await _counted(conn)
    for day, last in highest.items():
        if counted.get(day, 0) < last:
            yield f"number {last} of {day} was given and the counter stands before it"


async def _counted(conn: AsyncConnection) -> Mapping[str, int]:
    rows = await conn.execute(select(day_counters.c.day, day_counters.c.last))
    return {_stamp(row.day): row.last for row in rows}


def _stamp(key: str) -> str:
    """The day of a counter as numbers have it; counters of other things have none."""
    try:
        return f"{datetime.fromisoformat(key):%y%m%d}"
    except ValueError:
        return ""
