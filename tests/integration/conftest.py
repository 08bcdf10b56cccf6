"""The neighbourhood most of these tests happen in."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.builders import World, closed, opened
from tests.clock import FrozenClock
from tests.integration.lifecycle_doors import Doors
from tests.integration.web_house import House, opened_house


@pytest.fixture
async def world(store_url: str, frozen_clock: FrozenClock) -> AsyncIterator[World]:
    """An empty neighbourhood on a Monday at half past two; at the end every text is checked."""
    frozen_clock.set(frozen_clock.now().replace(hour=6, minute=30))
    neighbourhood = await opened(store_url, frozen_clock)
    yield neighbourhood
    await closed(neighbourhood)


@pytest.fixture
async def house(world: World, tmp_path: Path) -> AsyncIterator[House]:
    """The same neighbourhood behind its web chat."""
    async with opened_house(world, tmp_path / "media") as opened_one:
        yield opened_one


@pytest.fixture
async def doors(store_url: str, frozen_clock: FrozenClock) -> AsyncIterator[Doors]:
    """Emergencies wait for a yes here, so that a ticket can be seen before it is dispatched."""
    frozen_clock.set(frozen_clock.now().replace(hour=6, minute=30))
    world = await opened(store_url, frozen_clock, life_at_risk_alerts_without_consent=False)
    yield await Doors.opened(world)
    await closed(world)
