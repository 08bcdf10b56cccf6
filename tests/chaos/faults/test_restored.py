"""An older copy is brought back, and platforms deliver again what came since it was made (B13)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

from actions.adapters.database.schema.messaging import inbox
from actions.bootstrap import back_up, put_back
from actions.domain.ticket import Ticket
from bot.settings import read_settings
from tests.builders import Someone, World, opened
from tests.chaos.faults.houses import comes, taking_in
from tests.clock import FrozenClock


@asynccontextmanager
async def neighbourhood(url: str) -> AsyncIterator[World]:
    """As it is today: what is left out after a restore goes by the true date."""
    clock = FrozenClock()
    clock.set(datetime.now(UTC))
    world = await opened(url, clock)
    async with taking_in(world):
        yield world
    await world.database.close()


async def filed(world: World, resident: Someone) -> Ticket:
    return await world.filed(resident, "BLD01", "BL-45", "扶手松了")


async def test_what_comes_again_is_taken_once_and_no_number_is_given_twice(
    store_url: str, tmp_path: Path
) -> None:
    settings = read_settings({"LINLI_DATA": str(tmp_path), "DATABASE_URL": store_url}).house
    copy = tmp_path / "copy.tar.gz"
    async with neighbourhood(store_url) as world:
        resident = await world.resident("何姨", home="BL-45")
        await comes(world, resident, "update 1")
        before = await filed(world, resident)
        await asyncio.to_thread(back_up, settings, copy)
        await comes(world, resident, "update 2")
        lost = await filed(world, resident)

    await asyncio.to_thread(put_back, settings, copy, over=True)

    async with neighbourhood(store_url) as world:
        resident = replace(resident, world=world)
        again = [await comes(world, resident, f"update {n}") for n in (1, 2, 3, 2, 1)]
        later = await filed(world, resident)
        async with world.database.read() as conn:
            kept = (await conn.execute(select(func.count()).select_from(inbox))).scalar_one()
    assert [each.is_new for each in again] == [False, True, True, False, False]
    assert kept == 3
    assert len({before.number, lost.number, later.number}) == 3
