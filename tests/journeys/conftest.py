"""The towns journeys happen in: each is started once a run, when the first journey needs it."""

from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime, timedelta

import pytest

from tests.journeys.town import WEDNESDAY_MORNING, Journey, MovableTown, Town, journey_in
from tests.servers.postgres import PostgresServer
from tests.servers.schema import migrate

Towns = Callable[[str], Town]
A_WEEK = timedelta(weeks=1)


@pytest.fixture(scope="session")
def towns(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Towns]:
    """The town over a database, started when it is first asked for."""
    started: dict[str, Town] = {}

    def town_on(store: str) -> Town:
        if store not in started:
            url = ""
            if store.startswith("postgresql"):
                server: PostgresServer = request.getfixturevalue("postgres_server")
                url = server.clone(migrate)
            door = next((each for each in ("polling", "webhook") if each in store), "web")
            # Telegram is not rung in quiet hours: it is a Wednesday morning there.
            kind = MovableTown if store.endswith("-moved") or door != "web" else Town
            folder = tmp_path_factory.mktemp(f"town-{store}")
            started[store] = town = kind(folder, url, door=door)
            town.start()
        return started[store]

    yield town_on
    for town in started.values():
        town.stop()


WEB = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]
#: For those that are worth it: Telegram's other way of bringing what people say.
EVERY_WAY = [
    *WEB,
    "sqlite-polling",
    pytest.param("postgresql-webhook", marks=pytest.mark.postgres),
]


@pytest.fixture(params=[*WEB, "sqlite-polling"])
def town(request: pytest.FixtureRequest, towns: Towns) -> Town:
    return towns(request.param)


@pytest.fixture
async def journey(town: Town) -> AsyncIterator[Journey]:
    """The same journey on both databases, by the page and through Telegram."""
    async with journey_in(town) as opened:
        yield opened
    assert "Traceback" not in town.said()


@pytest.fixture(params=WEB)
async def web_journey(request: pytest.FixtureRequest, towns: Towns) -> AsyncIterator[Journey]:
    """One about what only the page has."""
    town = towns(request.param)
    async with journey_in(town) as opened:
        yield opened
    assert "Traceback" not in town.said()


@pytest.fixture(params=[*WEB, "sqlite-polling"])
def movable(request: pytest.FixtureRequest, towns: Towns) -> MovableTown:
    """A town whose clock a journey may put forward; each begins on a Wednesday morning of its own."""
    town = towns(f"{request.param}-moved")
    assert isinstance(town, MovableTown)
    town.sets_clock(next_morning(town.now()))
    return town


def next_morning(now: datetime) -> datetime:
    """A Wednesday after whatever earlier journeys have lived through."""
    weeks = max(0, -((WEDNESDAY_MORNING - now) // A_WEEK))
    return WEDNESDAY_MORNING + weeks * A_WEEK


@pytest.fixture
async def long_journey(movable: MovableTown) -> AsyncIterator[Journey]:
    """One that takes days: `movable` lets them go by."""
    async with journey_in(movable) as opened:
        yield opened
    assert "Traceback" not in movable.said()


@pytest.fixture
async def visible_journey(towns: Towns) -> AsyncIterator[Journey]:
    """One that is looked at in a browser, on one database, away from the others.

    An open matter is offered to whoever tells the like: each journey has a place or a kind of its
    own within its town.
    """
    async with journey_in(towns("sqlite-page")) as opened:
        yield opened
