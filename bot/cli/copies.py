"""Commands about backups: one file with the database and the photos, without the keys."""

import argparse
import time

from actions.bootstrap import HouseError, back_up, put_back
from bot.launcher.doorway import AlreadyRunning, only_one
from bot.launcher.welcome import complain, say
from bot.settings import Settings


def backup(settings: Settings, options: argparse.Namespace) -> int:
    """Works while everything runs."""
    size = back_up(settings.house, options.file)
    say(f"{options.file}: {size / 1e6:.1f} MB")
    complain(f"The keys in {settings.house.data / 'keys'} are not part of it; keep them elsewhere.")
    return 0


def restore(settings: Settings, options: argparse.Namespace) -> int:
    began = time.monotonic()
    settings.house.data.mkdir(parents=True, exist_ok=True)
    try:
        with only_one(settings.house.data):
            put_back(settings.house, options.file, over=options.yes)
    except AlreadyRunning as error:
        raise HouseError(str(error)) from error
    say(f"Restored from {options.file} in {time.monotonic() - began:.1f} s.")
    say("Now: python -m bot doctor, then start the services.")
    return 0
