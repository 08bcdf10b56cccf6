"""Queues: everything is somewhere, is held by one, is tried so often, and is not left behind."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import (
    Select,
    String,
    and_,
    cast,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.conversations import MERGED
from actions.adapters.database.invariants.base import Invariant, Moment
from actions.adapters.database.schema.channels import received
from actions.adapters.database.schema.messaging import conversations, inbox, outbox

#: So long something may be due while others are served.
PATIENCE: Final = timedelta(seconds=60)
#: And so long what goes out: a platform may ask one chat to wait.
PATIENCE_OUT: Final = timedelta(minutes=20)
#: Nothing is tried more often than this, with every back-off at its longest for three days.
_MOST_TRIES: Final = 400
_GOING: Final = ("ready", "claimed")
_RAW: Final = ("pending", "done", "refused", "faulty")
#: Rows looked at for the moment something was last done.
_RECENT: Final = 2000


async def last_worked(conn: AsyncConnection) -> datetime | None:
    recent = select(inbox.c.finished_at).order_by(inbox.c.id.desc()).limit(_RECENT).subquery()
    found: datetime | None = (
        await conn.execute(select(func.max(recent.c.finished_at)))
    ).scalar_one()
    return found


async def last_sent(conn: AsyncConnection) -> Mapping[str, datetime]:
    newest = select(func.max(outbox.c.id)).scalar_subquery()
    query = (
        select(outbox.c.channel, func.max(outbox.c.settled_at))
        .where(
            outbox.c.id > newest - _RECENT,
            outbox.c.state == "sent",
            outbox.c.settled_at.is_not(None),
        )
        .group_by(outbox.c.channel)
    )
    return {row[0]: row[1] for row in await conn.execute(query)}


def _raw_odd(_: Moment) -> Select[Any]:
    return select(received.c.id, received.c.state).where(received.c.state.not_in(_RAW))


def _merged_nowhere(_: Moment) -> Select[Any]:
    """A conversation that became part of another leads to one that is there."""
    other = conversations.alias("other")
    there = exists().where(cast(other.c.id, String) == conversations.c.account)
    return select(conversations.c.id, conversations.c.account).where(
        conversations.c.channel == MERGED, ~there
    )


def _held_by_nobody(_: Moment) -> Select[Any]:
    return select(conversations.c.id, conversations.c.lease_token).where(
        or_(
            and_(conversations.c.lease_owner.is_(None), conversations.c.lease_until > 0),
            conversations.c.lease_token < 0,
        )
    )


def _claimed_by_nobody(_: Moment) -> Select[Any]:
    return select(outbox.c.id, outbox.c.channel).where(
        outbox.c.state == "claimed", outbox.c.lease_owner.is_(None)
    )


def _tried_too_often(_: Moment) -> Select[Any]:
    return union_all(
        *(
            select(literal(table.name).label("where"), table.c.id, table.c.attempts).where(
                or_(table.c.attempts > _MOST_TRIES, table.c.attempts < 0)
            )
            for table in (inbox, outbox, received)
        )
    ).subquery().select()  # fmt: skip


def _passed_over(moment: Moment) -> Select[Any]:
    """Due, and later ones were served meanwhile; nobody is late where nobody is at work."""
    worked_at = moment.worked_at
    late = inbox.c.not_before < worked_at - PATIENCE if worked_at else false()
    earlier = inbox.alias("earlier")
    waits = exists().where(
        earlier.c.conversation_id == inbox.c.conversation_id,
        earlier.c.seq < inbox.c.seq,
        earlier.c.state == "pending",
    )
    return select(inbox.c.id, inbox.c.conversation_id).where(
        inbox.c.state == "pending", late, ~waits
    )


def _unsent(moment: Moment) -> Select[Any]:
    """The same of what goes out, each channel by itself; what follows another waits for it."""
    earlier = outbox.alias("earlier")
    waits = exists().where(
        earlier.c.conversation_id == outbox.c.conversation_id,
        earlier.c.channel == outbox.c.channel,
        earlier.c.id < outbox.c.id,
        earlier.c.state.in_(_GOING),
    )
    late = [
        and_(outbox.c.channel == channel, outbox.c.not_before < sent_at - PATIENCE_OUT)
        for channel, sent_at in (moment.sent_at or {}).items()
    ]
    return select(outbox.c.id, outbox.c.channel).where(
        outbox.c.state.in_(_GOING), or_(false(), *late), ~waits
    )


QUEUES: Final = (
    Invariant("I22", "what a platform delivered is in no known state", _raw_odd),
    Invariant("I22", "a conversation became part of one that is not there", _merged_nowhere),
    Invariant("I23", "a conversation is held by nobody", _held_by_nobody),
    Invariant("I23", "a message is being sent by nobody", _claimed_by_nobody),
    Invariant("I24", "something was tried too often", _tried_too_often),
    Invariant("I24", "an arrival was passed over", _passed_over),
    Invariant("I24", "a message was passed over", _unsent),
)
