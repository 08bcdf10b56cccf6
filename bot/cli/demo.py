"""`python -m bot demo`: three stories, played on the running instance for somebody to watch."""

import argparse
import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from typing import Final, TypeAlias

from aiohttp import ClientError, ClientSession, ClientTimeout

from actions.bootstrap import open_house
from actions.domain.people import Role
from bot.cli.demo_cast import Player, Stuck
from bot.cli.demo_stories import STORIES, Story
from bot.cli.demo_window import open_window
from bot.cli.heard import Heard
from bot.cli.visitor import Refused, Visitor
from bot.launcher.welcome import complain, say
from bot.lifecycle import ROOT
from bot.settings import Settings
from bot.texts import Catalogue

LOCALE: Final = "zh-CN"
#: Seconds an instance that has just been started gets to load its model.
LOADING: Final = 300.0
POLL: Final = 1.0
#: Seconds the greeting may take; nobody tells of it.
GREETING: Final = 5
#: Who handles the stories: role, where, and the seat they take over from the last demo.
WORKERS: Final = {
    "网格员阿欣": (Role.GWF, "G4", "demo-story-warden"),
    "物业小黄": (Role.PRM, "BL-45", "demo-story-office"),
}

Cast: TypeAlias = dict[str, Player]


class NoInstance(Exception):
    """There is nothing to play against."""


def demo(settings: Settings, options: argparse.Namespace) -> int:
    if settings.is_production:
        complain("The demo files matters; it plays in trial mode only.")
        return 1
    try:
        asyncio.run(_play(replace(settings, public_url=""), options))
    except (NoInstance, Refused, Stuck) as error:
        complain(str(error))
        return 1
    return 0


async def _play(settings: Settings, options: argparse.Namespace) -> None:
    chosen = [STORIES[name] for name in options.story or STORIES]
    await _until_ready(settings.address)
    async with _cast(settings, chosen, options.pace) as cast:
        for story in chosen:
            await _tell(story, cast)
        if options.stay:
            say("The windows stay open until Ctrl-C.")
            await asyncio.Event().wait()


async def _until_ready(address: str) -> None:
    """Wait while the model loads.

    Raises:
        NoInstance: nobody answers there, or not in time.
    """
    limit = ClientTimeout(total=POLL * 10)
    try:
        async with asyncio.timeout(LOADING), ClientSession(timeout=limit) as http:
            while True:
                async with http.get(f"{address}/readyz") as answer:
                    if answer.ok:
                        return
                await asyncio.sleep(POLL)
    except (ClientError, TimeoutError) as error:
        raise NoInstance(
            f"Nothing answers at {address}; `make run` starts it, with the same LINLI_PORT"
        ) from error


@asynccontextmanager
async def _cast(settings: Settings, stories: Sequence[Story], pace: float) -> AsyncIterator[Cast]:
    """Everybody of the stories, with a window of their own to be watched through."""
    heard = Heard(Catalogue.load(ROOT / "config" / "texts"), LOCALE)
    codes = await _invitations(settings)
    names = dict.fromkeys(each for story in stories for each in (story.teller, story.handler))
    async with AsyncExitStack() as stack:
        cast: Cast = {}
        for name in names:
            visitor = await stack.enter_async_context(Visitor(settings.address))
            await _arrive(visitor, codes.get(name, ""))
            await visitor.listen(wait=GREETING)
            cast[name] = Player(name, visitor, heard, pace)
            window = await stack.enter_async_context(open_window(settings.address, visitor))
            say(f"  watch {name:　<6}{window}")
        await asyncio.sleep(pace * 2)
        yield cast


async def _invitations(settings: Settings) -> dict[str, str]:
    """One-time codes, made as `python -m bot invite` makes them."""
    async with open_house(settings.house) as house:
        return {
            name: (await house.invitations.invite(role, area=area, name=name, seat=seat)).code
            for name, (role, area, seat) in WORKERS.items()
        }


async def _arrive(visitor: Visitor, code: str) -> None:
    try:
        await visitor.arrive(LOCALE, code)
    except Refused as error:
        if not code:
            raise
        raise NoInstance(
            "The running instance does not know the codes made here: it works on other data. "
            "Set LINLI_DATA and DATABASE_URL as it was started."
        ) from error


async def _tell(story: Story, cast: Cast) -> None:
    say(f"\n—— {story.title}\n   {story.about}")
    resident, handler = cast[story.teller], cast[story.handler]
    resident.begins()
    handler.begins()
    number = await resident.files(story.told, place=story.place, kind=story.kind)
    await story.play(resident, handler)
    say(f"—— {number}: {story.end}")
