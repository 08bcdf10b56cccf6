"""Commands about seats: who works here, and taking a role back within a second."""

import argparse
import asyncio
from collections.abc import Sequence

from actions.application.commands.seats import RevokeSeats
from actions.application.records import Seated
from actions.application.turn import Turn
from actions.bootstrap import open_house
from actions.domain.errors import NotFound
from bot.launcher.welcome import complain, say
from bot.settings import Settings


def seats(settings: Settings, _options: argparse.Namespace) -> int:
    """One line a seat: role, area, participant, name, until when they are away."""
    for participant, seated in asyncio.run(_seats(settings)):
        away = f"away until {seated.away_until:%Y-%m-%d %H:%M} UTC" if seated.away_until else ""
        seat = seated.seat
        line = (seat.role.value, seat.area, participant, seated.display_name or "-", away)
        say("  ".join(part for part in line if part))
    return 0


async def _seats(settings: Settings) -> Sequence[tuple[str, Seated]]:
    async with open_house(settings.house) as house:
        return await house.invitations.seats()


def revoke(settings: Settings, options: argparse.Namespace) -> int:
    """The powers end with the commit; what the person held goes to others in the same one."""
    try:
        asyncio.run(_revoke(settings, options))
    except NotFound:
        complain("There is no such participant, or they have no such role.")
        return 1
    say(f"Taken back: {options.role or 'every role'}. Their tickets went to others.")
    return 0


async def _revoke(settings: Settings, options: argparse.Namespace) -> None:
    async with open_house(settings.house) as house:
        person_id = await house.archive.person(options.participant)
        command = RevokeSeats(person_id=person_id, role=options.role, reason=options.reason)
        moment = house.clock.now().isoformat()
        await house.bus.handle(command, Turn(cause=f"terminal:revoke:{person_id}:{moment}"))
