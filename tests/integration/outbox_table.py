"""A small world for delivery tests: people, conversations and rows that are owed."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, select, text, update

from actions.adapters.database.delivery import Delivery
from actions.adapters.database.engine import Database
from actions.adapters.database.outbox import SqlOutbox
from actions.adapters.database.schema.messaging import conversations, messages, outbox
from actions.adapters.database.schema.people import people, push_subscriptions
from actions.application.delivering import DeliveryStore, Due, Shown
from actions.application.notification import Notification, Purpose
from actions.domain.day_span import DaySpan
from actions.domain.identifiers import ConversationId, PersonId, TicketId
from actions.domain.quiet_hours import QuietHours
from bot.channels.webchat.hub import Hub
from bot.delivery.worker import DeliveryWorker
from bot.ports_delivery import Channel, SendOutcome, Sent
from tests.clock import FrozenClock

SHANGHAI = ZoneInfo("Asia/Shanghai")


def span(start: time, end: time) -> DaySpan:
    return DaySpan(start.hour * 60 + start.minute, end.hour * 60 + end.minute)


QUIET = QuietHours(
    timezone=SHANGHAI,
    spans=(span(time(22), time(7)), span(time(12, 30), time(14))),
)


class Tally:
    """Fits `Counts`."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, str]] = []

    def sent(self, channel: str, outcome: str) -> None:
        self.seen.append((channel, outcome))


class PlainWords:
    """Renders the template's own name; the template `broken` cannot be rendered."""

    def show(self, due: Due) -> Shown:
        if due.template == "broken":
            raise ValueError("no such words")
        return Shown(kind="text", text=due.template, content={"push": due.is_push})


class Pigeon:
    """A channel that answers what it is told to and remembers what it carried."""

    def __init__(
        self, answers: Sequence[SendOutcome | Exception] = (), *, name: str = "pigeon"
    ) -> None:
        self.name = name
        self.concurrency = 4
        self.in_order = True
        self.keeps_record = True
        self.carried: list[str] = []
        self.arrived = asyncio.Event()
        self._answers = list(answers)

    async def send(self, due: Due, shown: Shown) -> SendOutcome:
        self.carried.append(shown.text)
        self.arrived.set()
        answer = self._answers.pop(0) if self._answers else Sent()
        if isinstance(answer, Exception):
            raise answer
        return answer


@dataclass
class Neighbourhood:
    """Two doors to one store: what is owed goes in, what became of it comes out."""

    database: Database
    clock: FrozenClock
    hub: Hub = field(default_factory=Hub)
    tally: Tally = field(default_factory=Tally)
    _keys: Any = field(default_factory=lambda: count(1))

    def store(self, owner: str = "one") -> Delivery:
        return Delivery(self.database, owner)

    def worker(
        self, *channels: Channel, store: DeliveryStore | None = None, renderer: Any = None
    ) -> DeliveryWorker:
        return DeliveryWorker(
            store or self.store(),
            renderer or PlainWords(),
            self.hub,
            clock=self.clock,
            quiet_hours=QUIET,
            counts=self.tally,
            channels=channels,
        )

    async def resident(self, channel: str = "webchat") -> tuple[PersonId, ConversationId]:
        number = next(self._keys)
        now = self.clock.now()
        async with self.database.write() as conn:
            person = await conn.execute(
                insert(people)
                .values(participant_id=f"p{number}", locale="zh-CN", area="s/c", created_at=now)
                .returning(people.c.id)
            )
            person_id = PersonId(person.scalar_one())
            talk = await conn.execute(
                insert(conversations)
                .values(
                    person_id=person_id,
                    channel=channel,
                    account="main",
                    sender_key=f"k{number}",
                    area="s/c",
                    created_at=now,
                    last_in_at=now,
                )
                .returning(conversations.c.id)
            )
            conversation_id = ConversationId(talk.scalar_one())
            await conn.commit()
        return person_id, conversation_id

    async def leaves(self, person_id: PersonId, *, until: datetime) -> None:
        async with self.database.write() as conn:
            await conn.execute(
                update(people).where(people.c.id == person_id).values(away_until=until)
            )
            await conn.commit()

    async def owe(self, person_id: PersonId, template: str, **more: Any) -> None:
        notification = Notification(person_id=person_id, template=template, **more)
        async with self.database.write() as conn:
            door = SqlOutbox(conn, self.clock.now())
            await door.add(f"test/{next(self._keys)}", notification, "s/c")
            await conn.commit()

    async def news(self, person_id: PersonId, template: str, version: int, **more: Any) -> None:
        """Status news of ticket 7."""
        await self.owe(
            person_id,
            template,
            purpose=Purpose.PUSH,
            ticket_id=TicketId(7),
            version=version,
            status_news=True,
            **more,
        )

    async def subscribe(self, person_id: PersonId, endpoint: str, keys: Mapping[str, str]) -> int:
        async with self.database.write() as conn:
            made = await conn.execute(
                insert(push_subscriptions)
                .values(
                    person_id=person_id,
                    area="s/c",
                    endpoint=endpoint,
                    keys=dict(keys),
                    created_at=self.clock.now(),
                )
                .returning(push_subscriptions.c.id)
            )
            await conn.commit()
        return int(made.scalar_one())

    async def until_somebody_waits(self, writer: "asyncio.Task[None]") -> None:
        """Until `writer` waits for a row that an open transaction holds."""
        if self.database.is_sqlite:  # has one writer, who waits at the door
            return
        waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
        while not writer.done():
            async with self.database.read() as conn:
                if (await conn.execute(waiting)).scalar_one():
                    return
            await asyncio.sleep(0)

    async def transcript(self, conversation_id: ConversationId) -> list[str]:
        query = (
            select(messages.c.text)
            .where(messages.c.conversation_id == conversation_id)
            .order_by(messages.c.seq)
        )
        async with self.database.read() as conn:
            return list((await conn.execute(query)).scalars())

    async def seqs(self, conversation_id: ConversationId) -> list[int]:
        query = (
            select(messages.c.seq)
            .where(messages.c.conversation_id == conversation_id)
            .order_by(messages.c.seq)
        )
        async with self.database.read() as conn:
            return list((await conn.execute(query)).scalars())

    async def states(self, channel: str = "") -> dict[str, str]:
        """The state of every row by its template."""
        query = select(outbox.c.template, outbox.c.state).order_by(outbox.c.id)
        if channel:
            query = query.where(outbox.c.channel == channel)
        async with self.database.read() as conn:
            return {row.template: row.state for row in await conn.execute(query)}

    async def not_before(self, channel: str) -> list[datetime]:
        query = select(outbox.c.not_before).where(outbox.c.channel == channel)
        async with self.database.read() as conn:
            return [each.astimezone(SHANGHAI) for each in (await conn.execute(query)).scalars()]

    async def forget_leases(self) -> None:
        """As if every lease had run out."""
        async with self.database.write() as conn:
            await conn.execute(update(outbox).values(lease_until=0.0))
            await conn.commit()
