"""What the console asks at every page finds its rows by an index, however full the house."""

from collections.abc import AsyncIterator

import pytest

from actions.adapters.database.audit import SqlTrail
from actions.adapters.database.condition import SqlCondition
from actions.adapters.database.console_accounts import SqlConsoleAccounts
from actions.adapters.database.console_people import SqlConsolePeople
from actions.adapters.database.dead_letters import SqlDeadLetters
from tests.builders import World, opened
from tests.clock import FrozenClock
from tests.integration.full_house import fill
from tests.integration.test_plans import ROWS, noting, scans


@pytest.fixture
async def full(store_url: str, frozen_clock: FrozenClock) -> AsyncIterator[World]:
    """Rows for the planner, not for readers."""
    house = await opened(store_url, frozen_clock)
    await fill(house, ROWS)
    yield house
    await house.database.close()


async def every_page(world: World) -> None:
    street = world.community.root.partition("/")[0]
    accounts = SqlConsoleAccounts(world.database, world.clock, world.community)
    await accounts.find("nobody's")
    await accounts.invited("nobody's")
    await accounts.known("nobody")
    people = SqlConsolePeople(world.database, world.clock)
    await people.page([street], words="", role="", after="", limit=50)
    await people.page([street], words="梅", role="GWF", after="p_x", limit=50)
    await people.one("p_x")
    letters = SqlDeadLetters(world.database, world.clock, world.community)
    await letters.counts(most=500)
    for kind in ("out", "in", "raw"):
        await letters.list(kind, before=0, limit=50)  # type: ignore[arg-type]
        await letters.list(kind, before=10_000, limit=50)  # type: ignore[arg-type]
        await letters.open(kind, 7)  # type: ignore[arg-type]
    await SqlTrail(world.database, world.clock, world.community).rows(before=0, limit=50)
    await SqlCondition(world.database).now()


async def test_no_page_of_the_console_goes_through_a_whole_table(full: World) -> None:
    with noting(full) as asked:
        await every_page(full)

    assert not (scanned := await scans(full, asked)), "\n".join(scanned)
    assert len(asked) > 12
