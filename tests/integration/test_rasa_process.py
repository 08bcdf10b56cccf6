"""Rasa as a child: watched, started again, and never left behind."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.conversation.child import reap
from bot.conversation.rasa_client import RasaConversation
from bot.conversation.rasa_process import RasaPlan, RasaProcess, free_port

SERVE = """
import argparse, http.server, os, time
from pathlib import Path

options = argparse.ArgumentParser()
options.add_argument("--model"), options.add_argument("--port", type=int)
options = options.parse_args()
notes = Path(options.model).parent
(notes / "environment").write_text("\\n".join(f"{k}={v}" for k, v in os.environ.items()))
(notes / "pids").open("a").write(f"{os.getpid()}\\n")


class Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        while (notes / "hang").exists():
            time.sleep(0.05)
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


http.server.HTTPServer(("127.0.0.1", options.port), Answers).serve_forever()
"""

KEEPER = """
import asyncio, sys
from tests.integration.test_rasa_process import keep, plan_in
from pathlib import Path
asyncio.run(keep(plan_in(Path(sys.argv[1]))))
"""


def plan_in(folder: Path) -> RasaPlan:
    (folder / "nlu").mkdir(exist_ok=True)
    (folder / "nlu" / "__init__.py").touch()
    (folder / "nlu" / "serve.py").write_text(SERVE)
    return RasaPlan(
        python=Path(sys.executable), model=folder / "model.tar.gz", root=folder,
        port=free_port(), folder=folder, variables={**os.environ, "WECHAT_SECRET": "not for Rasa"},
    )  # fmt: skip


async def keep(plan: RasaPlan) -> None:
    async with ClientSession() as http:
        conversation = RasaConversation(http, plan.url, b"key")
        await RasaProcess(plan, "http://actions", conversation.is_ready, poll=0.1).run()


async def pids(folder: Path, count: int) -> list[int]:
    """The children so far, once there are so many."""
    async with asyncio.timeout(20):
        while len(found := written(folder)) < count:  # noqa: ASYNC110  another process writes
            await asyncio.sleep(0.05)
    return found


def written(folder: Path) -> list[int]:
    file = folder / "pids"
    return [int(line) for line in file.read_text().split()] if file.exists() else []


async def ended(pid: int) -> None:
    async with asyncio.timeout(10):
        while lives(pid):  # noqa: ASYNC110  another process ends
            await asyncio.sleep(0.02)


def lives(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.fixture
async def keeper(tmp_path: Path) -> AsyncIterator["asyncio.Task[None]"]:
    task = asyncio.create_task(keep(plan_in(tmp_path)))
    yield task
    task.cancel()
    await asyncio.wait({task})


async def test_it_ends_with_its_keeper(tmp_path: Path, keeper: "asyncio.Task[None]") -> None:
    [child] = await pids(tmp_path, 1)
    assert (tmp_path / "rasa.pid").read_text() == str(child)

    keeper.cancel()
    await asyncio.wait({keeper})

    assert not lives(child)
    assert not (tmp_path / "rasa.pid").exists()


async def test_it_is_started_again_when_it_dies(
    tmp_path: Path, keeper: "asyncio.Task[None]"
) -> None:
    [first] = await pids(tmp_path, 1)

    os.kill(first, signal.SIGKILL)

    assert len(await pids(tmp_path, 2)) == 2
    assert not keeper.done()


async def test_it_is_started_again_when_it_hangs(
    tmp_path: Path, keeper: "asyncio.Task[None]"
) -> None:
    [first] = await pids(tmp_path, 1)
    await asyncio.sleep(1)

    (tmp_path / "hang").touch()
    await ended(first)
    (tmp_path / "hang").unlink()

    assert len(await pids(tmp_path, 2)) == 2
    assert not keeper.done()


async def test_it_sees_no_secret_of_ours(tmp_path: Path, keeper: "asyncio.Task[None]") -> None:
    await pids(tmp_path, 1)
    environment = (tmp_path / "environment").read_text()

    assert "LINLI_ACTIONS_URL=http://actions" in environment
    assert "WECHAT_SECRET" not in environment
    assert not keeper.done()


async def test_a_killed_keeper_leaves_no_child_behind(tmp_path: Path) -> None:
    keeper = await asyncio.create_subprocess_exec(sys.executable, "-c", KEEPER, str(tmp_path))
    [child] = await pids(tmp_path, 1)

    keeper.send_signal(signal.SIGKILL)
    await keeper.wait()

    await ended(child)


async def test_a_child_left_behind_is_ended_at_the_next_start(tmp_path: Path) -> None:
    left = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "import time; time.sleep(60)", "nlu.serve", start_new_session=True
    )
    (tmp_path / "rasa.pid").write_text(str(left.pid))

    await asyncio.to_thread(reap, tmp_path / "rasa.pid", "nlu.serve")

    assert await asyncio.wait_for(left.wait(), 5) == -signal.SIGKILL


async def test_a_stranger_with_the_same_number_is_left_alone(tmp_path: Path) -> None:
    stranger = await asyncio.create_subprocess_exec(
        sys.executable, "-c", "import time; time.sleep(60)", start_new_session=True
    )
    (tmp_path / "rasa.pid").write_text(str(stranger.pid))

    await asyncio.to_thread(reap, tmp_path / "rasa.pid", "nlu.serve")

    assert lives(stranger.pid)
    stranger.kill()
    await stranger.wait()
