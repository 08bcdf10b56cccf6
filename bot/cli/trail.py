"""`audit`: whether the trail is as it was written, and where it ends, to be kept elsewhere."""

import argparse
import asyncio

from actions.application.examined import Head
from actions.bootstrap import open_house
from bot.launcher.welcome import complain, say
from bot.settings import Settings


def verify(settings: Settings, options: argparse.Namespace) -> int:
    try:
        witness = [Head.parse(words) for words in options.head]
    except ValueError as error:
        complain(f"--head: {error}")
        return 2
    head, findings = asyncio.run(_verify(settings, witness))
    for finding in findings:
        complain(finding)
    say(f"rows {head.length} violations {len(findings)}")
    return 1 if findings else 0


def show_head(settings: Settings, _options: argparse.Namespace) -> int:
    """One line, to be printed or sent where whoever owns the database cannot change it."""
    head, _ = asyncio.run(_verify(settings, None))
    say(str(head))
    return 0


async def _verify(settings: Settings, witness: list[Head] | None) -> tuple[Head, list[str]]:
    async with open_house(settings.house) as house:
        found = [] if witness is None else await house.audit_check.findings(*witness)
        return await house.audit_check.head(), found
