"""`WeChatSimulator`: the platform, its people and its record in one place."""

import contextlib
import time
from collections.abc import AsyncIterator, Callable
from typing import TypeVar

from aiohttp import web

from tests.simulators.telegram.faults import Faults
from tests.simulators.wechat.calling import DEADLINE, Calling
from tests.simulators.wechat.people import Person
from tests.simulators.wechat.server import Server
from tests.simulators.wechat.state import Accepted, Call, State

HOST = "127.0.0.1"
APP_ID = "wx0000simulated00"
SECRET = "simulated-secret"
TOKEN = "simulatedtoken"
#: In the form of a key, of no account.
AES_KEY = "simulatedSIMULATEDsimulatedSIMULATED0123456"
ACCOUNT = "gh_simulated"
Found = TypeVar("Found")


class WeChatSimulator:
    """One account's WeChat; `async with simulator.running():` opens its doors."""

    def __init__(
        self,
        *,
        port: int = 0,
        now: Callable[[], float] = time.time,
        mode: str = "secure",
        deadline: float = DEADLINE,
    ) -> None:
        self.state = State(APP_ID, SECRET, TOKEN, AES_KEY, ACCOUNT, now, mode)
        self.faults = Faults()
        self.calling = Calling(self.state, deadline=deadline)
        self._application = Server(self.state, self.faults).application()
        self._port = port
        self._people: dict[str, Person] = {}
        self.api_base = ""

    @property
    def accepted(self) -> tuple[Accepted, ...]:
        """Everything that reached somebody, in order: the truth to compare with."""
        return tuple(self.state.accepted)

    @property
    def calls(self) -> tuple[Call, ...]:
        return tuple(self.state.calls)

    def user(self, openid: str) -> Person:
        """Somebody with the app; the same id is the same person."""
        if openid not in self._people:
            self._people[openid] = Person(self.state, self.calling, openid)
        return self._people[openid]

    async def until(self, look: Callable[[], Found | None]) -> Found:
        """Wait until something looked for is there; it is looked at after every change."""
        while True:
            change = self.state.next_change()
            found = look()
            if found:
                return found
            await change

    @contextlib.asynccontextmanager
    async def running(self, url: str = "") -> AsyncIterator["WeChatSimulator"]:
        """`url` is where the account wants its callbacks; it can be set later as well."""
        runner = web.AppRunner(
            self._application, access_log=None, shutdown_timeout=1.0, handler_cancellation=True
        )
        await runner.setup()
        site = web.TCPSite(runner, HOST, self._port)
        await site.start()
        self.api_base = f"http://{HOST}:{runner.addresses[0][1]}"
        self.calling.url = url
        try:
            yield self
        finally:
            self.faults.closing.set()
            await self.calling.close()
            await runner.cleanup()
