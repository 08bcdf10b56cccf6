"""A Telegram of a town's own, in a thread, so that one serves every test's loop."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from itertools import count
from typing import Any, TypeVar

from aiohttp import ClientSession

from tests.simulators.telegram import TelegramSimulator

Made = TypeVar("Made")


class TelegramApp:
    """`does` runs something in the simulator's own loop and gives back what it made."""

    def __init__(self) -> None:
        self.simulator = TelegramSimulator()
        self.numbers = count(5001)
        self._loop = asyncio.new_event_loop()
        self._open: Future[None] = Future()
        self._over = asyncio.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()
        self._open.result(timeout=30)

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join()

    async def does(self, act: Callable[[TelegramSimulator], Made]) -> Made:
        async def doing() -> Made:
            return act(self.simulator)

        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(doing(), self._loop))

    async def until(self, look: Callable[[TelegramSimulator], Made]) -> Made:
        """Wait until the look finds something."""
        waiting = self.simulator.until(lambda: look(self.simulator))
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(waiting, self._loop))

    async def calls(self, method: str, **parameters: Any) -> None:
        """Ask the Bot API something, as whoever keeps the bot does."""
        address = f"{self.simulator.api_base}/bot{self.simulator.token}/{method}"
        async with ClientSession() as http, http.post(address, json=parameters) as answer:
            assert answer.status == 200, await answer.text()

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.close()

    async def _serve(self) -> None:
        try:
            async with self.simulator.running():
                self._open.set_result(None)
                await self._over.wait()
        except BaseException as error:
            if not self._open.done():
                self._open.set_exception(error)
            raise
