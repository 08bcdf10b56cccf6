"""A web chat in this very process over a store that fails when it is told to."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from actions.adapters.database.engine import Database
from actions.adapters.database.intake import Intake
from actions.adapters.rulebook import Rulebook
from actions.application.arrivals import Arrival, Remembered
from tests.builders import Someone, World, assembled, closed, opened, the_community
from tests.chaos.proxy import FaultProxy
from tests.clock import FrozenClock
from tests.integration.web_house import House, Visitor, new_id, opened_house


@asynccontextmanager
async def house_over(url: str, folder: Path) -> AsyncIterator[House]:
    """The neighbourhood's web chat; nobody takes turns in it."""
    community = the_community()
    database = Database(url)
    world = assembled(database, FrozenClock(), community, Rulebook.of(community))
    world = replace(world, intake=Intake(database))
    try:
        async with opened_house(world, folder) as house:
            yield house
    finally:
        await database.close()


@asynccontextmanager
async def neighbourhood(url: str) -> AsyncIterator[World]:
    """Over a store nothing is wrong with; at the end everything in it is checked."""
    world = await opened(url, FrozenClock())
    try:
        yield world
    except BaseException:
        await world.database.close()
        raise
    await closed(world)


@asynccontextmanager
async def behind_a_proxy(url: str) -> AsyncIterator[tuple[FaultProxy, str]]:
    """The way to a PostgreSQL that can be blocked, and its address by that way."""
    parsed = make_url(url)
    async with FaultProxy(parsed.port or 0) as proxy:
        there = parsed.set(port=proxy.port)
        yield proxy, there.render_as_string(hide_password=False)


@asynccontextmanager
async def taking_in(world: World) -> AsyncIterator[None]:
    """Whatever comes, at once if it comes at once."""
    intake = asyncio.create_task(world.intake.run())
    try:
        yield
    finally:
        intake.cancel()
        await asyncio.gather(intake, return_exceptions=True)


async def comes(world: World, resident: Someone, update: str) -> Remembered:
    """What a platform delivers, under the number it has there."""
    return await world.intake.remember(
        Arrival(
            channel="telegram", account="bot", external_id=update,
            conversation_id=resident.conversation_id, area=world.community.root,
            kind="text", payload={"text": update}, at=world.clock.now(), text=update,
        )
    )  # fmt: skip


class Writer:
    """A resident who says something again under the same id until it is kept."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.refused: list[int] = []

    async def tries(self, text: str, number: str) -> int:
        answer = await self.visitor.post("/messages", {"client_msg_id": number, "text": text})
        body: dict[str, Any] = await answer.json()
        if answer.status == 503:
            assert body["key"] == "error_unavailable"
            assert int(answer.headers["Retry-After"]) >= 1
        return answer.status

    async def insists(self, text: str) -> None:
        number = new_id()
        while (status := await self.tries(text, number)) != 202:
            assert status == 503
            self.refused.append(status)

    async def said(self) -> list[str]:
        """Their own words in the transcript."""
        lines = await self.visitor.messages()
        return [line["text"] for line in lines if line["direction"] == "in"]


async def writer(house: House) -> Writer:
    return Writer(await house.visitor())
