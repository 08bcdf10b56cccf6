"""What a process was handling when it died is under suspicion: it is tried later each time."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, exists, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.due_now import is_due
from actions.adapters.database.schema.base import UtcDateTime
from actions.adapters.database.schema.messaging import inbox

#: Seconds to wait after so many tries. A machine may be switched off twice in a row; who dies a
#: third time over the same message lets the others go first.
_WAITS = {2: 2, 3: 4}
_LONGEST = 8
_WAITING = ("pending", "parked")

_earlier = inbox.alias("before_it")


async def suspect(conn: AsyncConnection, talks: Sequence[int], now: datetime) -> None:
    """Count a try of the first message of each conversation: that is what was being handled."""
    is_first = ~exists().where(
        _earlier.c.conversation_id == inbox.c.conversation_id,
        _earlier.c.seq < inbox.c.seq,
        _earlier.c.state.in_(_WAITING),
        is_due(_earlier.c.not_before, _earlier.c.received_at, now),
    )
    handled = select(inbox.c.id).where(
        inbox.c.conversation_id.in_(talks),
        inbox.c.state.in_(_WAITING),
        is_due(inbox.c.not_before, inbox.c.received_at, now),
        is_first,
    )
    # First found, then changed: SQLite would see the first of a talk put off and take the second.
    ids = list((await conn.execute(handled)).scalars())
    tried = {"attempts": inbox.c.attempts + 1, "not_before": _next_try(now)}
    await conn.execute(update(inbox).where(inbox.c.id.in_(ids)).values(tried))


def _next_try(now: datetime) -> ColumnElement[datetime]:
    def after(seconds: int) -> ColumnElement[datetime]:
        return literal(now + timedelta(seconds=seconds), UtcDateTime)

    waits = {tries: after(seconds) for tries, seconds in _WAITS.items()}
    return case(
        (inbox.c.attempts < min(_WAITS), inbox.c.not_before),
        *((inbox.c.attempts == tries, until) for tries, until in waits.items()),
        else_=after(_LONGEST),
    )
