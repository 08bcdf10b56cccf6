"""What makes a timer act once: the key of its turn, and what the effect table holds of it."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, exists, literal, select
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.schema.matters import tickets
from actions.adapters.database.schema.messaging import effects
from actions.application.commands.base import Command
from actions.application.turn import Turn

#: How many of one kind are raised a round; the rest comes with the next.
BATCH = 100
#: How many values one IN may hold in either store.
_AT_ONCE = 500

Due = tuple[Command, Turn]


async def told_of(conn: AsyncConnection, kind: str, keys: Iterable[str]) -> set[str]:
    """Which of the keys a timer of this kind has acted on."""
    prefix, told, waiting = f"timer:{kind}:", set[str](), list(keys)
    for first in range(0, len(waiting), _AT_ONCE):
        causes = [prefix + key for key in waiting[first : first + _AT_ONCE]]
        query = select(effects.c.cause).where(effects.c.cause.in_(causes))
        told |= {cause.removeprefix(prefix) for cause in (await conn.execute(query)).scalars()}
    return told


def once(*columns: ColumnElement[Any]) -> ColumnElement[str]:
    """The ticket and what makes this time another than the last, as text."""
    key: ColumnElement[str] = cast(tickets.c.id, String)
    for column in columns:
        key = key + ":" + cast(column, String)
    return key


def tickets_due(
    kind: str, key: ColumnElement[str], *conditions: ColumnElement[bool]
) -> Select[Any]:
    query = select(tickets.c.id, key.label("key")).where(*conditions, not_yet(kind, key))
    return query.order_by(tickets.c.id)


def not_yet(kind: str, key: ColumnElement[str]) -> ColumnElement[bool]:
    """No timer of this kind has taken effect under the key."""
    return ~exists().where(effects.c.cause == literal(f"timer:{kind}:") + key)
