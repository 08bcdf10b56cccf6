"""`Intake`: what comes in is remembered once, in the transcript and the inbox, in one commit."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from actions.adapters.database.arriving import Key, key_of, write_arrivals
from actions.adapters.database.conversations import MERGED
from actions.adapters.database.engine import Database
from actions.adapters.database.schema.messaging import conversations
from actions.application.arrivals import Arrival, Remembered
from actions.domain.errors import NotFound, StoreAway, StoreBroken
from actions.domain.identifiers import ConversationId
from actions.failpoints import failpoint

#: How many arrivals share one commit at most.
BATCH = 128
#: So many that share one commit are a crowd, and seconds for which it is taken to last.
CROWD, LASTS = 6, 0.5
#: Seconds somebody waits to hear that it is kept, and between two tries of a store that is away.
PATIENCE, AGAIN = 4.0, 0.05


@dataclass(frozen=True)
class _Waiting:
    arrival: Arrival
    answer: asyncio.Future[Remembered]


class Intake:
    """Group commit: arrivals that wait together are made durable by one fsync."""

    def __init__(self, database: Database, *, patience: float = PATIENCE) -> None:
        self._database = database
        self._patience = patience
        self._queue: asyncio.Queue[_Waiting] = asyncio.Queue(maxsize=4096)
        self._crowded_until = 0.0

    @property
    def is_crowded(self) -> bool:
        """Whether many wait to hear that they are kept, so that other work should make room."""
        return time.monotonic() < self._crowded_until

    async def remember(self, arrival: Arrival) -> Remembered:
        """Returns after the commit; the same arrival again returns the same answer.

        Raises:
            NotFound: the person was forgotten while the message was under way.
            StoreAway: the store did not say in time that it is kept; perhaps it is.
        """
        answer: asyncio.Future[Remembered] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(self._patience):
                await self._queue.put(_Waiting(arrival, answer))
                return await answer
        except TimeoutError as error:
            raise StoreAway("intake") from error

    async def run(self) -> None:
        """Commit batches until cancelled."""
        while True:
            batch = [await self._queue.get()]
            while len(batch) < BATCH and not self._queue.empty():
                batch.append(self._queue.get_nowait())
            if len(batch) >= CROWD:
                self._crowded_until = time.monotonic() + LASTS
            await self._settle(batch)

    async def _settle(self, batch: Sequence[_Waiting]) -> None:
        """Make the batch durable; if that fails, each on its own, so that one harms no other.

        While the store is away it is nobody's fault: all are tried again while somebody waits.
        """
        try:
            written = await self._commit([waiting.arrival for waiting in batch])
        except StoreBroken as error:
            for waiting in batch:
                _refuse(waiting, error)
            raise  # the process ends; whoever waits asks the next one
        except StoreAway:
            await asyncio.sleep(AGAIN)
            if still := [waiting for waiting in batch if not waiting.answer.done()]:
                await self._settle(still)
        except Exception:  # noqa: BLE001  whoever is at fault hears of it when alone
            for waiting in batch:
                await self._settle_alone(waiting)
        else:
            _tell(batch, written)

    async def _settle_alone(self, waiting: _Waiting) -> None:
        """Also the second try of one that another process wrote at the same moment."""
        try:
            written = await self._commit([waiting.arrival])
        except Exception as error:  # noqa: BLE001  whoever waits must hear of it
            _refuse(waiting, error)
        else:
            _tell([waiting], written)

    async def _commit(self, arrivals: Sequence[Arrival]) -> Mapping[Key, Remembered]:
        async with self._database.write(first=True) as conn:
            written = await write_arrivals(conn, arrivals)
            failpoint("intake.inserted")
            await conn.commit()
        failpoint("intake.committed")
        left = [arrival for arrival in arrivals if key_of(arrival) not in written]
        moved = await self._moved(left) if left else []
        return {**written, **(await self._commit(moved) if moved else {})}

    async def _moved(self, arrivals: Sequence[Arrival]) -> list[Arrival]:
        """Those of conversations that became part of another meanwhile, as that one's."""
        talks = select(conversations.c.id, conversations.c.account).where(
            conversations.c.id.in_({arrival.conversation_id for arrival in arrivals}),
            conversations.c.channel == MERGED,
        )
        async with self._database.read() as conn:
            became = {row.id: ConversationId(int(row.account)) for row in await conn.execute(talks)}
        return [
            replace(arrival, conversation_id=became[arrival.conversation_id])
            for arrival in arrivals
            if arrival.conversation_id in became
        ]


def _refuse(waiting: _Waiting, error: Exception) -> None:
    if not waiting.answer.done():
        waiting.answer.set_exception(error)


def _tell(batch: Sequence[_Waiting], written: Mapping[Key, Remembered]) -> None:
    """The first to bring an arrival brought something new; whoever repeats it did not."""
    told: set[Key] = set()
    for waiting in batch:
        key = key_of(waiting.arrival)
        answer = written.get(key)
        if waiting.answer.done():
            continue
        if answer is None:
            waiting.answer.set_exception(NotFound())
        else:
            waiting.answer.set_result(replace(answer, is_new=answer.is_new and key not in told))
            told.add(key)
