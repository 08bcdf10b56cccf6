"""`Intake`: what comes in is remembered once, in the transcript and the inbox, in one commit."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.conversations import ERASED
from actions.adapters.database.engine import Database
from actions.adapters.database.schema.messaging import conversations, inbox, messages
from actions.application.arrivals import Arrival, Remembered
from actions.domain.errors import NotFound

#: How many arrivals share one commit at most.
BATCH = 64


@dataclass(frozen=True)
class _Waiting:
    arrival: Arrival
    answer: asyncio.Future[Remembered]


class Intake:
    """Group commit: arrivals that wait together are made durable by one fsync."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._queue: asyncio.Queue[_Waiting] = asyncio.Queue(maxsize=4096)

    async def remember(self, arrival: Arrival) -> Remembered:
        """Returns after the commit; the same arrival again returns the same answer."""
        answer: asyncio.Future[Remembered] = asyncio.get_running_loop().create_future()
        await self._queue.put(_Waiting(arrival, answer))
        return await answer

    async def run(self) -> None:
        """Commit batches until cancelled."""
        while True:
            batch = [await self._queue.get()]
            while len(batch) < BATCH and not self._queue.empty():
                batch.append(self._queue.get_nowait())
            await self._settle(batch)

    async def _settle(self, batch: Sequence[_Waiting]) -> None:
        """Make the batch durable; if that fails, each on its own, so that one harms no other."""
        try:
            answers = await self._commit([waiting.arrival for waiting in batch])
        except Exception as error:  # noqa: BLE001  whoever waits must hear of it
            if len(batch) > 1:
                for waiting in batch:
                    await self._settle([waiting])
            elif not batch[0].answer.done():
                batch[0].answer.set_exception(error)
            return
        for waiting, answer in zip(batch, answers, strict=True):
            if not waiting.answer.done():
                waiting.answer.set_result(answer)

    async def _commit(self, arrivals: Sequence[Arrival]) -> list[Remembered]:
        async with self._database.write(first=True) as conn:
            # One order for all batches, so that two processes never wait for each other.
            order = sorted(range(len(arrivals)), key=lambda i: arrivals[i].conversation_id)
            answers = {i: await _remember(conn, arrivals[i]) for i in order}
            await conn.commit()
        return [answers[i] for i in range(len(arrivals))]


async def _remember(conn: AsyncConnection, arrival: Arrival) -> Remembered:
    seq = await _take_seq(conn, arrival)
    inbox_id = await _insert_inbox(conn, arrival, seq)
    if inbox_id is None:
        await _give_seq_back(conn, arrival.conversation_id)
        return await _earlier(conn, arrival)
    told = insert(messages).values(_message(arrival, inbox_id, seq)).returning(messages.c.id)
    message_id = int((await conn.execute(told)).scalar_one())
    return Remembered(inbox_id=inbox_id, message_id=message_id, seq=seq, is_new=True)


async def _take_seq(conn: AsyncConnection, arrival: Arrival) -> int:
    """The next number of the conversation; its row stays locked until the commit.

    Raises:
        NotFound: the person was forgotten while the message was under way.
    """
    result = await conn.execute(
        update(conversations)
        .where(
            conversations.c.id == arrival.conversation_id,
            conversations.c.channel != ERASED,
        )
        .values(
            next_seq=conversations.c.next_seq + 1,
            last_in_at=arrival.at,
            channel=arrival.channel,
            account=arrival.account,
        )
        .returning(conversations.c.next_seq)
    )
    taken = result.scalar_one_or_none()
    if taken is None:
        raise NotFound
    return int(taken) - 1


async def _give_seq_back(conn: AsyncConnection, conversation_id: int) -> None:
    await conn.execute(
        update(conversations)
        .where(conversations.c.id == conversation_id)
        .values(next_seq=conversations.c.next_seq - 1)
    )


async def _insert_inbox(conn: AsyncConnection, arrival: Arrival, seq: int) -> int | None:
    dialect = sqlite if conn.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(inbox).values(
        channel=arrival.channel,
        account=arrival.account,
        external_id=arrival.external_id,
        conversation_id=arrival.conversation_id,
        seq=seq,
        area=arrival.area,
        kind=arrival.kind,
        payload=dict(arrival.payload),
        state="pending",
        not_before=arrival.at,
        received_at=arrival.at,
    )
    once = statement.on_conflict_do_nothing().returning(inbox.c.id)
    return (await conn.execute(once)).scalar_one_or_none()


async def _earlier(conn: AsyncConnection, arrival: Arrival) -> Remembered:
    query = (
        select(inbox.c.id, inbox.c.seq, messages.c.id.label("message_id"))
        .join(messages, messages.c.inbox_id == inbox.c.id)
        .where(
            inbox.c.channel == arrival.channel,
            inbox.c.account == arrival.account,
            inbox.c.external_id == arrival.external_id,
        )
    )
    row = (await conn.execute(query)).one()
    return Remembered(inbox_id=row.id, message_id=row.message_id, seq=row.seq, is_new=False)


def _message(arrival: Arrival, inbox_id: int, seq: int) -> dict[str, Any]:
    return {
        "conversation_id": arrival.conversation_id,
        "seq": seq,
        "area": arrival.area,
        "direction": "in",
        "kind": arrival.shown_as,
        "text": arrival.text,
        "content": dict(arrival.content),
        "inbox_id": inbox_id,
        "at": arrival.at,
    }
