"""The command that makes the index of what tickets tell."""

import argparse
import asyncio

from actions.bootstrap import open_house
from bot.launcher.welcome import say
from bot.settings import Settings


def reindex(settings: Settings, options: argparse.Namespace) -> int:
    """In small steps beside a running Linli; stopped at any point it goes on where it was."""
    say(f"{asyncio.run(_fill(settings, anew=options.all))} matters were put into the index.")
    return 0


async def _fill(settings: Settings, *, anew: bool) -> int:
    async with open_house(settings.house) as house:
        return await house.ticket_words.fill(anew=anew)
