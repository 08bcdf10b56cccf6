"""Who could take a ticket: live grants, load, duty hours and absence, as the database knows them."""

from datetime import timedelta

from sqlalchemy import update

from actions.adapters.database.schema.people import people
from actions.domain.dispatch import Candidate
from actions.domain.people import Role
from tests.builders import World


async def candidates(world: World) -> list[Candidate]:
    async with world.reading() as uow:
        return list(await uow.people.candidates(world.clock.now()))


async def test_a_roster_entry_lends_skills_cap_and_hours(world: World) -> None:
    leader = await world.worker("小谢", Role.VOL, "LJ", roster_key="vol-1")

    (candidate,) = await candidates(world)

    entry = world.community.roster["vol-1"]
    assert candidate.person_id == leader.id
    assert candidate.areas == {world.community.root}
    assert (candidate.skills, candidate.load_cap) == (entry.skills, entry.load_cap)
    assert not candidate.on_duty, "the evening shift has not begun"
    world.clock.advance(timedelta(hours=5))
    (candidate,) = await candidates(world)
    assert candidate.on_duty


async def test_one_row_for_each_role_with_all_its_areas(world: World) -> None:
    await world.worker("阿梅", Role.GWF, "G3", "G4")

    (candidate,) = await candidates(world)

    paths = {world.community.path(code) for code in ("G3", "G4")}  # type: ignore[arg-type]
    assert candidate.areas == paths


async def test_residents_and_captains_take_no_tickets(world: World) -> None:
    await world.worker("坤叔", Role.CAP, "BL-45")
    await world.worker("何姨", Role.RES, "BL-45")

    assert await candidates(world) == []


async def test_what_waits_for_the_reporter_is_no_load(world: World) -> None:
    worker = await world.worker("阿梅", Role.GWF, "G3")
    resident = await world.resident()
    await world.filed(resident, "NOI01")
    await worker.presses("button_accept")
    await world.filed(resident, "NOI01", "BL-44")
    assert [candidate.load for candidate in await candidates(world)] == [2]

    await worker.presses("button_ask_reporter")
    await worker.answers("是几楼？")

    assert [candidate.load for candidate in await candidates(world)] == [1]


async def test_who_was_revoked_or_erased_is_gone(world: World) -> None:
    revoked = await world.worker("阿梅", Role.GWF, "G3")
    erased = await world.worker("小陈", Role.GWF, "G3")
    await world.revoke(revoked)
    async with world.database.write() as conn:
        await conn.execute(
            update(people).where(people.c.id == erased.id).values(erased_at=world.clock.now())
        )
        await conn.commit()

    assert await candidates(world) == []


async def test_an_absence_ends_by_itself(world: World) -> None:
    until = world.clock.now() + timedelta(days=1)
    await world.worker("阿梅", Role.GWF, "G3", away_until=until)
    assert [candidate.away for candidate in await candidates(world)] == [True]

    world.clock.advance(timedelta(days=1))

    assert [candidate.away for candidate in await candidates(world)] == [False]
