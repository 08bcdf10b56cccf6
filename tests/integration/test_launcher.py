"""`python -m bot` with the real Rasa: from the first line it prints to the last."""

import asyncio
import fcntl
import json
import re
import shutil
import signal
import subprocess
import uuid
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, CookieJar

from tests.integration.started import Started
from tests.integration.test_rasa_process import ended, lives

pytestmark = pytest.mark.rasa

ROOT = Path(__file__).parents[2]
NLU = ROOT / "nlu" / ".venv" / "bin" / "python"
#: Seconds a start may take here, where other tests run beside it.
START = 90


@pytest.fixture(scope="session")
def trained_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The model of the present data; trained now if nobody has yet, by one worker for all."""
    command = [NLU, "-m", "nlu.train", "--out", "var/models"]
    with (tmp_path_factory.getbasetemp().parent / "training.lock").open("w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return ROOT / made.stdout.strip().splitlines()[-1]


@pytest.fixture
async def linli(tmp_path: Path, trained_model: Path) -> AsyncIterator[Started]:
    data = tmp_path / "data"
    (data / "models").mkdir(parents=True)
    shutil.copy(trained_model, data / "models")
    started = await Started(data).start()
    async with asyncio.timeout(START):
        while "Ctrl-C" not in started.said():  # noqa: ASYNC110  another process writes
            await asyncio.sleep(0.1)
    yield started
    await started.kill_all()


class Person:
    """Somebody at the web chat."""

    def __init__(self, http: ClientSession, linli: Started) -> None:
        self._http = http
        self._api = f"{linli.url}/chat/api"
        self._seq = 0

    async def come(self, **more: str) -> dict[str, Any]:
        async with self._http.post(f"{self._api}/session", json={"locale": "zh-CN", **more}) as got:
            assert got.status == 201, await got.text()
            answer: dict[str, Any] = await got.json()
            return answer

    async def send(self, **content: str) -> None:
        body = {"client_msg_id": str(uuid.uuid4()), **content}
        async with self._http.post(f"{self._api}/messages", json=body) as got:
            assert got.status == 202, await got.text()

    async def hear(self, words: str) -> dict[str, Any]:
        """The next message that holds the words, in its text, its buttons or its card."""
        async with asyncio.timeout(30):
            while True:
                url = f"{self._api}/messages?after={self._seq}&wait=5"
                async with self._http.get(url) as got:
                    lines = (await got.json())["messages"]
                for line in lines:
                    self._seq = line["seq"]
                    if line["direction"] == "out" and words in json.dumps(line, ensure_ascii=False):
                        return dict(line)

    async def press(self, message: dict[str, Any], label: str) -> None:
        [action] = [each["action"] for each in message["buttons"] if each["label"] == label]
        await self.send(action=action)


async def test_a_matter_is_told_filed_and_taken(linli: Started) -> None:
    [code] = re.findall(r"code for 演示网格员: (\S+)", linli.said())
    async with (
        ClientSession(cookie_jar=CookieJar(unsafe=True)) as one,
        ClientSession(cookie_jar=CookieJar(unsafe=True)) as other,
    ):
        worker, resident = Person(one, linli), Person(other, linli)
        assert (await worker.come(join=code))["roles"] == ["resident", "GWF"]
        await resident.come()

        await resident.send(text="45栋楼梯扶手松了")
        await resident.press(await resident.hear("提交"), "提交")
        filed = await resident.hear("编号")
        await worker.press(await worker.hear("派给您一件"), "接单")
        told = await resident.hear("已经接单")

    assert re.fullmatch(r"LL-\d{6}-\d{4}-[0-9A-Z]", filed["ticket"]["number"])
    assert told["ticket"]["number"] == filed["ticket"]["number"]
    assert await linli.end(signal.SIGINT) == 0
    assert linli.said().endswith("Stopped.\n")
    assert "Traceback" not in linli.said()


async def test_a_kill_leaves_no_rasa_behind(linli: Started) -> None:
    rasa = int((linli.data / "rasa.pid").read_text())
    assert lives(rasa)

    await linli.end(signal.SIGKILL)

    await ended(rasa)
