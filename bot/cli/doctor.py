"""`doctor`: every invariant, asked of the live database, a line each; it changes nothing."""

import argparse
import asyncio
from collections.abc import Sequence

from actions.application.examined import ELSEWHERE, Finding
from actions.bootstrap import open_house
from bot.launcher.welcome import complain, say
from bot.settings import Settings


def doctor(settings: Settings, _options: argparse.Namespace) -> int:
    """Rows are named by their numbers, never by what anybody wrote."""
    found = asyncio.run(_verdicts(settings))
    for each in found:
        say(f"{each.id:5}{each.count or 'none':<7}{each.what}")
        for row in each.first:
            complain(f"{each.what} ({each.id}): {row}")
    for id_, where in ELSEWHERE.items():
        say(f"{id_:5}{'-':<7}{where}")
    violations = sum(each.count for each in found)
    say(f"violations {violations}")
    return 1 if violations else 0


async def _verdicts(settings: Settings) -> Sequence[Finding]:
    async with open_house(settings.house) as house:
        return [each async for each in house.doctor.verdicts()]
