"""H1, H2, H3: clocks that jump, disagree and turn over; nobody waits for one to catch up."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from actions.adapters.database.received import SqlReceived
from actions.adapters.database.turns import Turns
from actions.domain.people import Role
from tests.builders import Someone, World

TEN_MINUTES = timedelta(minutes=10)


async def order(world: World, someone: Someone) -> list[str]:
    """The texts in the order their turns would come."""
    turns, found = Turns(world.database, "a:1:x"), []
    lease = await turns.take(someone.conversation_id)
    assert lease is not None
    while work := await turns.next(someone.conversation_id, world.clock.now()):
        found.append(work.payload["text"])
        async with world.database.write() as conn:
            await conn.exec_driver_sql(
                f"UPDATE inbox SET state = 'done' WHERE id = {work.inbox_id}"
            )
            await conn.commit()
    await turns.release(lease)
    return found


@pytest.mark.parametrize(
    "jumps",
    [(60, -120, 0, 60), (1, -1, 1, -1, 1, -1), (-120, -120, -120), (0, 600, -600, 30)],
    ids=["an hour on, two back", "strobe", "back and back", "ten hours"],
)
async def test_who_wrote_first_is_heard_first_however_the_clock_jumps(
    world: World, jumps: Sequence[int]
) -> None:
    resident = await world.resident()
    said = [f"第{number}句" for number in range(len(jumps) + 1)]
    for text, minutes in zip(said, (*jumps, 0), strict=True):
        await world.arrives(resident, text)
        world.clock.advance(timedelta(minutes=minutes))

    assert await order(world, resident) == said


async def test_what_came_before_the_clock_was_set_back_does_not_wait(world: World) -> None:
    resident = await world.resident()
    await world.arrives(resident, "第一句")
    world.clock.advance(-timedelta(hours=2))
    turns = Turns(world.database, "a:1:x")

    assert await turns.waiting(world.clock.now()) == [resident.conversation_id]
    assert await order(world, resident) == ["第一句"]


async def test_a_gateway_behind_goes_on_for_one_that_was_ahead_and_steals_no_lease(
    world: World,
) -> None:
    """Leases are told by the clock of the database, which is one for both."""
    resident = await world.resident()
    await world.arrives(resident, "第一句")
    ahead, behind = Turns(world.database, "a:1:x"), Turns(world.database, "b:1:y")
    late = world.clock.now() - TEN_MINUTES

    lease = await ahead.take(resident.conversation_id)
    assert lease is not None
    assert await behind.waiting(late) == []
    assert await behind.take(resident.conversation_id) is None
    work = await ahead.next(resident.conversation_id, world.clock.now())
    assert work is not None
    await ahead.park(work, lease, world.clock.now(), timedelta(seconds=3))
    await ahead.release(lease)

    assert await behind.waiting(late) == [resident.conversation_id]
    assert await behind.next(resident.conversation_id, late) is not None


async def test_an_update_taken_by_a_gateway_ahead_is_read_by_one_behind(world: World) -> None:
    ahead = SqlReceived(world.database, "a:1:x")
    await ahead.keep("telegram", "7", [("1", "1001", "{}")], world.clock.now())

    behind = SqlReceived(world.database, "b:1:y")
    found = await behind.claim("telegram", world.clock.now() - TEN_MINUTES, limit=5, lease=75.0)

    assert [each.external_id for each in found] == ["1"]
    assert await ahead.claim("telegram", world.clock.now(), limit=5, lease=75.0) == []


#: The last second of a day in Shanghai, and what the tickets of it and of the next day are called.
TURNS_OF_DAYS = [
    ("2027-02-28T15:59:59", "270228", "270301"),
    ("2028-02-28T15:59:59", "280228", "280229"),
    ("2028-02-29T15:59:59", "280229", "280301"),
    ("2026-12-31T15:59:59", "261231", "270101"),
    ("2038-01-19T03:14:07", "380119", "380119"),
    ("2099-12-31T15:59:59", "991231", "000101"),
]


@pytest.mark.parametrize(("moment", "day", "next_day"), TURNS_OF_DAYS)
async def test_a_ticket_is_of_its_day_in_shanghai(
    world: World, moment: str, day: str, next_day: str
) -> None:
    world.clock.set(datetime.fromisoformat(moment).replace(tzinfo=UTC))
    resident = await world.resident()

    last = await world.filed(resident, "BLD01", "BL-45", "扶手松了")
    world.clock.advance(timedelta(seconds=1))
    first = await world.filed(resident, "GRN01", "BL-45", "草太长了")

    assert re.match(rf"LL-{day}-\d{{4}}-[A-Z]$", last.number)
    assert re.match(rf"LL-{next_day}-\d{{4}}-[A-Z]$", first.number)
    assert last.settle_due_at is not None
    assert last.settle_due_at > last.filed_at


async def test_no_number_comes_twice_when_a_day_comes_twice(world: World) -> None:
    resident = await world.resident()
    numbers = []
    for step in (0, 24, -24, -48, 24, 0):
        world.clock.advance(timedelta(hours=step))
        matter = await world.filed(resident, "BLD01", "BL-45", f"扶手{len(numbers)}松了")
        numbers.append(matter.number)

    assert len(set(numbers)) == len(numbers)


async def test_after_six_hours_asleep_everything_is_due_once(world: World) -> None:
    """H4: whatever came due meanwhile happens, and happens once, however often one looks."""
    resident = await world.resident()
    await world.worker("网格员", Role.GWF, "G3")
    await world.filed(resident, "BLD01", "BL-45", "扶手松了")
    world.clock.advance(timedelta(hours=6))

    while await world.tick():
        pass
    told = await world.everything_said()
    assert await world.tick() == 0
    again = await world.everything_said()

    assert len(again) == len(told)
