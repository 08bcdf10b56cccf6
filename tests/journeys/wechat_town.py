"""A running bot with an Official Account on a Wednesday morning, and the platform beside it."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.journeys.town import MovableTown
from tests.journeys.words import bare, contains
from tests.simulators.wechat import AES_KEY, APP_ID, SECRET, TOKEN, Accepted, WeChatSimulator
from tests.simulators.wechat import Person as User

#: Only a guard against waiting for ever.
PATIENCE = 60.0


class WeChatTown(MovableTown):
    def __init__(self, folder: Path, api_base: str, database_url: str = "") -> None:
        super().__init__(folder, database_url)
        self._api_base = api_base

    def environment(self) -> dict[str, str]:
        return super().environment() | {
            "WECHAT_APPID": APP_ID,
            "WECHAT_SECRET": SECRET,
            "WECHAT_TOKEN": TOKEN,
            "WECHAT_AES_KEY": AES_KEY,
            "WECHAT_API_BASE": self._api_base,
        }


@dataclass
class Follower:
    """Somebody who has the account in their WeChat and reads what arrives there."""

    wechat: WeChatSimulator
    user: User
    _read: int = 0

    async def reads(self, key: str, **params: str) -> Accepted:
        """Wait for a message that says that, newer than the last one found."""
        return await self._finds(contains(key, **params), key)

    async def reads_of(self, number: str) -> Accepted:
        return await self._finds(lambda text: number in bare(text), number)

    async def _finds(self, fits: Callable[[str], bool], what: str) -> Accepted:
        def look() -> Accepted | None:
            for place, each in enumerate(self.user.seen()[self._read :], self._read):
                if fits(each.text):
                    self._read = place + 1
                    return each
            return None

        try:
            async with asyncio.timeout(PATIENCE):
                return await self.wechat.until(look)
        except TimeoutError:
            said = [each.text for each in self.user.seen()]
            raise AssertionError(f"never read: {what}; but {said}") from None

    def number_of(self, message: Accepted, label: str) -> str:
        """What to reply for that choice."""
        found = re.search(rf"(\d+)\W+{re.escape(label)}$", message.text, re.MULTILINE)
        assert found is not None, f"{label} is not offered: {message.text}"
        return found[1]


@asynccontextmanager
async def wechat_town(
    folder: Path, database_url: str = ""
) -> AsyncIterator[tuple[WeChatSimulator, WeChatTown]]:
    clock: list[WeChatTown] = []
    simulator = WeChatSimulator(now=lambda: clock[0].now().timestamp())
    async with simulator.running() as wechat:
        town = WeChatTown(folder, wechat.api_base, database_url)
        clock.append(town)
        await asyncio.to_thread(town.start)
        wechat.calling.url = f"{town.url}/channels/wechat"
        try:
            yield wechat, town
        finally:
            await asyncio.to_thread(town.stop)
    assert "Traceback" not in town.said()
