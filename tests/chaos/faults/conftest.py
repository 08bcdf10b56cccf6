"""One gateway for all that is thrown at it: it has to stand everything together."""

from collections.abc import AsyncIterator, Iterator

import pytest

from tests.chaos.faults.fortress import Fortress, besieged
from tests.journeys.town import Town


@pytest.fixture(scope="session")
def attacked_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    town = Town(tmp_path_factory.mktemp("fortress"), door="webhook")
    town.start()
    yield town
    town.stop()


@pytest.fixture
async def fortress(attacked_town: Town) -> AsyncIterator[Fortress]:
    async with besieged(attacked_town) as opened:
        yield opened
