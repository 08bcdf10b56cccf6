"""Commands about the settings: take a file as a new version, look back, compare, hand out."""

import argparse
import asyncio
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, tzinfo
from functools import wraps
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from actions.application.settings_version import SettingsVersion, Source, VersionRefused
from actions.bootstrap import open_versions, read_settings_file
from actions.domain.settings_diff import differences
from bot.furnishing import read_texts, require_own_texts
from bot.launcher.welcome import complain, say
from bot.settings import Settings

_Asked = Callable[[Settings, argparse.Namespace], Coroutine[Any, Any, None]]
_Served = Callable[[Settings, argparse.Namespace], int]
_WAYS = ("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d")


def _command(serve: _Asked) -> _Served:
    @wraps(serve)
    def served(settings: Settings, options: argparse.Namespace) -> int:
        try:
            asyncio.run(serve(settings, options))
        except VersionRefused as error:
            complain(f"{error}. Nothing was changed.")
            return 1
        return 0

    return served


@_command
async def import_settings(settings: Settings, options: argparse.Namespace) -> None:
    """Everything is checked before anything is stored, as check-config does."""
    own = settings.house.community_file
    path = options.file.resolve() if options.file else own
    file = read_settings_file(settings.house, path)
    require_own_texts(read_texts(), file.community)
    zone = file.community.timezone
    async with open_versions(settings.house) as history:
        added = await history.add(
            file,
            valid_from=_moment(options.valid_from, zone),
            note=options.note,
            source=Source.FILE if path == own else Source.OTHER,
        )
    say(f"{added.short} is valid from {_local(added.valid_from, zone)}; tickets filed before keep")
    say("the rules they were filed under. No restart is needed, except for new names of places:")
    say("the language model reads those when it starts.")


@_command
async def list_versions(settings: Settings, _options: argparse.Namespace) -> None:
    async with open_versions(settings.house) as history:
        found = await history.list()
        zone: tzinfo = UTC
        if found:
            _, content = await history.open(found[-1].hash)
            zone = ZoneInfo(content["timezone"])
    for each in found:
        say(_line(each, zone))
    if not found:
        say("There is no version yet; the first start imports the community's file.")


def _line(each: SettingsVersion, zone: tzinfo) -> str:
    mark = "*" if each.is_in_force else ">" if each.valid_from > datetime.now(UTC) else " "
    by = "at the terminal" if each.imported_by == 0 else f"person {each.imported_by}"
    where = "the community's file" if each.source is Source.FILE else "another file"
    return (
        f"{mark} {each.short}  valid from {_local(each.valid_from, zone)}  "
        f"imported {_local(each.imported_at, zone)} {by} from {where}"
        + (f"  {each.note}" if each.note else "")
    )


@_command
async def show_version(settings: Settings, options: argparse.Namespace) -> None:
    async with open_versions(settings.house) as history:
        say((await history.as_yaml(options.version)).rstrip("\n"))


@_command
async def compare_versions(settings: Settings, options: argparse.Namespace) -> None:
    async with open_versions(settings.house) as history:
        _, one = await history.open(options.one)
        if options.other:
            _, other = await history.open(options.other)
        else:
            other = read_settings_file(settings.house).content
    lines = list(differences(one, other))
    for line in lines:
        say(line)
    if not lines:
        say("They say the same.")


@_command
async def export_version(settings: Settings, options: argparse.Namespace) -> None:
    """One file, categories included, that can be edited and imported again."""
    async with open_versions(settings.house) as history:
        text = await history.as_yaml(options.version)
    target: Path = options.file
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise VersionRefused(f"{target}: {error.strerror}") from error
    say(f"{target}")


@_command
async def withdraw_version(settings: Settings, options: argparse.Namespace) -> None:
    async with open_versions(settings.house) as history:
        gone = await history.withdraw(options.version)
    say(f"{gone.short} will not come into force.")


def _moment(said: str, zone: tzinfo) -> datetime | None:
    """A moment of the community's own clock."""
    if not said:
        return None
    for way in _WAYS:
        try:
            return datetime.strptime(said, way).replace(tzinfo=zone).astimezone(UTC)
        except ValueError:
            continue
    raise VersionRefused(f'--from {said}: expected a moment such as "2026-12-01 08:00"')


def _local(at: datetime, zone: tzinfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}"
