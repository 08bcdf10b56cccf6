"""What arrives together is made durable together, and is counted as if each had come alone."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from actions.adapters.database.conversations import ERASED
from actions.adapters.database.intake import Intake
from actions.adapters.database.schema.messaging import conversations, inbox, messages
from actions.application.arrivals import Arrival, Remembered
from actions.domain.errors import NotFound
from tests.builders import Someone, World


def arrival(world: World, someone: Someone, name: str, channel: str = "webchat") -> Arrival:
    return Arrival(
        channel=channel,
        account="main",
        external_id=name,
        conversation_id=someone.conversation_id,
        area=world.community.root,
        kind="text",
        payload={"text": name},
        at=world.clock.now(),
        text=name,
    )


@asynccontextmanager
async def running(intake: Intake) -> AsyncIterator[None]:
    taking = asyncio.create_task(intake.run())
    try:
        yield
    finally:
        taking.cancel()
        with suppress(asyncio.CancelledError):
            await taking


async def together(world: World, *arrivals: Arrival) -> list[Remembered | BaseException]:
    """They wait before anybody takes in, so that they are one batch."""
    asked = [asyncio.ensure_future(world.intake.remember(each)) for each in arrivals]
    await asyncio.sleep(0)
    async with running(world.intake):
        return await asyncio.gather(*asked, return_exceptions=True)


async def told(world: World, someone: Someone) -> list[tuple[int, str]]:
    query = (
        select(inbox.c.seq, messages.c.text)
        .join(messages, messages.c.inbox_id == inbox.c.id)
        .where(inbox.c.conversation_id == someone.conversation_id, messages.c.seq == inbox.c.seq)
        .order_by(inbox.c.seq)
    )
    async with world.database.read() as conn:
        return [(row.seq, row.text) for row in await conn.execute(query)]


async def test_a_batch_is_numbered_in_the_order_it_came_in_each_conversation(world: World) -> None:
    one, other = await world.resident(), await world.resident()
    mixed = [arrival(world, who, f"{who.id}-{n}") for n in range(4) for who in (other, one)]

    answers = await together(world, *mixed)

    assert [each.seq for each in answers if isinstance(each, Remembered)] == [
        1,
        1,
        2,
        2,
        3,
        3,
        4,
        4,
    ]
    assert await told(world, one) == [(n + 1, f"{one.id}-{n}") for n in range(4)]
    assert await told(world, other) == [(n + 1, f"{other.id}-{n}") for n in range(4)]


async def test_the_next_batch_goes_on_where_the_last_one_ended(world: World) -> None:
    someone = await world.resident()
    await together(world, *(arrival(world, someone, f"a{n}") for n in range(3)))

    await together(world, *(arrival(world, someone, f"b{n}") for n in range(2)))

    assert [seq for seq, _ in await told(world, someone)] == [1, 2, 3, 4, 5]


async def test_one_that_comes_twice_in_a_batch_is_new_once(world: World) -> None:
    someone = await world.resident()
    same, other = arrival(world, someone, "same"), arrival(world, someone, "other")

    first, again, after = await together(world, same, same, other)

    assert isinstance(first, Remembered)
    assert isinstance(after, Remembered)
    assert (first.is_new, after.is_new) == (True, True)
    assert again == replace(first, is_new=False)
    assert await told(world, someone) == [(1, "same"), (2, "other")]


async def test_one_that_was_there_before_leaves_no_gap(world: World) -> None:
    someone = await world.resident()
    (first,) = await together(world, arrival(world, someone, "same"))

    _, again, _ = await together(
        world, *(arrival(world, someone, name) for name in ("before", "same", "after"))
    )

    assert isinstance(first, Remembered)
    assert again == replace(first, is_new=False)
    assert await told(world, someone) == [(1, "same"), (2, "before"), (3, "after")]


async def test_the_same_id_on_another_channel_is_another_arrival(world: World) -> None:
    someone = await world.resident()

    here, there = await together(
        world, arrival(world, someone, "7"), arrival(world, someone, "7", "telegram")
    )

    assert [isinstance(each, Remembered) and each.is_new for each in (here, there)] == [True, True]
    assert await told(world, someone) == [(1, "7"), (2, "7")]


async def test_who_was_forgotten_is_refused_and_harms_nobody_else(world: World) -> None:
    gone, here = await world.resident(), await world.resident()
    async with world.database.write() as conn:
        await conn.execute(
            update(conversations)
            .where(conversations.c.id == gone.conversation_id)
            .values(channel=ERASED)
        )
        await conn.commit()

    refused, taken = await together(
        world, arrival(world, gone, "too late"), arrival(world, here, "in time")
    )

    assert isinstance(refused, NotFound)
    assert isinstance(taken, Remembered)
    assert await told(world, gone) == []
    assert await told(world, here) == [(1, "in time")]


async def test_what_no_database_keeps_spoils_nobody_elses(world: World) -> None:
    someone = await world.resident()
    unkept = replace(arrival(world, someone, "bad"), text="\ud800")

    good, bad = await together(world, arrival(world, someone, "good"), unkept)

    assert isinstance(good, Remembered)
    assert isinstance(bad, Exception)
    assert await told(world, someone) == [(1, "good")]


@pytest.mark.parametrize("round_", range(3))
async def test_two_processes_that_take_the_same_in_keep_it_once(world: World, round_: int) -> None:
    people = [await world.resident() for _ in range(4)]
    arrivals = [arrival(world, who, f"{round_}-{who.id}-{n}") for n in range(5) for who in people]
    theirs = Intake(world.database)

    async with running(world.intake), running(theirs):
        here, there = await asyncio.gather(
            asyncio.gather(*(world.intake.remember(each) for each in arrivals)),
            asyncio.gather(*(theirs.remember(each) for each in reversed(arrivals))),
        )

    by_id = {each.inbox_id: each for each in there}
    assert all(each.seq == by_id[each.inbox_id].seq for each in here)
    assert sum(each.is_new for each in (*here, *there)) == len(arrivals)
    for who in people:
        assert [seq for seq, _ in await told(world, who)] == [1, 2, 3, 4, 5]
