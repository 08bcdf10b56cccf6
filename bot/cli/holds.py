"""`hold`, `holds`, `lift-hold`: whose words have to be kept, because a legal matter needs them."""

import argparse
import asyncio
from collections.abc import Sequence

from actions.application.examined import Hold
from actions.bootstrap import open_house
from actions.domain.errors import NotFound
from bot.launcher.welcome import complain, say
from bot.settings import Settings


def hold(settings: Settings, options: argparse.Namespace) -> int:
    try:
        asyncio.run(_hold(settings, options))
    except NotFound:
        complain("There is no such participant, or not any more.")
        return 1
    say("Held: neither the purge nor an erasure takes what they said, until `lift-hold`.")
    return 0


async def _hold(settings: Settings, options: argparse.Namespace) -> None:
    async with open_house(settings.house) as house:
        await house.holds.place(await house.archive.person(options.participant), options.reason)


def lift(settings: Settings, options: argparse.Namespace) -> int:
    try:
        lifted = asyncio.run(_lift(settings, options))
    except NotFound:
        lifted = False
    if not lifted:
        complain("There is no hold on such a participant.")
        return 1
    say("Lifted: what is too old goes within the hour.")
    return 0


async def _lift(settings: Settings, options: argparse.Namespace) -> bool:
    async with open_house(settings.house) as house:
        person_id = await house.archive.person(options.participant)
        return await house.holds.lift(person_id, options.reason)


def holds(settings: Settings, _options: argparse.Namespace) -> int:
    for each in asyncio.run(_all(settings)):
        say(f"{each.at:%Y-%m-%d}  {each.participant}  {each.reason}")
    return 0


async def _all(settings: Settings) -> Sequence[Hold]:
    async with open_house(settings.house) as house:
        return await house.holds.all()
