"""Commands about people: let somebody in, let somebody go, hand out what was said."""

import argparse
import asyncio
import json
import sys
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from actions.application.commands.following import LeaveQuestions
from actions.application.invited import Invited, UnknownInvitee
from actions.application.turn import Turn
from actions.bootstrap import open_house
from actions.domain.errors import NotFound, OnHold
from actions.domain.people import Actor
from bot.launcher.welcome import complain, say
from bot.media import remove
from bot.settings import Settings

_PRIVATE = 0o600


def invite(settings: Settings, options: argparse.Namespace) -> int:
    """The code goes to standard output alone, so that it can be piped; the rest beside it."""
    try:
        invited = asyncio.run(_invite(settings, options))
    except UnknownInvitee as error:
        complain(str(error))
        return 1
    binding = "waits for confirmation" if invited.needs_confirming else "binds at once"
    complain(
        f"{invited.role} in {invited.area}, {invited.display_name or 'for anybody'}; {binding}; "
        f"good until {invited.expires_at:%Y-%m-%d %H:%M} UTC; "
        f"{settings.address}/{'admin/join?code=' if invited.opens_console else '?join='}CODE"
    )
    say(invited.code)
    return 0


async def _invite(settings: Settings, options: argparse.Namespace) -> Invited:
    async with open_house(settings.house) as house:
        return await house.invitations.invite(
            options.role, area=options.area, name=options.name, roster_key=options.key
        )


def erase(settings: Settings, options: argparse.Namespace) -> int:
    if not options.yes and not _confirmed(options.participant):
        complain("Nothing was erased.")
        return 1
    try:
        photos = asyncio.run(_erase(settings, options.participant))
    except NotFound:
        complain("There is no such participant, or not any more.")
        return 1
    except OnHold:
        complain("Nothing was erased: a legal hold lies on it (`holds` lists them).")
        return 1
    say(f"Erased, with {photos} photos. Their matters stay, without their name and words.")
    return 0


def _confirmed(participant: str) -> bool:
    if not sys.stdin.isatty():
        complain("This cannot be undone. Say --yes to go on.")
        return False
    return input("This cannot be undone. Type the participant's id again: ").strip() == participant


async def _erase(settings: Settings, participant: str) -> int:
    async with open_house(settings.house) as house:
        person_id = await house.archive.person(participant)
        await house.privacy.require_free(person_id)
        going = Turn(cause=f"erase:{person_id}", actor=Actor(person_id=person_id))
        await house.bus.handle(LeaveQuestions(), going)
        erased = await house.privacy.erase(person_id)
        remove(house.media, erased.photos)
    return len(erased.photos)


def export_transcripts(settings: Settings, options: argparse.Namespace) -> int:
    """Masked lines; the audit knows of the export before the first one leaves."""
    try:
        since = datetime.fromisoformat(options.since or "2000-01-01").replace(tzinfo=UTC)
    except ValueError:
        complain("--since must be a day such as 2026-10-01")
        return 2
    with _opened(options.out) as out:
        count = asyncio.run(_export(settings, since, out))
    complain(f"{count} messages")
    return 0


def _opened(path: Path | None) -> "nullcontext[TextIO] | TextIO":
    if path is None:
        return nullcontext(sys.stdout)
    path.touch(_PRIVATE)
    return path.open("w", encoding="utf-8")


async def _export(settings: Settings, since: datetime, out: TextIO) -> int:
    count = 0
    async with open_house(settings.house) as house:
        async for line in house.archive.lines(since):
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
            count += 1
    return count
