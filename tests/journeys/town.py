"""A running bot with its Rasa: one process a database, shared by every journey of a run."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from actions.adapters.database.invitations import SqlInvitations
from actions.application.ports_channels import Address
from actions.bootstrap import open_house
from bot.settings import read_settings
from tests.journeys.person import Person
from tests.journeys.rasa import RasaStandIn
from tests.journeys.telegram_app import TelegramApp
from tests.journeys.telegram_person import TelegramPerson
from tests.journeys.web_person import WebPerson
from tests.servers.process import ServerProcess, free_port

WEBHOOK_SECRET = "journey"
#: Early enough that three working hours go by before the quiet hours of noon.
WEDNESDAY_MORNING = datetime(2026, 11, 25, 0, 40, tzinfo=UTC)


class Town:
    """`python -m bot gateway` on a free port, with data and a database of its own."""

    module = "bot"

    def __init__(self, folder: Path, database_url: str = "", *, door: str = "web") -> None:
        """`door` is web, polling or webhook: how people come, and Telegram brings what they say."""
        self.door = door
        self.telegram = None if door == "web" else TelegramApp()
        self.data = folder / "data"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.rasa = RasaStandIn(self.data)
        self._log = folder / "bot.log"
        self._database_url = database_url
        self._process: ServerProcess | None = None

    def start(self) -> None:
        self.rasa.start()
        if self.telegram is not None:
            self.telegram.start()
        settings = [f"{name}={value}" for name, value in self.environment().items()]
        command = ["env", *settings, sys.executable, "-m", self.module, "gateway"]
        self._process = ServerProcess(command, self._log)
        self._process.wait_until(self._is_ready)
        if self.telegram is not None and self.door == "webhook":
            url = f"{self.url}/channels/telegram"
            asyncio.run(self.telegram.calls("setWebhook", url=url, secret_token=WEBHOOK_SECRET))

    def environment(self) -> dict[str, str]:
        settings = {
            "LINLI_PORT": str(self.port),
            "LINLI_DATA": str(self.data),
            "LINLI_RASA_URL": self.rasa.url,
            "LINLI_ACTIONS_PORT": str(self.rasa.actions_port),
        }
        database = {"DATABASE_URL": self._database_url} if self._database_url else {}
        return settings | database | self._telegram_settings()

    def _telegram_settings(self) -> dict[str, str]:
        if self.telegram is None:
            return {}
        simulator = self.telegram.simulator
        settings = {"TELEGRAM_TOKEN": simulator.token, "TELEGRAM_API_BASE": simulator.api_base}
        secret = {"TELEGRAM_WEBHOOK_SECRET": WEBHOOK_SECRET}
        return settings | (secret if self.door == "webhook" else {})

    def process_environment(self) -> dict[str, str]:
        """For another process that works beside the bot."""
        return {**os.environ, **self.environment()}

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def _is_ready(self) -> bool:
        try:
            with urlopen(f"{self.url}/readyz", timeout=2):
                return True
        except (URLError, OSError):
            return False

    def stop(self) -> None:
        if self._process is not None:
            self._process.stop()
        self.rasa.stop()
        if self.telegram is not None:
            self.telegram.stop()

    def said(self) -> str:
        return self._log.read_text(encoding="utf-8")

    async def invite(self, role: str, area: str = "", name: str = "") -> str:
        """A one-time code, made as `python -m bot invite` makes it beside the running bot."""
        settings = read_settings(self.environment())
        async with open_house(settings.house) as house:
            invitations = SqlInvitations(house.database, self, house.community)
            return (await invitations.invite(role, area=area, name=name)).code

    async def forgets(self, chat: int) -> None:
        """Erase somebody who has nothing but Telegram, as `python -m bot erase` does."""
        assert self.telegram is not None
        account = str(self.telegram.simulator.bot["id"])
        address = Address(channel="telegram", account=account, external_id=str(chat))
        async with open_house(read_settings(self.environment()).house) as house:
            found = await house.addresses.find(address)
            assert found is not None
            await house.privacy.erase(found.person_id)

    async def arrives(self, **more: Any) -> Person:
        """Somebody comes by the town's door."""
        if self.telegram is None:
            return await WebPerson.arrives(self.url, **more)
        return await TelegramPerson.arrives(self.url, self.telegram, **more)

    def now(self) -> datetime:
        """The time there: a town fits the `Clock` port."""
        return datetime.now(UTC)


class MovableTown(Town):
    """One whose clock stands at a Wednesday morning until a journey sets it."""

    module = "tests.journeys.moved_clock"

    def __init__(self, folder: Path, database_url: str = "", *, door: str = "web") -> None:
        super().__init__(folder, database_url, door=door)
        self._clock = folder / "clock"
        self.sets_clock(WEDNESDAY_MORNING)

    def environment(self) -> dict[str, str]:
        return super().environment() | {"MOVED_CLOCK": str(self._clock)}

    def sets_clock(self, to: datetime) -> None:
        """From now on it is `to` there, and time goes on from it."""
        ahead = (to - datetime.now(UTC)).total_seconds()
        written = self._clock.with_suffix(".new")
        written.write_text(str(ahead), encoding="ascii")
        written.replace(self._clock)

    def now(self) -> datetime:
        ahead = float(self._clock.read_text(encoding="ascii"))
        return datetime.now(UTC) + timedelta(seconds=ahead)

    def waits(self, step: timedelta) -> None:
        """So much time goes by there."""
        self.sets_clock(self.now() + step)


class Journey:
    """The people of one test in a town; they are gone when it ends."""

    def __init__(self, town: Town, stack: AsyncExitStack) -> None:
        self.town = town
        self.rasa = town.rasa
        self._stack = stack

    async def resident(self, **more: Any) -> Person:
        return await self._arrives(**more)

    async def worker(self, role: str, area: str = "", name: str = "演示同事") -> Person:
        return await self._arrives(join=await self.town.invite(role, area, name))

    async def files(self, resident: Person, text: str, *leaves: str) -> str:
        """Tell a matter in one message, check the card, file it; its number."""
        self.rasa.teach(text, "report", *leaves)
        await resident.says(text)
        await resident.presses("button_submit")
        return await resident.hears_number()

    def follows(self, leaving: Callable[[], Awaitable[None]]) -> None:
        """Whoever came by themselves leaves with the others."""
        self._stack.push_async_callback(leaving)

    async def _arrives(self, **more: Any) -> Person:
        person = await self.town.arrives(**more)
        self._stack.push_async_callback(person.leaves)
        await person.hears(lambda _: True, what="a greeting")
        return person


@asynccontextmanager
async def journey_in(town: Town) -> AsyncIterator[Journey]:
    async with AsyncExitStack() as stack:
        yield Journey(town, stack)
