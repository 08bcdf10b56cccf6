"""A batch of arrivals as rows: numbered, written, or found when they were there before.

The number of statements does not grow with the batch; that is what makes a crowd cheap to take in.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.conversations import ERASED, MERGED
from actions.adapters.database.schema.messaging import conversations, inbox, messages
from actions.application.arrivals import Arrival, Remembered

Key = tuple[str, str, str]
#: The line of an arrival so old that its words are gone.
_PURGED = 0


class _Numbered(NamedTuple):
    arrival: Arrival
    seq: int

    @property
    def place(self) -> tuple[int, int]:
        return self.arrival.conversation_id, self.seq


def key_of(arrival: Arrival) -> Key:
    """What makes two arrivals the same one."""
    return arrival.channel, arrival.account, arrival.external_id


async def write_arrivals(
    conn: AsyncConnection, arrivals: Sequence[Arrival]
) -> Mapping[Key, Remembered]:
    """What became of each; an arrival is missing whose person was forgotten meanwhile.

    Raises:
        IntegrityError: another process wrote one of them at this very moment.
    """
    talks = await _hold(conn, {arrival.conversation_id for arrival in arrivals})
    found = await _earlier(conn, [each for each in arrivals if each.conversation_id in talks])
    fresh = _numbered(arrivals, talks, found)
    if fresh:
        found.update(await _write(conn, fresh))
        await conn.execute(_MOVED_ON, [_moved_on(talks, each) for each in _last_of_each(fresh)])
    return found


async def _hold(conn: AsyncConnection, wanted: Collection[int]) -> dict[int, int]:
    """The next number of each conversation, whose rows stay locked until the commit.

    In one order for all batches, so that two processes never wait for each other.
    """
    rows = await conn.execute(_HELD, {"wanted": sorted(wanted)})
    return {row.id: row.next_seq for row in rows}


async def _earlier(conn: AsyncConnection, arrivals: Sequence[Arrival]) -> dict[Key, Remembered]:
    keys = [key_of(arrival) for arrival in arrivals]
    if not keys:
        return {}
    channels, accounts, external_ids = (sorted(set(part)) for part in zip(*keys, strict=True))
    rows = await conn.execute(
        _EARLIER, {"channels": channels, "accounts": accounts, "external_ids": external_ids}
    )
    wanted = set(keys)
    return {
        (row.channel, row.account, row.external_id): Remembered(
            inbox_id=row.id, message_id=row.message_id, seq=row.seq, is_new=False
        )
        for row in rows
        if (row.channel, row.account, row.external_id) in wanted
    }


def _numbered(
    arrivals: Sequence[Arrival], talks: dict[int, int], found: Mapping[Key, Remembered]
) -> list[_Numbered]:
    """Those that are new, once each, with their numbers; `talks` moves on with them."""
    fresh: dict[Key, _Numbered] = {}
    for arrival in arrivals:
        key, talk = key_of(arrival), arrival.conversation_id
        if talk in talks and key not in found and key not in fresh:
            fresh[key] = _Numbered(arrival, talks[talk])
            talks[talk] += 1
    return list(fresh.values())


async def _write(conn: AsyncConnection, fresh: Sequence[_Numbered]) -> dict[Key, Remembered]:
    arrived = await conn.execute(_ARRIVED, [_inbox_row(each) for each in fresh])
    inbox_ids = {(row.conversation_id, row.seq): row.id for row in arrived}
    shown = await conn.execute(
        _SHOWN, [_message_row(each, inbox_ids[each.place]) for each in fresh]
    )
    message_ids = {row.inbox_id: row.id for row in shown}
    return {
        key_of(each.arrival): Remembered(
            inbox_id=inbox_ids[each.place],
            message_id=message_ids[inbox_ids[each.place]],
            seq=each.seq,
            is_new=True,
        )
        for each in fresh
    }


def _last_of_each(fresh: Sequence[_Numbered]) -> Collection[Arrival]:
    return {each.arrival.conversation_id: each.arrival for each in fresh}.values()


def _moved_on(talks: Mapping[int, int], arrival: Arrival) -> dict[str, Any]:
    return {
        "talk": arrival.conversation_id,
        "next": talks[arrival.conversation_id],
        "at": arrival.at,
        "by": arrival.channel,
        "under": arrival.account,
    }


def _inbox_row(each: _Numbered) -> dict[str, Any]:
    arrival = each.arrival
    return {
        "channel": arrival.channel,
        "account": arrival.account,
        "external_id": arrival.external_id,
        "conversation_id": arrival.conversation_id,
        "seq": each.seq,
        "area": arrival.area,
        "kind": arrival.kind,
        "payload": dict(arrival.payload),
        "state": "pending",
        "not_before": arrival.at,
        "received_at": arrival.at,
    }


def _message_row(each: _Numbered, inbox_id: int) -> dict[str, Any]:
    arrival = each.arrival
    return {
        "conversation_id": arrival.conversation_id,
        "seq": each.seq,
        "area": arrival.area,
        "direction": "in",
        "kind": arrival.shown_as,
        "text": arrival.text,
        "content": dict(arrival.content),
        "inbox_id": inbox_id,
        "at": arrival.at,
    }


#: Built once: every message of everybody goes through them. Rows that refer to a conversation lock
#: its key while they are written, which must not wait for this lock, nor this for them.
_HELD = (
    select(conversations.c.id, conversations.c.next_seq)
    .where(
        conversations.c.id.in_(bindparam("wanted", expanding=True)),
        conversations.c.channel.not_in([ERASED, MERGED]),
    )
    .order_by(conversations.c.id)
    .with_for_update(key_share=True)
)
_EARLIER = (
    select(inbox.c.channel, inbox.c.account, inbox.c.external_id, inbox.c.id, inbox.c.seq)
    .add_columns(func.coalesce(messages.c.id, _PURGED).label("message_id"))
    .outerjoin(messages, messages.c.inbox_id == inbox.c.id)
    .where(
        inbox.c.channel.in_(bindparam("channels", expanding=True)),
        inbox.c.account.in_(bindparam("accounts", expanding=True)),
        inbox.c.external_id.in_(bindparam("external_ids", expanding=True)),
    )
)
_ARRIVED = insert(inbox).returning(inbox.c.id, inbox.c.conversation_id, inbox.c.seq)
_SHOWN = insert(messages).returning(messages.c.id, messages.c.inbox_id)
_MOVED_ON = (
    update(conversations)
    .where(conversations.c.id == bindparam("talk"))
    .values(
        next_seq=bindparam("next"),
        last_in_at=bindparam("at"),
        channel=bindparam("by"),
        account=bindparam("under"),
    )
)
