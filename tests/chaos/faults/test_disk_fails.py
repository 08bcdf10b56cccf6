"""A disk that does not take what is to be durable, and one that has no room left (B2, B3)."""

import asyncio
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from aiohttp import ClientSession, CookieJar

from tests.integration.started import Started
from tests.servers.process import free_port

SHIM = Path(__file__).with_name("failing_sync.c")
API = "/chat/api"
#: The n of "the n-th call fails", and how many of them SQLite may do without: it looks away from
#: the sync of the folder, and repeats a checkpoint from the log, which was synced long before.
MOST, NEEDLESS = 200, 6


def shim(folder: Path) -> Path:
    compiler = shutil.which("cc")
    assert compiler, "make chaos installs a compiler; scripts/bootstrap.py compiler does it alone"
    library = folder / "failing_sync.so"
    made = [compiler, "-shared", "-fPIC", "-O2", "-o", str(library), str(SHIM), "-ldl"]
    subprocess.run(made, check=True)
    return library


@pytest.mark.chaos
async def test_no_word_is_acknowledged_after_a_sync_that_failed_b2(
    sqlite_template: Path, tmp_path: Path
) -> None:
    file = Path(shutil.copy(sqlite_template, tmp_path / "whole.db"))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.chaos.faults.unsynced", str(file), str(MOST)),
        env={**os.environ, "LD_PRELOAD": str(shim(tmp_path))},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complaints = await process.communicate()
    told = [json.loads(line) for line in said.decode().splitlines()]

    assert [each["number"] for each in told] == list(range(1, MOST + 1)), complaints.decode()[
        -2000:
    ]
    unnoticed = [each["number"] for each in told if each["code"] == 0]
    assert len(unnoticed) <= NEEDLESS, unnoticed
    for each in told:
        assert each["code"] in (0, 1), each
        assert each["later"] == [], each
        with closing(sqlite3.connect(tmp_path / f"{each['number']}.db")) as conn:
            assert conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            kept = {text for (text,) in conn.execute("SELECT text FROM messages")}
        assert set(each["kept"]) <= kept
    assert sum(len(each["kept"]) for each in told) > MOST


@pytest.mark.chaos
async def test_a_gateway_without_room_refuses_and_takes_all_when_there_is_room_b3(
    tmp_path: Path,
) -> None:
    """No file of it may grow: what a full disk looks like to a process, without being root."""
    gateway = Started(
        tmp_path / "data", "gateway", LINLI_RASA_URL=f"http://127.0.0.1:{free_port()}"
    )
    await gateway.start()
    try:
        async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as http:
            await gateway.answers(http)
            opened = await http.post(f"{gateway.url}{API}/session", json={"locale": "zh-CN"})
            assert opened.status == 201
            assert await _post(http, gateway, "有地方") == 202
            _, hard = resource.prlimit(gateway.pid, resource.RLIMIT_FSIZE)
            resource.prlimit(gateway.pid, resource.RLIMIT_FSIZE, (4096, hard))
            number = str(uuid4())
            assert await _post(http, gateway, "没地方", number) == 503
            async with http.get(f"{gateway.url}{API}/messages?after=0") as answer:
                assert "有地方" in [line["text"] for line in (await answer.json())["messages"]]
            async with http.get(f"{gateway.url}/readyz") as answer:
                assert (answer.status, (await answer.json())["store"]) == (503, "failed")

            resource.prlimit(gateway.pid, resource.RLIMIT_FSIZE, (hard, hard))
            assert await _post(http, gateway, "没地方", number) == 202
            async with http.get(f"{gateway.url}{API}/messages?after=0") as answer:
                said = [line["text"] for line in (await answer.json())["messages"]]
            assert said.count("没地方") == 1
    finally:
        await gateway.kill_all()


async def _post(http: ClientSession, gateway: Started, text: str, number: str = "") -> int:
    body = {"client_msg_id": number or str(uuid4()), "text": text}
    async with http.post(f"{gateway.url}{API}/messages", json=body) as answer:
        return answer.status
