"""The simulator in a process of its own, driven over HTTP."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

TOKEN = "7000003:elsewhere"


class Driven:
    """The control address of a running simulator."""

    def __init__(self, session: aiohttp.ClientSession, address: dict[str, str]) -> None:
        self.session = session
        self.address = address

    async def post(self, path: str, **body: Any) -> Any:
        async with self.session.post(f"{self.address['control']}{path}", json=body) as answer:
            return await answer.json()

    async def get(self, path: str) -> Any:
        async with self.session.get(f"{self.address['control']}{path}") as answer:
            return await answer.json()

    async def call(self, method: str, **fields: Any) -> Any:
        root = f"{self.address['api_base']}/bot{self.address['token']}"
        async with self.session.post(f"{root}/{method}", json=fields) as answer:
            return await answer.json()


@pytest.fixture
async def driven() -> AsyncIterator[Driven]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.simulators.telegram", "--token", TOKEN,
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    address = json.loads(await process.stdout.readline())
    async with aiohttp.ClientSession() as session:
        yield Driven(session, address)
    process.terminate()
    assert await process.wait() == 0


async def test_people_act_and_the_record_is_read_from_another_process(driven: Driven) -> None:
    await driven.post("/users/1001", first_name="Anna", language_code="en")
    await driven.post("/users/1001/starts")
    await driven.post("/users/1001/writes", text="The lamp is out")
    (_, update) = (await driven.call("getUpdates"))["result"]
    markup = {"inline_keyboard": [[{"text": "Submit", "callback_data": "o:1"}]]}

    waiting = asyncio.create_task(driven.get("/accepted?after=0&wait=1"))
    await driven.call("sendMessage", chat_id=1001, text="Right?", reply_markup=markup)
    (accepted,) = (await waiting)["accepted"]
    await driven.post("/users/1001/presses", button="Submit")
    nothing = await driven.post("/users/1001/presses", button="Elsewhere")

    assert driven.address["token"] == TOKEN
    assert update["message"]["from"]["language_code"] == "en"
    assert (accepted["method"], accepted["text"]) == ("sendMessage", "Right?")
    assert nothing == {"error": "no message shows a button 'Elsewhere'"}
    (seen,) = (await driven.get("/users/1001/seen"))["seen"]
    assert [button["text"] for row in seen["buttons"] for button in row] == ["Submit"]
    assert "callback_query" in (await driven.get("/pending"))["pending"][-1]


async def test_faults_are_scripted_from_another_process(driven: Driven) -> None:
    await driven.post("/users/1001/starts")
    script = {"method": "sendMessage", "fault": "too_many", "arguments": {"retry_after": 2}}

    await driven.post("/faults", **script)
    refused = await driven.call("sendMessage", chat_id=1001, text="x")
    nonsense = await driven.post("/updates", update="x")
    unknown = await driven.post("/faults", method="sendMessage", fault="lightning")
    injected = await driven.post("/updates", update={"message": {}}, queue=1001)
    await driven.post(f"/updates/{injected['result']}/again")

    assert refused["parameters"] == {"retry_after": 2}
    assert nonsense == {"error": "an update is an object and its queue a number"}
    assert unknown == {"error": "no fault 'lightning'"}
    assert (await driven.post("/limits", on=True)) == {"result": True}
    assert [call["status"] for call in (await driven.get("/calls"))["calls"]] == [429]
    assert len((await driven.get("/pending"))["pending"]) == 3
