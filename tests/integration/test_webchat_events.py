"""Live messages: nothing is missed, nothing comes twice, and nothing hangs."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import ClientResponse

from actions.domain.people import Role
from tests.integration.web_house import API, House, Visitor, problem_of


class Reader:
    """Reads a stream event by event."""

    def __init__(self, answer: ClientResponse) -> None:
        self._answer = answer

    async def next(self) -> tuple[int, dict[str, Any]]:
        fields: dict[str, str] = {}
        async with asyncio.timeout(10):
            while True:
                line = (await self._answer.content.readline()).decode().rstrip("\n")
                if not line and "data" in fields:
                    return int(fields["id"]), json.loads(fields["data"])
                name, _, value = line.partition(": ")
                if name:
                    fields[name] = value

    async def texts(self, count: int) -> list[str]:
        return [(await self.next())[1]["text"] for _ in range(count)]

    async def ended(self) -> bool:
        async with asyncio.timeout(10):
            await self._answer.content.read()
        return self._answer.content.at_eof()


@asynccontextmanager
async def listening(visitor: Visitor, query: str = "", **headers: str) -> AsyncIterator[Reader]:
    async with visitor.client.get(f"{API}/events{query}", headers=headers) as answer:
        assert answer.status == 200
        assert answer.content_type == "text/event-stream"
        yield Reader(answer)


async def test_the_stream_sends_what_was_missed_and_then_what_comes(house: House) -> None:
    visitor = await house.visitor()
    await visitor.says("之前")

    async with listening(visitor) as reader:
        assert await reader.texts(1) == ["之前"]
        await visitor.says("之后")
        seq, message = await reader.next()

    assert (seq, message["text"]) == (2, "之后")
    assert message == (await visitor.messages())[-1]


async def test_a_broken_stream_goes_on_where_it_broke(house: House) -> None:
    visitor = await house.visitor()
    for n in range(1, 6):
        await visitor.says(f"第{n}条")

    async with listening(visitor, "?after=1", **{"Last-Event-ID": "3"}) as reader:
        assert await reader.texts(2) == ["第4条", "第5条"]
    async with listening(visitor, "?after=4") as reader:
        assert await reader.texts(1) == ["第5条"]


async def test_streams_cut_anywhere_lose_and_double_nothing(house: House) -> None:
    visitor = await house.visitor()
    seen: list[int] = []

    async def talk() -> None:
        for n in range(40):
            await visitor.says(f"第{n}条")

    talking = asyncio.create_task(talk())
    while len(seen) < 40:
        async with listening(visitor, **{"Last-Event-ID": str(seen[-1] if seen else 0)}) as reader:
            seen += [(await reader.next())[0] for _ in range(min(7, 40 - len(seen)))]
    await talking

    assert seen == list(range(1, 41))


async def test_every_tab_gets_every_message(house: House) -> None:
    visitor = await house.visitor()

    async with listening(visitor) as one, listening(visitor) as other:
        await visitor.says("都看到")

        assert await one.texts(1) == await other.texts(1) == ["都看到"]


async def test_nobody_hears_anybody_else(house: House) -> None:
    visitor, other = await house.visitor(), await house.visitor()

    async with listening(visitor) as reader:
        await other.says("别人的")
        await visitor.says("自己的")

        assert await reader.texts(1) == ["自己的"]


async def test_delivered_answers_come_live(house: House) -> None:
    visitor = await house.visitor()

    async with listening(visitor) as reader:
        await house.deliver()
        _, message = await reader.next()

    assert message["direction"] == "out"


async def test_too_many_streams_of_one_person_are_refused(house: House) -> None:
    visitor = await house.visitor()
    held = [await visitor.get("/events") for _ in range(12)]

    answer = await visitor.get("/events")

    assert await problem_of(answer) == (429, "error_too_many")
    for each in held:
        each.close()


async def test_the_stream_ends_when_the_session_does(house: House) -> None:
    visitor = await house.visitor()
    code = await house.invite(Role.GWF, "G3")

    async with listening(visitor) as reader:
        await visitor.post("/session", {"join": code})

        assert await reader.ended()


async def test_streams_and_held_lines_end_with_the_house(house: House) -> None:
    visitor = await house.visitor()
    held = asyncio.create_task(visitor.read("/messages?wait=30"))

    async with listening(visitor) as reader:
        await house.app.shutdown()

        assert await reader.ended()
        assert (await held)["messages"] == []


async def test_a_strange_last_id_starts_from_the_page(house: House) -> None:
    visitor = await house.visitor()
    await visitor.says("一")

    for strange in ("x", "-1", "9" * 40, "１"):
        async with listening(visitor, **{"Last-Event-ID": strange}) as reader:
            assert await reader.texts(1) == ["一"]
