"""Fixtures every test may ask for: databases, Redis, a browser, a clock; and no network.

Each test has an event loop of its own (`asyncio_default_*_loop_scope = function` in
pyproject.toml), so nothing a test forgets can reach the next one. What is expensive is therefore a
process outside the loop, started once in each worker of a run and kept by a synchronous session
fixture; each test connects to it anew.
"""

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, async_playwright

from tests.clock import FrozenClock
from tests.network_guard import NetworkGuard
from tests.servers.chromium import ChromiumServer
from tests.servers.compiled import SharedStatements
from tests.servers.memory import scratch_folder
from tests.servers.postgres import PostgresServer
from tests.servers.redis import RedisServer
from tests.servers.schema import migrate, migrated_sqlite_file

GUARD = pytest.StashKey[NetworkGuard]()
BY_FIXTURE = {"postgres_server": "postgres", "chromium_server": "browser"}


def pytest_configure(config: pytest.Config) -> None:
    guard = NetworkGuard()
    guard.install()
    config.stash[GUARD] = guard
    SharedStatements().install(pytest.MonkeyPatch())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for fixture, marker in BY_FIXTURE.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(marker)


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that tried to leave this machine, even if its code hid the error."""
    guard = request.config.stash[GUARD]
    guard.take_attempts()
    yield
    attempts = guard.take_attempts()
    assert attempts == [], f"reached for the network: {attempts}"


@pytest.fixture
def frozen_clock() -> FrozenClock:
    return FrozenClock()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    server = PostgresServer()
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return migrated_sqlite_file(tmp_path_factory.mktemp("template") / "linli.db")


@pytest.fixture(scope="session")
def sqlite_folder() -> Iterator[Path]:
    folder = scratch_folder("linli-sqlite-")
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def sqlite_url(sqlite_template: Path, sqlite_folder: Path) -> Iterator[str]:
    """A migrated SQLite file of the test's own: in memory, or each commit would wait for the disk."""
    folder = Path(tempfile.mkdtemp(dir=sqlite_folder))
    yield f"sqlite+aiosqlite:///{shutil.copy(sqlite_template, folder / 'linli.db')}"
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """A migrated PostgreSQL database of the test's own."""
    url = postgres_server.clone(migrate)
    yield url
    postgres_server.drop(url)


@pytest.fixture
def lent_postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The same for tests that leave the schema as it is."""
    url = postgres_server.lend(migrate)
    yield url
    postgres_server.give_back(url)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest) -> str:
    """The same test on both databases."""
    name = "sqlite_url" if request.param == "sqlite" else "lent_postgres_url"
    url: str = request.getfixturevalue(name)
    return url


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    server = RedisServer()
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture
def redis_url(redis_server: RedisServer) -> str:
    """An empty Redis."""
    redis_server.empty()
    return redis_server.url


@pytest.fixture(scope="session")
def chromium_server() -> Iterator[ChromiumServer]:
    server = ChromiumServer()
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture
async def browser(chromium_server: ChromiumServer) -> AsyncIterator[Browser]:
    """The worker's Chromium, for tests that need several people at once: `browser.new_context()`."""
    async with async_playwright() as playwright:
        connected = await playwright.chromium.connect_over_cdp(chromium_server.endpoint)
        yield connected
        await connected.close()


@pytest.fixture
async def chromium(browser: Browser) -> AsyncIterator[BrowserContext]:
    """One person's browser: cookies and storage of its own, a Chinese locale, a phone's width."""
    context = await browser.new_context(
        locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": 390, "height": 844}
    )
    context.set_default_timeout(10_000)
    yield context
    await context.close()
