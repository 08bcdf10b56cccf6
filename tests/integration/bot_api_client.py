"""A bare client of the Bot API: what was asked, what was answered, nothing in between."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

from tests.simulators.telegram import TelegramSimulator


class BareClient:
    """Sends JSON and returns the status with the whole answer."""

    def __init__(self, session: aiohttp.ClientSession, simulator: TelegramSimulator) -> None:
        self.session = session
        self.simulator = simulator

    def url(self, method: str, token: str | None = None) -> str:
        return f"{self.simulator.api_base}/bot{token or self.simulator.token}/{method}"

    async def call(self, method: str, **fields: Any) -> tuple[int, dict[str, Any]]:
        async with self.session.post(self.url(method), json=fields) as answer:
            return answer.status, await answer.json()

    async def ok(self, method: str, **fields: Any) -> Any:
        """The result of a call that has to succeed."""
        status, answer = await self.call(method, **fields)
        assert status == 200, answer
        return answer["result"]

    async def refusal(self, method: str, **fields: Any) -> str:
        """The description of a call that has to fail, with its code in front."""
        status, answer = await self.call(method, **fields)
        assert not answer["ok"]
        assert answer["error_code"] == status
        return f"{status} {answer['description']}"


@asynccontextmanager
async def bare_client(simulator: TelegramSimulator) -> AsyncIterator[BareClient]:
    async with aiohttp.ClientSession() as session:
        yield BareClient(session, simulator)
