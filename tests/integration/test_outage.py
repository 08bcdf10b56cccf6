"""E7, E8: after a long outage the newest news reaches everybody, and one way does not wait for another."""

import tracemalloc
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from actions.adapters.database.engine import Database
from actions.adapters.database.schema.messaging import conversations, outbox
from actions.adapters.database.schema.people import people
from actions.application.delivering import Due, Shown
from bot.ports_delivery import Later, SendOutcome, Sent
from tests.clock import FrozenClock
from tests.integration.outbox_table import SHANGHAI, Neighbourhood, Pigeon

STEPS = ("accepted", "in progress", "scheduled", "postponed", "resolved")
#: Bytes the draining of any backlog may need at once: it takes rows by the handful.
ROOM = 32 * 1024 * 1024


@pytest.fixture
async def street(store_url: str, frozen_clock: FrozenClock) -> AsyncIterator[Neighbourhood]:
    frozen_clock.set(datetime(2026, 11, 20, 9, 0, tzinfo=SHANGHAI))
    database = Database(store_url)
    yield Neighbourhood(database, frozen_clock)
    await database.close()


class Flock(Pigeon):
    """Carries many at once, and knows the most that were under way."""

    def __init__(self) -> None:
        super().__init__()
        self.concurrency = 24
        self.told: dict[int, list[str]] = {}

    async def send(self, due: Due, shown: Shown) -> SendOutcome:
        self.told.setdefault(due.person_id, []).append(shown.text)
        return Sent()


async def backlog(street: Neighbourhood, residents: int) -> None:
    """So many people, each with a matter that went through every step while nothing was sent."""
    li, talk = await street.resident("pigeon")
    await street.news(li, STEPS[0], version=1)
    async with street.database.write() as conn:
        row = dict((await conn.execute(select(outbox))).mappings().one())
        person = dict((await conn.execute(select(people))).mappings().one())
        spoken = dict((await conn.execute(select(conversations))).mappings().one())
        for begin in range(1, residents, 500):
            share = range(begin, min(begin + 500, residents))
            await conn.execute(
                insert(people),
                [person | {"id": li + n, "participant_id": f"many-{n}"} for n in share],
            )
            await conn.execute(
                insert(conversations),
                [
                    spoken | {"id": talk + n, "person_id": li + n, "sender_key": f"many-{n}"}
                    for n in share
                ],
            )
        del row["id"]
        steps = [
            steps_of(row, person_id=li + n, conversation_id=talk + n, ticket_id=7 + n)
            for n in range(residents)
        ]
        rows = [each for several in steps for each in several][1:]
        for begin in range(0, len(rows), 500):
            await conn.execute(insert(outbox), rows[begin : begin + 500])
        await conn.commit()


def steps_of(row: dict[str, Any], **whose: int) -> list[dict[str, Any]]:
    return [
        row
        | whose
        | {"key": f"{whose['person_id']}/{version}", "version": version, "template": words}
        for version, words in enumerate(STEPS, 1)
    ]


async def drains(street: Neighbourhood, residents: int) -> None:
    await backlog(street, residents)
    street.clock.advance(timedelta(hours=6))
    flock = Flock()
    worker = street.worker(flock)

    tracemalloc.start()
    await worker.catch_up()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(flock.told) == residents
    assert {tuple(told) for told in flock.told.values()} == {("resolved",)}
    async with street.database.read() as conn:
        states = select(outbox.c.state, func.count()).group_by(outbox.c.state)
        counted = dict(list(await conn.execute(states)))
    assert counted == {"sent": residents, "superseded": residents * (len(STEPS) - 1)}
    assert most < ROOM


async def test_a_backlog_drains_to_the_newest_news_of_each_matter(street: Neighbourhood) -> None:
    await drains(street, 120)


@pytest.mark.chaos
async def test_a_hundred_thousand_pushes_drain_in_flat_memory(street: Neighbourhood) -> None:
    await drains(street, 20_000)


async def test_what_one_way_cannot_take_another_takes_all_the_same(street: Neighbourhood) -> None:
    """Each destination has a row of its own: none counts as told because another was."""
    li, _ = await street.resident("pigeon")
    wang, _ = await street.resident("dove")
    for person in (li, wang):
        await street.news(person, "resolved", version=3)
    pigeon, dove = Pigeon([Later(reason="down")] * 3), Pigeon(name="dove")
    worker = street.worker(pigeon, dove)

    await worker.catch_up()
    assert (dove.carried, len(pigeon.carried)) == (["resolved"], 1)
    for _ in range(3):
        street.clock.advance(timedelta(minutes=16))
        await worker.catch_up()

    assert dove.carried == ["resolved"]
    assert pigeon.carried == ["resolved"] * 4
    assert set((await street.states()).values()) == {"sent"}
