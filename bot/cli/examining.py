"""Commands that look and change nothing: the configuration, the invariants."""

import argparse
import asyncio

from actions.bootstrap import open_house, read_community
from bot.launcher.welcome import complain, say
from bot.lifecycle import read_texts, require_own_texts
from bot.settings import Settings


def check_config(settings: Settings, _options: argparse.Namespace) -> int:
    """The settings have been read by now; the community and the texts are next."""
    community = read_community(settings.house)
    require_own_texts(read_texts(), community)
    buildings = sum(area.kind == "building" for area in community.areas.values())
    say(
        f"All in order: {community.name[community.locales[0]]}, {buildings} buildings, "
        f"{len(community.categories)} categories, {len(community.roster)} people on the roster."
    )
    for number in community.emergency_numbers.values():
        if number.is_fictional:
            say(f"  replace before real use: {number.key} {number.dial}")
    return 0


def doctor(settings: Settings, _options: argparse.Namespace) -> int:
    findings = asyncio.run(_findings(settings))
    for finding in findings:
        complain(finding)
    say(f"violations {len(findings)}")
    return 1 if findings else 0


async def _findings(settings: Settings) -> list[str]:
    async with open_house(settings.house) as house:
        return [finding async for finding in house.doctor.findings()]
