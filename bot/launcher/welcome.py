"""What a person reads who has just started us: where to look, and with which codes."""

import asyncio
import sys
import time

from aiohttp import web

from actions.application.invited import Invited
from actions.domain.people import Role
from bot.app import LIFECYCLE
from bot.lifecycle import Lifecycle
from bot.settings import Settings

#: Seconds between two looks whether everything is up, and between two signs of patience.
POLL = 0.2
PATIENCE = 15.0
#: There is one demo worker: who redeems the newest code takes over.
_DEMO_SEAT = "demo-grid-worker"
#: What the demo worker is called, in the language the community names first.
_DEMO_NAMES = {"zh-CN": "演示网格员", "zh-HK": "示範網格員", "en": "Demo grid worker"}


def say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  the launcher talks to a terminal


def complain(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201  the launcher talks to a terminal


class Welcome:
    def __init__(self, settings: Settings, began: float) -> None:
        self._settings = settings
        self._began = began

    async def speak(self, app: web.Application) -> None:
        """Wait until everything is up, then say where it is."""
        life = app[LIFECYCLE]
        say(f"The chat is open: {self._settings.address}/ – understanding is still loading")
        await self._until_ready(life)
        say(f"Ready after {time.monotonic() - self._began:.0f} s.")
        say(f"  Web chat       {self._settings.address}/")
        if not self._settings.is_production:
            await self._invite(life)
        say("  Ctrl-C stops everything.")

    async def _until_ready(self, life: Lifecycle) -> None:
        patience = time.monotonic() + PATIENCE
        while not (await life.health.standing()).is_ready:
            await asyncio.sleep(POLL)
            if time.monotonic() > patience:
                say(f"  … still loading; see {life.settings.house.data / 'logs' / 'rasa.log'}")
                patience = time.monotonic() + PATIENCE

    async def _invite(self, life: Lifecycle) -> None:
        """In a trial nobody is there yet who could let the first people in."""
        admin = await invite_first(life, Role.ADM)
        address = self._settings.address
        say(f"  Admin console  {address}/admin/join?code={admin.code}")
        say(f"                 lets one administrator in, who then signs in at {address}/admin/")
        worker = await life.house.invitations.invite(
            Role.GWF, name=_DEMO_NAMES[life.house.community.locales[0]], seat=_DEMO_SEAT
        )
        say(f"  Grid worker    {address}/?join={worker.code}")
        say(f"                 one-time code for {worker.display_name}: {worker.code}")


async def invite_first(life: Lifecycle, role: Role) -> Invited:
    """For the first in the roster who holds the role; for anybody when nobody is listed."""
    invitations = life.house.invitations
    listed = life.house.community.entries(role)
    return await invitations.invite(role, roster_key=listed[0].key if listed else "")
