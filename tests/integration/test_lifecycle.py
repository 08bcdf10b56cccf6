"""What opens, closes; and a part that dies takes the process with it."""

import asyncio
import logging
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import ClientSession

from actions.bootstrap import HouseError
from bot.app import LIFECYCLE, create_app
from bot.gateway.watch import Watch
from bot.launcher.doorway import take_port
from bot.launcher.serving import serve
from bot.launcher.stopping import Stop
from bot.lifecycle import WatchedVitals
from bot.settings import Settings, read_settings
from tests.servers.process import free_port


def settings_in(folder: Path, **more: str) -> Settings:
    port = str(free_port())
    rasa = "http://127.0.0.1:9"
    return read_settings(
        {"LINLI_DATA": str(folder), "LINLI_PORT": port, "LINLI_RASA_URL": rasa, **more}
    )


def other_tasks() -> set[str]:
    return {task.get_name() for task in asyncio.all_tasks() if task is not asyncio.current_task()}


async def test_after_a_stop_no_task_and_no_listener_is_left(tmp_path: Path) -> None:
    settings, stop = settings_in(tmp_path), Stop()
    app = create_app(settings)
    opened = asyncio.Event()

    async def note(_app: object) -> None:
        opened.set()

    with take_port(settings) as door:
        serving = asyncio.create_task(serve(app, door, stop, note))
        await opened.wait()
        assert {"intake", "delivery", "turns", "timers"} <= other_tasks()
        stop._event.set()
        assert await serving == 0

    assert other_tasks() == set()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", settings.port), timeout=1)


@pytest.mark.parametrize("name", ["intake", "delivery", "turns", "timers"])
async def test_a_dead_task_is_told_and_ends_the_process(
    tmp_path: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    settings = settings_in(tmp_path)
    app = create_app(settings)

    async def kill(_app: object) -> None:
        [victim] = [task for task in asyncio.all_tasks() if task.get_name() == name]
        victim.cancel()

    with take_port(settings) as door:
        assert await serve(app, door, Stop(), kill) == 1

    assert app[LIFECYCLE].watch.dead == (name,)
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.CRITICAL]


async def test_with_a_dead_task_the_house_is_not_ready() -> None:
    watch = Watch()
    vitals = WatchedVitals(Healthy(), watch)
    await vitals.check(datetime.now(UTC))

    async with watch.over("short", asyncio.sleep(0), limit=1):
        await watch.wait_for_death()

    with pytest.raises(RuntimeError, match="short"):
        await vitals.check(datetime.now(UTC))


class Healthy:
    async def check(self, now: datetime) -> None: ...

    async def inbox_waiting(self) -> int:
        return 0


async def test_what_opened_before_a_failure_is_closed(tmp_path: Path) -> None:
    taken = socket.create_server(("127.0.0.1", 0))
    settings = settings_in(tmp_path, LINLI_ACTIONS_PORT=str(taken.getsockname()[1]))
    with take_port(settings) as door, pytest.raises(HouseError, match="in use"):
        await serve(create_app(settings), door, Stop())

    assert other_tasks() == set()
    taken.close()


async def test_a_wrong_community_is_told_before_anything_opens(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, LINLI_COMMUNITY=str(tmp_path / "nowhere.yml"))
    with take_port(settings) as door, pytest.raises(HouseError, match=r"nowhere\.yml"):
        await serve(create_app(settings), door, Stop())

    assert not (tmp_path / "linli.db").exists()


async def test_the_page_is_served_at_once(tmp_path: Path) -> None:
    settings, stop = settings_in(tmp_path), Stop()

    async def look(_app: object) -> None:
        async with ClientSession() as http, http.get(settings.address) as page:
            assert (page.status, page.content_type) == (200, "text/html")
        stop._event.set()

    with take_port(settings) as door:
        assert await asyncio.wait_for(serve(create_app(settings), door, stop, look), 10) == 0
