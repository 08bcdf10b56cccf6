"""The servers the other tests stand on are real, fresh and local."""

import socket
from pathlib import Path

import asyncpg
import pytest
import redis.asyncio
from playwright.async_api import BrowserContext
from playwright.async_api import Error as PlaywrightError

from tests.network_guard import NetworkBlockedError
from tests.servers.memory import scratch_folder
from tests.servers.postgres import PostgresServer
from tests.servers.process import SHARE, free_port
from tests.servers.schema import migrate


async def test_postgres_answers_in_a_database_of_the_tests_own(
    postgres_server: PostgresServer,
) -> None:
    url = postgres_server.create_empty()
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        version = await connection.fetchval("SHOW server_version_num")
        encoding = await connection.fetchval("SHOW server_encoding")
    finally:
        await connection.close()
    postgres_server.drop(url)

    assert (int(version) // 10_000, encoding) == (18, "UTF8")


async def test_a_database_given_back_is_as_good_as_new(postgres_server: PostgresServer) -> None:
    insert = "INSERT INTO people (participant_id, locale, created_at) VALUES ('p', 'en', now())"
    url = postgres_server.lend(migrate)
    first = await _ask(url, f"{insert} RETURNING id")
    postgres_server.give_back(url)

    again = postgres_server.lend(migrate)
    second = await _ask(again, f"{insert} RETURNING id")
    version = await _ask(again, "SELECT count(*) FROM alembic_version")
    postgres_server.give_back(again)

    assert (again, first, second, version) == (url, 1, 1, 1)


async def _ask(url: str, statement: str) -> object:
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        return await connection.fetchval(statement)
    finally:
        await connection.close()


@pytest.mark.parametrize("turn", [1, 2])
async def test_redis_is_empty_for_every_test(redis_url: str, turn: int) -> None:
    async with redis.asyncio.from_url(redis_url) as client:
        before = await client.dbsize()
        await client.set("turn", turn)
        after = await client.dbsize()

    assert (before, after) == (0, 1)


async def test_the_browser_draws_chinese_characters(chromium: BrowserContext) -> None:
    page = await chromium.new_page()
    await page.set_content('<span id="a">邻</span> <span id="b">\U0010fffd</span>')

    width = "node => node.getBoundingClientRect().width"
    drawn = await page.eval_on_selector("#a", width)
    missing = await page.eval_on_selector("#b", width)

    assert drawn > 0
    assert drawn != missing


async def test_the_browser_cannot_leave_this_machine(chromium: BrowserContext) -> None:
    page = await chromium.new_page()

    with pytest.raises(PlaywrightError, match="ERR_PROXY_CONNECTION_FAILED"):
        await page.goto("http://192.0.2.1/")


def test_no_worker_is_given_a_port_of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    given = []
    for worker in ("gw0", "gw1"):
        monkeypatch.setenv("PYTEST_XDIST_WORKER", worker)
        given.append({free_port() for _ in range(50)})

    assert [len(ports) for ports in given] == [50, 50]
    assert given[0] & given[1] == set()


def test_a_port_in_use_is_passed_over() -> None:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", free_port()))
        taken = listening.getsockname()[1]
        given = {free_port() for _ in range(SHARE)}

    assert taken not in given


def test_what_a_killed_run_left_in_memory_is_cleared_away(tmp_path: Path) -> None:
    ours = scratch_folder("linli-x-", tmp_path, room=0)
    left = tmp_path / "linli-x-0-killed"
    left.mkdir()
    another = scratch_folder("linli-x-", tmp_path, room=0)

    assert set(tmp_path.iterdir()) == {ours, another}


def test_without_room_in_memory_files_lie_with_everything_temporary(tmp_path: Path) -> None:
    folder = scratch_folder("linli-x-", tmp_path, room=1 << 60)
    folder.rmdir()

    assert list(tmp_path.iterdir()) == []


def test_a_connection_beyond_this_machine_is_refused(request: pytest.FixtureRequest) -> None:
    from tests.conftest import GUARD  # noqa: PLC0415 - the plug-in, not a second copy

    with socket.socket() as outward, pytest.raises(NetworkBlockedError, match=r"192\.0\.2\.1"):
        outward.connect(("192.0.2.1", 80))

    assert request.config.stash[GUARD].take_attempts() == ["socket.connect 192.0.2.1"]
