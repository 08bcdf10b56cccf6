"""Long conversations, made quickly: one turn goes the real way, its rows are repeated as they are."""

import itertools
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Table, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from actions.adapters.database.engine import Database
from actions.adapters.database.schema.messaging import (
    conversations,
    effects,
    inbox,
    messages,
    outbox,
    understood,
)
from actions.adapters.database.schema.people import people

Row = Mapping[str, Any]
#: Time between two turns of the past.
APART = timedelta(minutes=1)
AT_ONCE = 2000


class History:
    """The rows of one finished turn, as the path wrote them, and copies of it in the past."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def learn(self, participant_id: str) -> None:
        """Take the last finished turn of this person as the pattern."""
        async with self._database.read() as conn:
            talk = select(conversations.c.id).join(people, people.c.id == conversations.c.person_id)
            number = (
                await conn.execute(talk.where(people.c.participant_id == participant_id))
            ).scalar_one()
            self._arrival = await _last(conn, inbox, inbox.c.conversation_id == number)
            cause = f"inbox:{self._arrival['id']}"
            self._said = await _last(conn, messages, messages.c.inbox_id == self._arrival["id"])
            self._parse = await _last(
                conn, understood, understood.c.inbox_id == self._arrival["id"]
            )
            self._effect = await _last(conn, effects, effects.c.cause == cause)
            self._owed = await _all(conn, outbox, outbox.c.in_reply_to == self._arrival["id"])
            self._shown = await _all(conn, messages, messages.c.in_reply_to == self._arrival["id"])

    @property
    def messages_a_turn(self) -> int:
        return 1 + len(self._shown)

    async def grow(self, participant_ids: Sequence[str], length: int) -> None:
        """Give each of these people's conversations so many messages, turn by turn."""
        async with self._database.write() as conn:
            first = (
                int(
                    (await conn.execute(select(inbox.c.id).order_by(inbox.c.id.desc())))
                    .scalars()
                    .first()
                    or 0
                )
                + 1
            )
            self._numbers = itertools.count(first)
            talks = await _talks(conn, participant_ids)
            for talk in talks:
                await self._fill(conn, talk, length)
            await conn.commit()

    async def _fill(self, conn: AsyncConnection, talk: Row, length: int) -> None:
        rows: dict[Table, list[dict[str, Any]]] = {}
        seq, turns = talk["next_seq"], 0
        while seq + self.messages_a_turn <= length + 1:
            turns += 1
            for table, row in self._turn(talk, next(self._numbers), seq, turns):
                rows.setdefault(table, []).append(row)
            seq += self.messages_a_turn
        for table in (inbox, understood, effects, outbox, messages):
            for start in range(0, len(rows.get(table, [])), AT_ONCE):
                await conn.execute(insert(table), rows[table][start : start + AT_ONCE])
        await conn.execute(
            update(conversations).where(conversations.c.id == talk["id"]).values(next_seq=seq)
        )

    def _turn(
        self, talk: Row, number: int, seq: int, turn: int
    ) -> list[tuple[Table, dict[str, Any]]]:
        """One past turn: the same words, another arrival."""
        at = self._arrival["received_at"] - turn * APART
        here = {"conversation_id": talk["id"]}
        cause = f"inbox:{number}"
        made: list[tuple[Table, dict[str, Any]]] = [
            (inbox, {**self._arrival, **here, "id": number, "seq": seq, "received_at": at,
                     "external_id": f"{talk['participant_id']}:past-{number}"}),
            (understood, {**self._parse, "inbox_id": number, "at": at}),
            (effects, {**self._effect, "cause": cause, "at": at}),
            (messages, {**_new(self._said), **here, "seq": seq, "inbox_id": number, "at": at}),
        ]  # fmt: skip
        for index, (owed, shown) in enumerate(zip(self._owed, self._shown, strict=True)):
            outbox_id = number * 4 + index + OUTBOX_FROM
            made += [
                (outbox, {**owed, **here, "id": outbox_id, "person_id": talk["person_id"],
                          "key": f"{cause}/turn/{index}", "in_reply_to": number, "created_at": at}),
                (messages, {**_new(shown), **here, "seq": seq + 1 + index, "at": at,
                            "outbox_id": outbox_id, "in_reply_to": number}),
            ]  # fmt: skip
        return made


#: Ids of past outbox rows begin here, clear of the ones in use.
OUTBOX_FROM = 1_000_000


def _new(row: Row) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "id"}


async def _last(conn: AsyncConnection, table: Table, condition: Any) -> Row:
    return (await _all(conn, table, condition))[-1]


async def _all(conn: AsyncConnection, table: Table, condition: Any) -> list[Row]:
    found = (await conn.execute(select(table).where(condition))).mappings().all()
    return [dict(row) for row in found]


async def _talks(conn: AsyncConnection, participant_ids: Sequence[str]) -> list[Row]:
    query = (
        select(conversations.c.id, conversations.c.person_id, conversations.c.next_seq)
        .add_columns(people.c.participant_id)
        .join(people, people.c.id == conversations.c.person_id)
        .where(people.c.participant_id.in_(participant_ids))
    )
    return [dict(row) for row in (await conn.execute(query)).mappings()]
